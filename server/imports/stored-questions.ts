// What the thread of an import asks about the database while it prepares; the main thread answers.
import type { Box } from '../../core/coverage/geometry.ts';
import type { TiledCommunity } from '../../core/import/misfits.ts';
import type { KnownCommunity } from '../../core/regions/judge-communities.ts';
import type { Database } from '../database/open.ts';
import { type Reach, SYSTEM, scoped } from '../database/transaction.ts';
import { readKnownCommunities } from '../regions/store.ts';
import { communitiesAround } from './store.ts';

/** Every question is answered by what structured cloning can carry. Boxes are in lattice steps. */
export interface StoredQuestions {
  /** Stored communities whose boxes meet the box, whoever they belong to; none for no box. */
  readonly communitiesAround: (box: Box | null) => Promise<TiledCommunity[]>;
  /** Those of the codes that are known, be it by name only from a table of codes, or that have ended. */
  readonly knownCommunities: (codes: readonly string[]) => Promise<KnownCommunity[]>;
}

export function answersFrom(database: Database, by: Reach): StoredQuestions {
  return {
    communitiesAround: (box) => (box ? communitiesAround(scoped(database, SYSTEM), box, by.region) : Promise.resolve([])),
    knownCommunities: (codes) => readKnownCommunities(scoped(database, by), codes),
  };
}
