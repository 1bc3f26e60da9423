// Which villagers' group the blocks belong to, as the building list has it.
import type { CommunityState } from '../plan/state.ts';

/** Number of the group most of the households of each block belong to, in the order of `blocks` (ids); −1: no group is known. */
export function groupsOfBlocks({ buildings }: Pick<CommunityState, 'buildings'>, blocks: readonly number[]): Int32Array {
  const households = new Map<number, Map<string, number>>();
  for (const { block, group, households: own } of buildings.values()) {
    if (group === '') continue;
    const known = households.get(block) ?? new Map<string, number>();
    // Where nobody lives, a building still belongs somewhere.
    known.set(group, (known.get(group) ?? 0) + own + EMPTY_BUILDING);
    households.set(block, known);
  }
  const numbers = new Map<string, number>();
  return Int32Array.from(blocks, (block) => {
    const [first] = [...(households.get(block) ?? [])].sort(([a, many], [b, more]) => more - many || (a < b ? -1 : 1));
    if (!first) return -1;
    const number = numbers.get(first[0]) ?? numbers.size;
    numbers.set(first[0], number);
    return number;
  });
}

/** What a building without households counts beside one with them. */
const EMPTY_BUILDING = 1e-3;
