// A rough division of a community, as a hand would begin it: connected groups of blocks, west to east, of about 400 households.
import { boxOf } from '../../core/coverage/box.ts';
import { PENDING, sharedBorders, spreadLabels } from '../../core/import/slivers.ts';
import type { Block } from '../../core/plan/state.ts';

/** The middle of the urban band of gansu-2023. */
const AIMED_HOUSEHOLDS = 400;

/** Block ids by group; every block is in one. */
export function growGroups(blocks: readonly Block[]): number[][] {
  const borders = sharedBorders(blocks.map(({ polygon }) => polygon));
  const total = blocks.reduce((sum, { households }) => sum + households, 0);
  const wanted = Math.max(1, Math.round(total / AIMED_HOUSEHOLDS));
  const labels = blocks.map(() => PENDING);
  const westFirst = [...blocks.keys()].sort((a, b) => boxOf((blocks[a] as Block).polygon).minX - boxOf((blocks[b] as Block).polygon).minX);
  for (let group = 0; group < wanted; group++) {
    const seed = westFirst.find((block) => labels[block] === PENDING);
    if (seed !== undefined) grow(blocks, borders, labels, seed, group, total / wanted);
  }
  spreadLabels(
    labels,
    borders,
    westFirst.filter((block) => labels[block] === PENDING),
    () => true,
  );
  const groups = Array.from({ length: wanted }, (): number[] => []);
  // Exclaves that touch nothing join the first group.
  for (const [i, { id }] of blocks.entries()) groups[Math.max(labels[i] as number, 0)]?.push(id);
  return groups.filter((group) => group.length > 0);
}

/** Takes in the pending neighbour with the longest border until the group has its households. */
function grow(
  blocks: readonly Block[],
  borders: readonly ReadonlyMap<number, number>[],
  labels: number[],
  seed: number,
  group: number,
  households: number,
): void {
  const reach = new Map([[seed, 0]]);
  let sum = 0;
  while (sum < households && reach.size > 0) {
    const [next] = [...reach].reduce((a, b) => (b[1] > a[1] ? b : a));
    reach.delete(next);
    labels[next] = group;
    sum += (blocks[next] as Block).households;
    for (const [other, length] of borders[next] as ReadonlyMap<number, number>) {
      if (labels[other] === PENDING) reach.set(other, (reach.get(other) ?? 0) + length);
    }
  }
}
