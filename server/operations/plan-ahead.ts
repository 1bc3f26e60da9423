// What takes too long for a transaction is worked out before it, on a snapshot; the transaction makes sure that the snapshot still holds.
import type { Change } from '../../core/plan/change.ts';
import type { CommunityState } from '../../core/plan/state.ts';
import type { Profile } from '../../core/rules/profile.ts';
import type { Database } from '../database/open.ts';
import { inTransaction, type Reach } from '../database/transaction.ts';
import { ProblemError } from '../http/problem.ts';
import { planProfile } from '../plans/profile.ts';
import { readState } from './read-state.ts';
import { freezeView, readStanding, type Standing } from './store.ts';

export interface Snapshot {
  readonly state: CommunityState;
  readonly profile: Profile;
  readonly standing: Standing;
}

/** A change, and the state of affairs that it was made for. */
export interface PlannedAhead {
  readonly change: Change;
  readonly standing: Standing;
}

/** Thrown by the transaction when the community has changed since the snapshot; nothing is done then. */
export class Overtaken extends Error {
  readonly revision: number;

  constructor(revision: number) {
    super('overtaken');
    this.revision = revision;
  }
}

/** The community as it stands, without waiting for anybody. Throws ProblemError community-not-in-plan, plan-frozen. */
export function takeSnapshot(database: Database, reach: Reach, plan: number, community: string): Promise<Snapshot> {
  return inTransaction(database, reach, async (db) => {
    await freezeView(db);
    const standing = await readStanding(db, plan, community);
    if (!standing) throw new ProblemError(404, 'community-not-in-plan', { plan, community });
    if (!standing.editable) throw new ProblemError(409, 'plan-frozen', { plan });
    return { standing, profile: await planProfile(db, standing), state: await readState(db, plan, community, { neighbours: false }) };
  });
}

/** Whether a change made for the one may be written in the other. It cuts no blocks, so that those around do not matter. */
export function stillHolds({ standing }: PlannedAhead, now: Standing): boolean {
  const compared: (keyof Standing)[] = ['profile', 'profileVersion', 'revision', 'blocks'];
  return compared.every((key) => standing[key] === now[key]);
}
