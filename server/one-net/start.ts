// What starting a community of a plan from a department's old grids comes to: the operation, and what does not go smoothly.
import { type Start, startFromOldGrids } from '../../core/one-net/start.ts';
import type { Database } from '../database/open.ts';
import { inTransaction, type Reach } from '../database/transaction.ts';
import { wkbToMultiPolygon } from '../database/wkb.ts';
import type { Snapshot } from '../operations/plan-ahead.ts';
import { readNamesElsewhere, readOldGridsOf } from './store.ts';

export async function planStart(
  database: Database,
  reach: Reach,
  plan: number,
  { state, profile }: Pick<Snapshot, 'state' | 'profile'>,
  department: string,
): Promise<Start> {
  const { code: community } = state.community;
  const { rows, namesElsewhere } = await inTransaction(database, reach, async (db) => ({
    rows: await readOldGridsOf(db, community, department),
    namesElsewhere: await readNamesElsewhere(db, plan, community, department),
  }));
  const oldGrids = rows.map(({ area, ...row }) => ({ ...row, area: wkbToMultiPolygon(area) }));
  return startFromOldGrids({ state, profile, department, oldGrids, namesElsewhere });
}
