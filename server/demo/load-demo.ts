// The demo county: imported at the first start, with a plan that is partly drawn, so that the first screen shows work in progress.
import { fileURLToPath } from 'node:url';
import type { ImportProgress } from '../../core/api/import-messages.ts';
import type { Database } from '../database/open.ts';
import { refreshStatistics } from '../database/statistics.ts';
import { SYSTEM, scoped } from '../database/transaction.ts';
import type { Context } from '../http/context.ts';
import { systemIdentity } from '../http/identity.ts';
import { NO_DECISIONS, runImport } from '../imports/run-import.ts';
import { groundSources } from '../imports/source-to-read.ts';
import { isEmpty } from '../imports/store.ts';
import { insertPlan } from '../plans/store.ts';
import { holdsSynthetic } from '../regions/store.ts';
import { drawLayout } from './draw-layout.ts';

const fixture = (name: string): string => fileURLToPath(new URL(`../../fixtures/gaotai/${name}.geojson.gz`, import.meta.url));

const FILES = {
  communities: fixture('communities'),
  buildings: fixture('buildings'),
  barriers: fixture('barriers'),
  institutions: fixture('institutions'),
};
const PLAN = { name: '2026年网格划分方案', region: '620724', profile: 'gansu-2023', scheme: 'gb15' };

/** Share of the loading that is the import; the rest is drawing. */
const IMPORT_SHARE = 0.6;
const PERCENT = 100;

/** False when the database has regions already: then nothing is touched. Progress is in the context's startup from the first moment on. */
export async function loadDemo(context: Context): Promise<boolean> {
  const { database, startup, data } = context;
  const tell = (progress: Omit<ImportProgress, 'id'>): void => {
    startup.loading = { id: 'demo', ...progress };
  };
  tell({ phase: 'reading', fraction: 0, done: 0, total: PERCENT });
  try {
    if (!(await isEmpty(scoped(database, SYSTEM)))) return false;
    const plan = await importWithPlan(database, tell);
    data.synthetic = await holdsSynthetic(scoped(database, SYSTEM));
    await drawLayout(context, plan, (share) => {
      tell({ phase: 'writing', fraction: IMPORT_SHARE + (1 - IMPORT_SHARE) * share, done: Math.round(share * PERCENT), total: PERCENT });
    });
    await refreshStatistics(database);
    return true;
  } finally {
    startup.loading = null;
  }
}

/** One transaction: a county without its plan would be no demo, and the next start would not load it again. */
async function importWithPlan(database: Database, tell: (progress: Omit<ImportProgress, 'id'>) => void): Promise<number> {
  let plan: number | null = null;
  const { problem } = await runImport(database, groundSources(FILES), {
    by: systemIdentity('demo'),
    decisions: NO_DECISIONS,
    store: true,
    onProgress: (progress) => tell({ ...progress, fraction: progress.fraction * IMPORT_SHARE }),
    within: async (db) => {
      plan = await insertPlan(db, PLAN);
    },
  });
  if (problem || plan === null) throw new Error(`the demo county was not imported: ${problem?.code}`);
  return plan;
}
