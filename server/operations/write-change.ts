// Writing a change: finer blocks, received vertices, grids with fresh outlines and counts, assignments.
import type { MultiPolygon, Polygon } from '../../core/coverage/geometry.ts';
import { outlineOf } from '../../core/coverage/outline.ts';
import { multiPolygonAreaM2 } from '../../core/geo/measure.ts';
import type { Change } from '../../core/plan/change.ts';
import type { CommunityState, Grid } from '../../core/plan/state.ts';
import { tallyGrid } from '../../core/plan/tally.ts';
import type { Queryable } from '../database/queryable.ts';
import { multiPolygonToWkb, polygonToWkb, wkbToPolygon } from '../database/wkb.ts';
import {
  readGridShapes,
  readHolders,
  readShapes,
  retireGrids,
  type StoredGrid,
  writeAssignments,
  writeCells,
  writeGridOutlines,
  writeGrids,
  writeHomes,
  writeRegionOutlines,
  writeShapes,
  writeSplits,
} from './store.ts';

export interface WrittenChange {
  /** Living blocks whose shape, grid or cell is new. */
  readonly changedBlocks: number[];
  /** Communities whose blocks changed in shape: the edited one first. */
  readonly refinedCommunities: string[];
}

export async function writeChange(
  db: Queryable,
  plan: number,
  before: CommunityState,
  after: CommunityState,
  change: Change,
): Promise<WrittenChange> {
  const code = after.community.code;
  const children = change.splits.flatMap(({ parent, children: parts }) => parts.map((child) => ({ ...child, parent })));
  await writeSplits(
    db,
    children.map(({ polygon, ...child }) => ({ ...child, shape: polygonToWkb(polygon) })),
  );
  await writeShapes(
    db,
    change.reshapes.map(({ block, polygon }) => ({ block, shape: polygonToWkb(polygon) })),
  );
  await writeHomes(db, change.rehoused);
  const reshaped = [...children.map((child) => child.id), ...change.reshapes.map(({ block }) => block)];

  const touched = touchedGrids(before, after, change, reshaped);
  await writeGrids(
    db,
    plan,
    touched.map((grid) => storedGrid(after, grid)),
  );
  await writeAssignments(db, plan, code, change.assignments);
  await writeCells(db, plan, change.cells);
  await retireGrids(
    db,
    change.grids.flatMap(({ before: former, after: kept }) => (former && !kept ? [former.id] : [])),
  );

  await refreshHolders(
    db,
    reshaped,
    touched.map((grid) => grid.id),
  );
  const refinedCommunities = await refreshCommunities(db, after, change);
  const changedBlocks = [
    ...new Set([...reshaped, ...change.assignments.map(({ block }) => block), ...change.cells.map(({ block }) => block)]),
  ];
  return { changedBlocks, refinedCommunities };
}

/** Living grids of the plan whose row must be written: described, filled, emptied in part, or holding blocks of a new shape. */
function touchedGrids(before: CommunityState, after: CommunityState, change: Change, reshaped: readonly number[]): Grid[] {
  const ids = new Set<number>();
  for (const { after: made } of change.grids) if (made) ids.add(made.id);
  for (const { from, to } of change.assignments) {
    if (from !== null) ids.add(from);
    if (to !== null) ids.add(to);
  }
  for (const block of reshaped) {
    const grid = after.gridOf.get(block) ?? before.gridOf.get(block);
    if (grid !== undefined) ids.add(grid);
  }
  return [...ids].flatMap((id) => after.grids.get(id) ?? []);
}

function storedGrid(state: CommunityState, grid: Grid): StoredGrid {
  const outline: MultiPolygon = grid.area ?? outlineOf(polygonsOf(state, grid.id));
  const { households, population, buildings } = tallyGrid(state, grid.id);
  return { grid, outline: multiPolygonToWkb(outline), households, population, buildings, area_m2: multiPolygonAreaM2(outline) };
}

function polygonsOf(state: CommunityState, grid: number): Polygon[] {
  return [...state.blocks.values()].filter((block) => state.gridOf.get(block.id) === grid).map((block) => block.polygon);
}

/** Grids of other draft plans and of neighbouring communities keep their borders and receive the vertices. */
async function refreshHolders(db: Queryable, blocks: readonly number[], done: readonly number[]): Promise<void> {
  const holders = await readHolders(db, blocks, done);
  if (holders.length === 0) return;
  const polygons = new Map<number, Polygon[]>();
  for (const { grid, shape } of await readGridShapes(
    db,
    holders.map(({ grid }) => grid),
  )) {
    const list = polygons.get(grid);
    if (list) list.push(wkbToPolygon(shape));
    else polygons.set(grid, [wkbToPolygon(shape)]);
  }
  await writeGridOutlines(
    db,
    [...polygons].map(([grid, parts]) => ({ grid, outline: multiPolygonToWkb(outlineOf(parts)) })),
  );
}

async function refreshCommunities(db: Queryable, after: CommunityState, change: Change): Promise<string[]> {
  if (change.splits.length + change.reshapes.length === 0) return [];
  const { code } = after.community;
  const others = new Set(change.reshapes.map(({ community }) => community));
  others.delete(code);
  const polygons = new Map<string, Polygon[]>([[code, [...after.blocks.values()].map((block) => block.polygon)]]);
  for (const other of others) polygons.set(other, []);
  for (const { community, shape } of await readShapes(db, [...others])) polygons.get(community)?.push(wkbToPolygon(shape));
  await writeRegionOutlines(db, new Map([...polygons].map(([region, parts]) => [region, multiPolygonToWkb(outlineOf(parts))])));
  return [...polygons.keys()];
}
