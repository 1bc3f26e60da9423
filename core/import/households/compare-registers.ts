// The households of each community by its buildings beside what its own register says, and what was stored before.
import type { HouseholdComparison } from '../../api/import-messages.ts';

export interface CountedCommunity {
  readonly code: string;
  readonly name: string;
  /** Sum over its buildings as they will be stored. */
  readonly households: number;
  /** null: its register is not among the files. */
  readonly register: number | null;
  /** null: it is not stored yet. */
  readonly before: number | null;
}

/** Communities with something to say: a register, or a sum that changes. In the order of their codes. */
export function compareRegisters(communities: readonly CountedCommunity[]): HouseholdComparison[] {
  return communities
    .filter(({ households, register, before }) => register !== null || (before !== null && before !== households))
    .toSorted((a, b) => (a.code < b.code ? -1 : 1))
    .map(({ code, ...counted }) => ({ community: code, ...counted }));
}
