// The demo county: imported at the first start, with a plan that is partly drawn, so that the first screen shows work in progress.
import { fileURLToPath } from 'node:url';
import type { Context } from '../http/context.ts';
import { runImport } from '../imports/run-import.ts';
import { isEmpty } from '../imports/store.ts';
import { createPlan, newPlanSchema } from '../plans/routes.ts';

const fixture = (name: string): string => fileURLToPath(new URL(`../../fixtures/gaotai/${name}.geojson.gz`, import.meta.url));

const DEMO_REGION = '620724';
const DEMO_PLAN = '2026年网格划分方案';

/** False when the database has regions already: then nothing is touched. Progress is in the context's startup. */
export async function loadDemo(context: Context): Promise<boolean> {
  const { database, startup } = context;
  if (!(await isEmpty(database.pool))) return false;
  try {
    const { problem } = await runImport(
      database,
      {
        communities: fixture('communities'),
        buildings: fixture('buildings'),
        barriers: fixture('barriers'),
        institutions: fixture('institutions'),
      },
      {
        skipRefused: false,
        onProgress: (progress) => {
          startup.loading = { id: 'demo', ...progress };
        },
      },
    );
    if (problem) throw new Error(`the demo county was not imported: ${problem.code}`);
    await createPlan(context, newPlanSchema.parse({ name: DEMO_PLAN, region: DEMO_REGION, profile: 'gansu-2023', scheme: 'gb15' }));
  } finally {
    startup.loading = null;
  }
  return true;
}
