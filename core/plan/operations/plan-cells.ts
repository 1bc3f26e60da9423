// Which cells a division makes: of the grids that were named, or inside grids that came out above their band.
import type { Polygon } from '../../coverage/geometry.ts';
import { type Cells, divideIntoCells, MAX_CELLS } from '../../division/cells.ts';
import type { Certificate } from '../../division/certificate.ts';
import type { Ground } from '../../division/free-divisions.ts';
import { sumsOf } from '../../division/sums.ts';
import { sizeBreach, sizeRuleOf } from '../../rules/band.ts';
import type { Profile } from '../../rules/profile.ts';
import { fail, type Outcome, succeed } from '../failure.ts';
import type { Block, GridKind } from '../state.ts';

export interface CellGround extends Ground {
  readonly blocks: readonly Block[];
}

/** Cell of each block; null: it stays in the one it is in, 0: in none. */
export type CellPlan = readonly (number | null)[];

/** Divides each of the grids into cells. `grids`: grid of each block. */
export function cellsOfGrids(
  ground: CellGround,
  grids: Int32Array,
  named: readonly number[],
  profile: Profile,
): Outcome<{ cellOf: CellPlan; certificates: Certificate[] }> {
  const rule = profile.cell;
  if (rule === null) return fail('profile-without-cells');
  const cellOf: (number | null)[] = ground.blocks.map(() => null);
  const certificates: Certificate[] = [];
  for (const grid of new Set(named)) {
    const made = divideIntoCells(ground, rule, (block) => grids[block] === grid);
    if (made.cells.length > MAX_CELLS) return fail('too-many-cells', { grid });
    if (made.cells.length < 2) return fail('grid-fits-one-cell', { grid });
    number(cellOf, made);
    certificates.push(...made.certificates);
  }
  return succeed({ cellOf, certificates });
}

/**
 * Cells inside the parts of a division that stand above their band. A part that is one of today's grids keeps the cells it has; all other
 * parts begin without.
 */
export function cellsOfParts(
  ground: Ground & { readonly blocks: readonly { readonly polygon: Polygon }[] },
  today: { readonly grids: Int32Array; readonly cells: Int32Array },
  partOf: Int32Array,
  kinds: readonly GridKind[],
  profile: Profile,
): CellPlan {
  const { graph } = ground;
  const cellOf: (number | null)[] = ground.blocks.map(() => null);
  const parts = kinds.map((): number[] => []);
  partOf.forEach((part, block) => {
    parts[part]?.push(block);
  });
  for (const [part, members] of parts.entries()) {
    const kept = isWholeGrid(members, today.grids);
    if (kept && members.some((block) => today.cells[block] !== 0)) continue;
    if (!kept) for (const block of members) cellOf[block] = 0;
    const rule = sizeRuleOf(kinds[part] as GridKind, profile);
    const { households, persons } = sumsOf(graph, members);
    if (!rule || !profile.cell || sizeBreach({ households, population: persons }, rule)?.side !== 'above') continue;
    const made = divideIntoCells(ground, profile.cell, (block) => partOf[block] === part);
    if (made.cells.length > 1 && made.cells.length <= MAX_CELLS) number(cellOf, made);
  }
  return cellOf;
}

function number(cellOf: (number | null)[], { cells }: Cells): void {
  for (const [i, cell] of cells.entries()) for (const block of cell) cellOf[block] = i + 1;
}

function isWholeGrid(members: readonly number[], grids: Int32Array): boolean {
  const grid = grids[members[0] as number] as number;
  if (grid === -1 || members.some((block) => grids[block] !== grid)) return false;
  return grids.reduce((count, other) => count + (other === grid ? 1 : 0), 0) === members.length;
}
