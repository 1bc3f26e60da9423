// What the thread of an import asks about the database while it prepares; the main thread answers.
import type { Box } from '../../core/coverage/geometry.ts';
import type { TiledCommunity } from '../../core/import/misfits.ts';
import type { Stored } from '../../core/import/reimport/stored.ts';
import type { StaffedGrid } from '../../core/import/staff/assign-staff.ts';
import type { KnownCommunity } from '../../core/regions/judge-communities.ts';
import type { Database } from '../database/open.ts';
import { inTransaction, type Reach, SYSTEM, scoped } from '../database/transaction.ts';
import { readKnownCommunities } from '../regions/store.ts';
import { readStaffedGrids } from '../staff/store.ts';
import type { ListedBuilding } from './household-counts.ts';
import { readStored } from './reimport-store.ts';
import { communitiesAround, communityNames, listedBuildings } from './store.ts';

/** Every question is answered by what structured cloning can carry. Boxes are in lattice steps. */
export interface StoredQuestions {
  /** Stored communities whose boxes meet the box, whoever they belong to; none for no box. */
  readonly communitiesAround: (box: Box | null) => Promise<TiledCommunity[]>;
  /** What the ground of the files meets; barriers where `barriersIn` is. */
  readonly ground: (codes: readonly string[], box: Box, barriersIn: Box) => Promise<Stored>;
  /** Those of the codes that are known, be it by name only from a table of codes, or that have ended. */
  readonly knownCommunities: (codes: readonly string[]) => Promise<KnownCommunity[]>;
  /** All buildings within reach, as a household list may mean them. */
  readonly listedBuildings: () => Promise<ListedBuilding[]>;
  /** Codes and names of all communities within reach. */
  readonly communities: () => Promise<{ code: string; name: string }[]>;
  /** Grids of a plan that the importer reaches, with their staff; none: there is no such plan. */
  readonly staffedGrids: (plan: number) => Promise<StaffedGrid[]>;
}

export function answersFrom(database: Database, by: Reach): StoredQuestions {
  return {
    communitiesAround: (box) => (box ? communitiesAround(scoped(database, SYSTEM), box, by.region) : Promise.resolve([])),
    ground: (codes, box, barriersIn) => inTransaction(database, SYSTEM, (db) => readStored(db, codes, box, barriersIn)),
    listedBuildings: () => listedBuildings(scoped(database, by)),
    communities: () => communityNames(scoped(database, by)),
    staffedGrids: (plan) => readStaffedGrids(scoped(database, by), plan),
    knownCommunities: (codes) => readKnownCommunities(scoped(database, by), codes),
  };
}
