// divide: automatic division of a community or of some of its grids. Inverse: the blocks back to where they were.
import { orderingPoint, readingOrder } from '../../codes/order.ts';
import { DEFAULT_SCHEME, schemeOf } from '../../codes/schemes.ts';
import { outlineOf } from '../../coverage/outline.ts';
import { barrierIndex } from '../../division/barrier-index.ts';
import type { Certificate } from '../../division/certificate.ts';
import { componentsOf } from '../../division/components.ts';
import { type Division, divideCommunity } from '../../division/divide.ts';
import { type BlockGraph, blockGraph } from '../../division/graph.ts';
import { sumsOf } from '../../division/sums.ts';
import type { Profile } from '../../rules/profile.ts';
import { apportion } from '../apportion.ts';
import type { Change } from '../change.ts';
import { fail, type Outcome, succeed } from '../failure.ts';
import { indivisibleReason, onlyBuilding } from '../indivisible.ts';
import { newGrid } from '../new-grid.ts';
import type { Operation } from '../operation.ts';
import type { Block, CommunityState, GridKind } from '../state.ts';
import { WorkingCopy } from '../working-copy.ts';

export type Divide = Extract<Operation, { type: 'divide' }>;
type DividedKind = Exclude<GridKind, 'thematic'>;

/** Grids keep their identity where they keep most of their households. */
export function divide(state: CommunityState, operation: Divide, profile: Profile): Outcome<Change> {
  const planned = planDivision(state, operation, profile);
  return planned.ok ? succeed(changeOf(state, planned.value)) : planned;
}

/** Blocks as the division numbers them, and what it made of them. */
export interface PlannedDivision {
  readonly blocks: readonly Block[];
  readonly division: Pick<Division, 'gridOf' | 'grids' | 'certificates'>;
  /** Of each part. */
  readonly kinds: readonly DividedKind[];
}

/**
 * The division that the operation asks for, with its proofs of what cannot be. Grids of different kinds are divided apart, each by the
 * measure of its kind; what is not drawn yet is of the kind of the community.
 */
export function planDivision(state: CommunityState, operation: Divide, profile: Profile): Outcome<PlannedDivision> {
  for (const id of operation.grids ?? []) {
    const grid = state.grids.get(id);
    if (!grid) return fail('unknown-grid', { grid: id });
    if (grid.area) return fail('kind-has-area', { grid: id });
    if (grid.locked) return fail('grid-locked', { grid: id });
  }
  const blocks = [...state.blocks.values()].sort((a, b) => a.id - b.id);
  const kindOf = blocks.map((block) => kindToDivide(state, operation, block));
  const present = DIVIDED_KINDS.filter((kind) => kindOf.includes(kind));
  if (present.length === 0) return fail('nothing-to-divide');
  if (present.length > 1 && operation.options.parts !== null) return fail('kinds-differ');
  const graph = blockGraph(blocks, barrierIndex(state.barriers));
  const grids = Int32Array.from(blocks, ({ id }) => state.gridOf.get(id) ?? -1);
  const gridOf = new Int32Array(blocks.length).fill(-1);
  const certificates: Certificate[] = [];
  const kinds: DividedKind[] = [];
  for (const kind of present) {
    const isFree = (block: number): boolean => kindOf[block] === kind;
    for (const division of divisionsOf({ state, operation, profile, graph, grids }, kind, isFree)) {
      for (let i = 0; i < gridOf.length; i++) {
        if ((division.gridOf[i] as number) >= 0) gridOf[i] = kinds.length + (division.gridOf[i] as number);
      }
      for (let part = 0; part < division.grids; part++) kinds.push(kind);
      certificates.push(...division.certificates);
    }
  }
  return succeed({ blocks, division: { gridOf, grids: kinds.length, certificates }, kinds });
}

const DIVIDED_KINDS: readonly DividedKind[] = ['urban', 'rural', 'dedicated'];

/** The kind by which the block is divided; null: it stays where it is. */
function kindToDivide(state: CommunityState, { grids: named }: Divide, block: Block): DividedKind | null {
  const grid = state.grids.get(state.gridOf.get(block.id) ?? 0);
  if (named ? !grid || !named.includes(grid.id) : grid?.locked || grid?.kind === 'dedicated') return null;
  const kind = grid?.kind ?? state.community.kind;
  return kind === 'thematic' ? null : kind;
}

interface Ground {
  readonly state: CommunityState;
  readonly operation: Divide;
  readonly profile: Profile;
  readonly graph: BlockGraph;
  /** Today's grid of each block, −1: none. */
  readonly grids: Int32Array;
}

/** One division of all free blocks or, where so many grids are wanted, one of each connected part of them. */
function divisionsOf(
  { state, operation, profile, graph, grids }: Ground,
  kind: DividedKind,
  isFree: (block: number) => boolean,
): Division[] {
  const { keepClose, parts, ...options } = operation.options;
  const divideFree = (within: (block: number) => boolean, wanted: number | null): Division =>
    divideCommunity(
      {
        community: state.community.code,
        graph,
        rule: profile.size[kind],
        locked: Uint8Array.from(grids, (_, block) => (within(block) ? 0 : 1)),
        keepClose: keepClose > 0 ? { present: grids, weight: keepClose } : undefined,
      },
      { ...options, parts: wanted },
    );
  if (parts === null) return [divideFree(isFree, null)];
  const components = componentsOf(graph, isFree);
  const shares = apportion(
    parts,
    components.map((component) => sumsOf(graph, component).households),
  );
  return components.map((component, i) => {
    const within = new Set(component);
    return divideFree((block) => within.has(block), shares[i] as number);
  });
}

/** What the division changes. */
export function changeOf(state: CommunityState, { blocks, division, kinds }: PlannedDivision): Change {
  const parts = kinds.map((): Block[] => []);
  blocks.forEach((block, i) => {
    parts[division.gridOf[i] as number]?.push(block);
  });
  const heirs = heirsOf(state, parts);
  const copy = new WorkingCopy(state);
  for (const i of inReadingOrder(parts, heirs)) {
    const grid = newGrid(state, kinds[i] as DividedKind, { others: copy.grids.values() });
    heirs.set(i, copy.addGrid(grid));
  }
  for (const [i, part] of parts.entries()) for (const block of part) copy.assign(block.id, heirs.get(i) as number);
  for (const certificate of division.certificates) {
    if (certificate.kind !== 'oversize-unit') continue;
    const { id } = blocks[certificate.block] as Block;
    const grid = copy.grids.get(copy.gridOf.get(id) ?? 0);
    const building = onlyBuilding(state, id);
    if (grid && grid.reason.trim() === '' && building) copy.grids.set(grid.id, { ...grid, reason: indivisibleReason(building) });
  }
  return copy.change();
}

/** New parts are numbered as their codes will be. */
function inReadingOrder(parts: readonly (readonly Block[])[], heirs: ReadonlyMap<number, number>): number[] {
  const scheme = schemeOf(DEFAULT_SCHEME);
  const made = [...parts.keys()].filter((i) => !heirs.has(i));
  if (!scheme || made.length < 2) return made;
  const outline = (i: number) => outlineOf((parts[i] as readonly Block[]).map(({ polygon }) => polygon));
  return readingOrder(
    scheme,
    made.map((id) => ({ id, point: orderingPoint(outline(id)) })),
  );
}

/** Which part goes on as which grid: the largest overlaps first, by households and then by blocks. */
function heirsOf(state: CommunityState, parts: readonly (readonly Block[])[]): Map<number, number> {
  const overlaps = parts.flatMap((part, index) => {
    const shared = new Map<number, { households: number; blocks: number }>();
    for (const { id, households } of part) {
      const grid = state.gridOf.get(id);
      if (grid === undefined) continue;
      const known = shared.get(grid) ?? { households: 0, blocks: 0 };
      shared.set(grid, { households: known.households + households, blocks: known.blocks + 1 });
    }
    return [...shared].map(([grid, counts]) => ({ index, grid, ...counts }));
  });
  overlaps.sort((a, b) => b.households - a.households || b.blocks - a.blocks || a.index - b.index || a.grid - b.grid);
  const heirs = new Map<number, number>();
  const taken = new Set<number>();
  for (const { index, grid } of overlaps) {
    if (heirs.has(index) || taken.has(grid)) continue;
    heirs.set(index, grid);
    taken.add(grid);
  }
  return heirs;
}
