// divide: automatic division of a community or of some of its grids, or of grids into cells. Inverse: the blocks back to where they were.
import { orderingPoint, readingOrder } from '../../codes/order.ts';
import { DEFAULT_SCHEME, schemeOf } from '../../codes/schemes.ts';
import { outlineOf } from '../../coverage/outline.ts';
import { barrierIndex } from '../../division/barrier-index.ts';
import type { Certificate } from '../../division/certificate.ts';
import type { Division } from '../../division/divide.ts';
import { blockGraph } from '../../division/graph.ts';
import type { ScatteredGroup } from '../../division/group-grids.ts';
import { numberedGroups } from '../../division/groups.ts';
import type { CarvedInstitution } from '../../division/institutions.ts';
import type { Profile } from '../../rules/profile.ts';
import type { Change } from '../change.ts';
import { fail, type Outcome, succeed } from '../failure.ts';
import { indivisibleReason, onlyBuilding } from '../indivisible.ts';
import { newGrid } from '../new-grid.ts';
import type { Operation } from '../operation.ts';
import type { Block, CommunityState, Institution } from '../state.ts';
import { WorkingCopy } from '../working-copy.ts';
import { nameOfGroupGrid, takesGroupName } from './group-names.ts';
import { heirsOf } from './heirs.ts';
import { institutionGridName, institutionsToCarve } from './institution-grids.ts';
import { type DividedKind, divisionsOfKind } from './kind-divisions.ts';
import { type CellGround, type CellPlan, cellsOfGrids, cellsOfParts } from './plan-cells.ts';

export type Divide = Extract<Operation, { type: 'divide' }>;

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
  /** Those that the first parts are made for. */
  readonly institutions: readonly Institution[];
  /** Residents' group that each part is made of; empty: of none, or of several. */
  readonly groups: readonly string[];
  /** Groups that could not be one grid each, though the profile asks for it. */
  readonly scattered: readonly ScatteredGroup[];
  readonly cellOf: CellPlan;
}

/**
 * The division that the operation asks for, with its proofs of what cannot be. Grids of different kinds are divided apart, each by the
 * measure of its kind; what is not drawn yet is of the kind of the community. Cells are made where they are asked for, and inside grids
 * that come out above their band.
 */
export function planDivision(state: CommunityState, operation: Divide, profile: Profile): Outcome<PlannedDivision> {
  for (const id of operation.grids ?? []) {
    const grid = state.grids.get(id);
    if (!grid) return fail('unknown-grid', { grid: id });
    if (grid.area) return fail('kind-has-area', { grid: id });
    if (grid.locked) return fail('grid-locked', { grid: id });
  }
  const blocks = [...state.blocks.values()].sort((a, b) => a.id - b.id);
  return operation.options.level === 'cells' ? planCells(state, blocks, operation, profile) : planGrids(state, blocks, operation, profile);
}

function planCells(
  state: CommunityState,
  blocks: readonly Block[],
  { grids: named, options }: Divide,
  profile: Profile,
): Outcome<PlannedDivision> {
  if (!named) return fail('cells-need-grids');
  const { grids, cells, groupNames: _, ...today } = groundOf(state, blocks);
  const made = cellsOfGrids({ ...today, blocks, present: cells, options }, grids, named, profile);
  if (!made.ok) return made;
  const { cellOf, certificates } = made.value;
  return succeed({
    blocks,
    division: { gridOf: new Int32Array(blocks.length).fill(-1), grids: 0, certificates },
    kinds: [],
    institutions: [],
    groups: [],
    scattered: [],
    cellOf,
  });
}

function planGrids(state: CommunityState, blocks: readonly Block[], operation: Divide, profile: Profile): Outcome<PlannedDivision> {
  const kindOf = blocks.map((block) => kindToDivide(state, operation, block));
  const present = DIVIDED_KINDS.filter((kind) => kindOf.includes(kind));
  if (present.length === 0) return fail('nothing-to-divide');
  if (present.length > 1 && operation.options.parts !== null) return fail('kinds-differ');
  const { grids, cells, groupNames, ...today } = groundOf(state, blocks);
  const ground = { ...today, blocks, present: grids, options: operation.options };
  const carved = operation.grids || operation.options.parts !== null ? [] : institutionsIn(state, profile, blocks, kindOf);
  let parts = divideAround(ground, kindOf, carved, profile);
  if (carved.length > 0 && parts.certificates.length > 0) {
    // A community that would be legal is not made illegal for an institution.
    const whole = divideAround(ground, kindOf, [], profile);
    if (whole.certificates.length === 0) parts = whole;
  }
  const { gridOf, kinds, institutions, scattered, certificates } = parts;
  if (kinds.length < (operation.options.parts ?? 0)) return fail('parts-exceed-blocks');
  const groups = kinds.map((_, part) => groupNames[parts.groups[part] ?? -1] ?? '');
  const inside = { ...ground, options: { ...operation.options, parts: null, keepClose: 0 } };
  const cellOf = cellsOfParts(inside, { grids, cells }, gridOf, kinds, profile);
  return succeed({ blocks, division: { gridOf, grids: kinds.length, certificates }, kinds, institutions, groups, scattered, cellOf });
}

function institutionsIn(
  state: CommunityState,
  profile: Profile,
  blocks: readonly Block[],
  kindOf: readonly (DividedKind | null)[],
): readonly CarvedInstitution[] {
  const free = new Set(blocks.filter((_, i) => kindOf[i] !== null).map(({ id }) => id));
  return institutionsToCarve(state, profile, (block) => free.has(block));
}

interface Parts extends Pick<PlannedDivision, 'kinds' | 'institutions' | 'scattered'>, Pick<Division, 'gridOf' | 'certificates'> {
  /** Number of the residents' group of each part, −1: none. */
  readonly groups: readonly number[];
}

/** The institutions as parts of their own, then everything else, kind by kind. */
function divideAround(
  ground: CellGround,
  kindOf: readonly (DividedKind | null)[],
  carved: readonly CarvedInstitution[],
  profile: Profile,
): Parts {
  const gridOf = new Int32Array(ground.blocks.length).fill(-1);
  const made = { kinds: [] as DividedKind[], groups: [] as number[], certificates: [] as Certificate[], scattered: [] as ScatteredGroup[] };
  const positions = new Map(ground.blocks.map(({ id }, i) => [id, i]));
  for (const { blocks } of carved) {
    for (const id of blocks) gridOf[positions.get(id) as number] = made.kinds.length;
    made.kinds.push('dedicated');
    made.groups.push(-1);
  }
  for (const kind of DIVIDED_KINDS) {
    const isFree = Uint8Array.from(kindOf, (own, block) => (own === kind && gridOf[block] === -1 ? 1 : 0));
    if (!isFree.includes(1)) continue;
    const found = divisionsOfKind(ground, kind, isFree, profile);
    made.scattered.push(...found.scattered);
    for (const { group, division } of found.divisions) {
      division.gridOf.forEach((part, block) => {
        if (part >= 0) gridOf[block] = made.kinds.length + part;
      });
      for (let part = 0; part < division.grids; part++) {
        made.kinds.push(kind);
        made.groups.push(group);
      }
      made.certificates.push(...division.certificates);
    }
  }
  return { gridOf, ...made, institutions: carved.map(({ institution }) => institution) };
}

/** The blocks as the engine takes them, with today's grid (−1: none) and cell (0: none) of each. */
function groundOf(state: CommunityState, blocks: readonly Block[]) {
  const { numbers, names } = numberedGroups(
    state,
    blocks.map(({ id }) => id),
  );
  return {
    community: state.community.code,
    graph: blockGraph(blocks, barrierIndex(state.barriers)),
    groups: numbers,
    groupNames: names,
    grids: Int32Array.from(blocks, ({ id }) => state.gridOf.get(id) ?? -1),
    cells: Int32Array.from(blocks, ({ id }) => state.cellOf.get(id) ?? 0),
  };
}

const DIVIDED_KINDS: readonly DividedKind[] = ['urban', 'rural', 'dedicated'];

/** The kind by which the block is divided; null: it stays where it is. */
function kindToDivide(state: CommunityState, { grids: named }: Divide, block: Block): DividedKind | null {
  const grid = state.grids.get(state.gridOf.get(block.id) ?? 0);
  if (named ? !grid || !named.includes(grid.id) : grid?.locked || grid?.kind === 'dedicated') return null;
  const kind = grid?.kind ?? state.community.kind;
  return kind === 'thematic' ? null : kind;
}

/** What the division changes. */
export function changeOf(state: CommunityState, { blocks, division, kinds, institutions, groups, cellOf }: PlannedDivision): Change {
  const parts = kinds.map((): Block[] => []);
  blocks.forEach((block, i) => {
    parts[division.gridOf[i] as number]?.push(block);
  });
  const heirs = heirsOf(state, parts, institutions.length);
  const copy = new WorkingCopy(state);
  const groupOf = (part: number) => ({ group: groups[part] ?? '', alone: groups.filter((other) => other === groups[part]).length < 2 });
  for (const [i, id] of heirs) {
    const grid = copy.grids.get(id);
    const name = grid && takesGroupName(state, grid) ? nameOfGroupGrid(state, groupOf(i), copy.grids.values()) : undefined;
    if (grid && name !== undefined) copy.grids.set(id, { ...grid, name });
  }
  for (const i of inReadingOrder(parts, heirs)) {
    const [institution, others] = [institutions[i], [...copy.grids.values()]];
    const name = institution ? institutionGridName(state, institution, others) : nameOfGroupGrid(state, groupOf(i), others);
    heirs.set(i, copy.addGrid(newGrid(state, kinds[i] as DividedKind, { name, others })));
  }
  for (const [i, part] of parts.entries()) for (const block of part) copy.assign(block.id, heirs.get(i) as number);
  for (const [i, { id }] of blocks.entries()) copy.putInCell(id, cellOf[i] ?? copy.cellOf.get(id) ?? 0);
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
