// A community of a plan as the core works on it.
import { toLattice } from '../../core/coverage/lattice.ts';
import type { Block, Building, CommunityState, Grid } from '../../core/plan/state.ts';
import type { Queryable } from '../database/queryable.ts';
import { wkbToLine, wkbToMultiPolygon, wkbToPolygon } from '../database/wkb.ts';
import { readBarrierRows, readBlockRows, readBuildingRows, readInstitutionRows } from '../layout/store.ts';
import { holdGeometry, type LockedCommunity, lockCommunity, readCommunity, readGrids, readNeighbours } from './store.ts';

/** `neighbours`: with the blocks around it, which only a cut needs. */
export async function readState(
  db: Queryable,
  plan: number,
  code: string,
  { neighbours: withNeighbours }: { neighbours: boolean },
): Promise<CommunityState> {
  const community = await readCommunity(db, code);
  const blocks = new Map<number, Block>();
  const gridOf = new Map<number, number>();
  const cellOf = new Map<number, number>();
  for (const { shape, grid, cell, ...row } of await readBlockRows(db, plan, { community: code })) {
    blocks.set(row.id, { ...row, polygon: wkbToPolygon(shape) });
    if (grid !== null) gridOf.set(row.id, grid);
    if (cell !== 0) cellOf.set(row.id, cell);
  }
  const rows = withNeighbours ? await readNeighbours(db, code) : [];
  const neighbours = rows.map(({ shape, ...row }) => ({ ...row, polygon: wkbToPolygon(shape) }));
  const buildings = new Map<number, Building>();
  for (const { x, y, footprint, ...row } of await readBuildingRows(db, code)) {
    buildings.set(row.id, { ...row, point: [toLattice(x), toLattice(y)], footprint: footprint && wkbToPolygon(footprint) });
  }
  const grids = new Map<number, Grid>();
  for (const { outline, ...row } of await readGrids(db, plan, code)) {
    grids.set(row.id, { ...row, community: code, area: outline && wkbToMultiPolygon(outline) });
  }
  const barriers = (await readBarrierRows(db, code)).map(({ line, ...row }) => ({ ...row, line: wkbToLine(line) }));
  const institutions = (await readInstitutionRows(db, code)).map(({ area, ...row }) => ({ ...row, area: wkbToPolygon(area) }));
  return { community, blocks, neighbours, buildings, barriers, institutions, grids, gridOf, cellOf };
}

/** A community of the plan that nobody changes until the transaction ends. */
export async function readLocked(
  db: Queryable,
  plan: number,
  code: string,
): Promise<{ readonly locked: LockedCommunity; readonly state: CommunityState }> {
  const locked = (await lockCommunity(db, plan, code)) as LockedCommunity;
  await holdGeometry(db, code);
  return { locked, state: await readState(db, plan, code, { neighbours: false }) };
}
