// Which villagers' group the blocks belong to, as the building list has it.
import type { Building } from '../plan/state.ts';

type Listed = Pick<Building, 'block' | 'group' | 'households'>;

/** Number of the group most of the households of each block belong to, in the order of `blocks` (ids); −1: no group is known. */
export function groupsOfBlocks(listed: { readonly buildings: ReadonlyMap<number, Listed> }, blocks: readonly number[]): Int32Array {
  return numberedGroups(listed, blocks).numbers;
}

/** The same with the names of the groups, by number. */
export function numberedGroups(
  { buildings }: { readonly buildings: ReadonlyMap<number, Listed> },
  blocks: readonly number[],
): { numbers: Int32Array; names: readonly string[] } {
  const households = new Map<number, Map<string, number>>();
  for (const { block, group, households: own } of buildings.values()) {
    if (group === '') continue;
    const known = households.get(block) ?? new Map<string, number>();
    // Where nobody lives, a building still belongs somewhere.
    known.set(group, (known.get(group) ?? 0) + own + EMPTY_BUILDING);
    households.set(block, known);
  }
  const known = new Map<string, number>();
  const numbers = Int32Array.from(blocks, (block) => {
    const [first] = [...(households.get(block) ?? [])].sort(([a, many], [b, more]) => more - many || (a < b ? -1 : 1));
    if (!first) return -1;
    const number = known.get(first[0]) ?? known.size;
    known.set(first[0], number);
    return number;
  });
  return { numbers, names: [...known.keys()] };
}

/** What a building without households counts beside one with them. */
const EMPTY_BUILDING = 1e-3;
