// What an operation would do, counted before it is done: sides with households and band, new border, buildings in its way. Pure.
import type { Line, Polygon } from '../../core/coverage/geometry.ts';
import { geojsonMultiPolygon, latticeLine, toDegrees } from '../../core/coverage/lattice.ts';
import { outlineOf } from '../../core/coverage/outline.ts';
import { polygonAreaM2 } from '../../core/geo/measure.ts';
import { type BorderEdge, borderEdges } from '../../core/plan/adjacency.ts';
import { planChange } from '../../core/plan/apply.ts';
import type { Change } from '../../core/plan/change.ts';
import type { Operation } from '../../core/plan/operation.ts';
import type { Block, CommunityState, Grid } from '../../core/plan/state.ts';
import { applyChange } from '../../core/plan/state-change.ts';
import { type Tally, tallyGrid } from '../../core/plan/tally.ts';
import { bandOf } from '../../core/rules/band.ts';
import type { Profile } from '../../core/rules/profile.ts';
import { type FootprintIndex, footprintIndex } from '../../core/rules/through-building.ts';
import { lineSides, sideNames } from './line-side.ts';
import type { ForeseenSide, Foresight, LineSide } from './messages.ts';

/** A community made ready to be asked many times. */
export interface HeldCommunity {
  readonly state: CommunityState;
  readonly profile: Profile;
  readonly footprints: FootprintIndex;
}

export const holdCommunity = (state: CommunityState, profile: Profile): HeldCommunity => ({
  state,
  profile,
  footprints: footprintIndex(state.buildings.values()),
});

/** Runs the operation on paper. A refusal is an answer, too. */
export function foresee(held: HeldCommunity, operation: Operation): Foresight {
  if (operation.type === 'undo' || operation.type === 'redo') return { sides: [], cutBuildings: [], border: [], obstacle: null };
  const outcome = planChange(held.state, operation, held.profile);
  if (!outcome.ok) return { sides: [], cutBuildings: [], border: [], obstacle: outcome.failure.code };
  const change = outcome.value;
  const after = applyChange(held.state, change);
  const border = newBorder(held.state, after, change);
  const line = 'line' in operation ? latticeLine(operation.line) : null;
  const grids = touchedGrids(change, after);
  return {
    sides:
      grids.length === 0 && line !== null
        ? looseSides(after, border, line)
        : gridSides(held, after, grids, border, operation.type === 'cut' ? line : null),
    cutBuildings: held.footprints.cutBy(border),
    border: border.map(({ ax, ay, bx, by }) => [toDegrees(ax), toDegrees(ay), toDegrees(bx), toDegrees(by)]),
    obstacle: null,
  };
}

/** Living grids that gained, lost or came to be, in the order of the change. */
function touchedGrids(change: Change, after: CommunityState): Grid[] {
  const ids = new Set<number>();
  for (const { from, to } of change.assignments) {
    if (to !== null) ids.add(to);
    if (from !== null) ids.add(from);
  }
  for (const grid of change.grids) if (grid.after !== null) ids.add(grid.after.id);
  return [...ids].map((id) => after.grids.get(id)).filter((grid) => grid !== undefined);
}

/**
 * Edges that separate two grids after the change and did not before. Where no grid changes (a cut through ground that is not drawn), the
 * edges between the new blocks.
 */
function newBorder(before: CommunityState, after: CommunityState, change: Change): BorderEdge[] {
  const parentOf = new Map<number, number>();
  for (const { parent, children } of change.splits) for (const child of children) parentOf.set(child.id, parent);
  if (change.assignments.length === 0) {
    const edges = change.splits.flatMap(({ children }) => borderEdges(children));
    return edges.filter((edge) => edge.right !== null);
  }
  const touched = new Set(change.assignments.flatMap(({ from, to }) => [from, to]));
  const blocks = [...after.blocks.values()].filter((block) => touched.has(after.gridOf.get(block.id) ?? null));
  const gridBefore = (block: number): number | undefined => before.gridOf.get(parentOf.get(block) ?? block);
  return borderEdges(blocks).filter(
    ({ left, right }) => right !== null && after.gridOf.get(left) !== after.gridOf.get(right) && gridBefore(left) === gridBefore(right),
  );
}

function gridSides(
  { profile }: HeldCommunity,
  after: CommunityState,
  grids: readonly Grid[],
  border: readonly BorderEdge[],
  line: Line | null,
): ForeseenSide[] {
  const sideOf = line === null ? new Map<number, LineSide>() : lineSides(border, line, (block) => after.gridOf.get(block) ?? null);
  const sides = grids.map((grid): ForeseenSide => {
    const tally = tallyGrid(after, grid.id);
    const polygons = grid.area ?? blocksOf(after, grid.id).map((block) => block.polygon);
    const wholeCommunity = tally.blocks === after.blocks.size;
    return {
      ...counts(tally, polygons),
      grid: grid.id < 0 ? 'new' : grid.id,
      label: grid.name,
      kind: grid.kind,
      lineSide: sideOf.get(grid.id) ?? null,
      band: bandOf({ kind: grid.kind, reason: grid.reason, wholeCommunity, ...tally }, profile),
      outline: geojsonMultiPolygon(grid.area ?? outlineOf(polygons)),
    };
  });
  return sides.sort((a, b) => rank(a.lineSide) - rank(b.lineSide));
}

/** Left before right, above before below: as the eye reads. */
const rank = (side: LineSide | null): number => (side === 'left' || side === 'above' ? 0 : 1);

/** A cut that touches no grid: what the new blocks on either side of it hold. */
function looseSides(after: CommunityState, border: readonly BorderEdge[], line: Line): ForeseenSide[] {
  const ids = new Set(border.flatMap(({ left, right }) => (right === null ? [left] : [left, right])));
  const [port, starboard] = sideNames(line);
  const parts = new Map<LineSide, Block[]>([
    [port, []],
    [starboard, []],
  ]);
  for (const id of ids) {
    const side = lineSides(
      border.filter((edge) => edge.left === id || edge.right === id),
      line,
      (block) => block,
    ).get(id);
    const block = after.blocks.get(id);
    if (side !== undefined && block !== undefined) parts.get(side)?.push(block);
  }
  const sides = [...parts].map(([lineSide, blocks]): ForeseenSide => {
    const sum = (field: 'households' | 'population' | 'buildings'): number => blocks.reduce((total, block) => total + block[field], 0);
    const tally = { households: sum('households'), population: sum('population'), buildings: sum('buildings'), blocks: blocks.length };
    return {
      ...counts(
        tally,
        blocks.map((block) => block.polygon),
      ),
      grid: null,
      label: '',
      kind: after.community.kind,
      lineSide,
      band: 'free',
      outline: [],
    };
  });
  return sides.sort((a, b) => rank(a.lineSide) - rank(b.lineSide));
}

const blocksOf = (state: CommunityState, grid: number): Block[] =>
  [...state.blocks.values()].filter((block) => state.gridOf.get(block.id) === grid);

const areas = new WeakMap<Polygon, number>();

function counts({ households, population, buildings }: Tally, polygons: readonly Polygon[]) {
  return { households, population, buildings, area_m2: polygons.reduce((sum, polygon) => sum + areaOf(polygon), 0) };
}

/** Measured once per block: most blocks stay the same from question to question. */
function areaOf(polygon: Polygon): number {
  const known = areas.get(polygon) ?? polygonAreaM2(polygon);
  areas.set(polygon, known);
  return known;
}
