// Households of each community after an import, beside its own register and what is stored.
import { reaches } from '../../core/accounts/reach.ts';
import type { HouseholdComparison } from '../../core/api/import-messages.ts';
import { compareRegisters } from '../../core/import/households/compare-registers.ts';
import type { Reimport } from '../../core/import/reimport/reimport.ts';
import type { Stored } from '../../core/import/reimport/stored.ts';
import type { GroundRows } from './rows.ts';

/** Of new ground. */
export function registersOfGround({ communities, blocks }: GroundRows, registers: ReadonlyMap<string, number>): HouseholdComparison[] {
  const sums = new Map<string, number>();
  for (const [i, code] of blocks.community.entries()) sums.set(code, (sums.get(code) ?? 0) + (blocks.households[i] as number));
  return compareRegisters(
    communities.code.map((code, i) => ({
      code,
      name: communities.name[i] as string,
      households: sums.get(code) ?? 0,
      register: registers.get(code) ?? null,
      before: null,
    })),
  );
}

/** Of communities that are stored, or stand beside stored ones, as far as the importer reaches. */
export function registersOfReimport(
  reimport: Reimport,
  stored: Stored,
  registers: ReadonlyMap<string, number>,
  reach: string,
): HouseholdComparison[] {
  const { before, after } = sumsOf(reimport, stored);
  const own = [...stored.communities, ...reimport.newCommunities].filter(({ code }) => reaches(reach, code));
  const names = new Map(own.map(({ code, name }) => [code, name]));
  return compareRegisters(
    [...names].map(([code, name]) => ({
      code,
      name,
      households: after.get(code) ?? 0,
      register: registers.get(code) ?? null,
      before: stored.communities.some((community) => community.code === code) ? (before.get(code) ?? 0) : null,
    })),
  );
}

/** Households by community: blocks that go count no more, and the re-import says of all others what changes. */
function sumsOf({ counts, retired, splits }: Reimport, { blocks }: Stored) {
  const before = new Map<string, number>();
  const after = new Map<string, number>();
  const add = (sums: Map<string, number>, code: string, households: number): void => {
    sums.set(code, (sums.get(code) ?? 0) + households);
  };
  const gone = new Set([...retired.map(({ block }) => block), ...splits.map(({ parent }) => parent)]);
  const changed = new Set(counts.map(({ block }) => block));
  for (const { id, community, households } of blocks) {
    add(before, community, households);
    if (!gone.has(id) && !changed.has(id)) add(after, community, households);
  }
  for (const { community, households } of counts) add(after, community, households);
  return { before, after };
}
