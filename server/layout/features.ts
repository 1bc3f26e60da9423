// Grids, blocks, buildings and barriers of a plan as GeoJSON for the interface.
import type {
  BarrierCollection,
  BlockCollection,
  BlockFeature,
  BuildingCollection,
  GridCollection,
  GridFeature,
  InstitutionCollection,
  StepLabel,
} from '../../core/api/messages.ts';
import type { Line, MultiPolygon } from '../../core/coverage/geometry.ts';
import { geojsonMultiPolygon, geojsonPolygon, toDegrees } from '../../core/coverage/lattice.ts';
import { bandOf } from '../../core/rules/band.ts';
import type { Profile } from '../../core/rules/profile.ts';
import type { Queryable } from '../database/queryable.ts';
import { wkbToLine, wkbToMultiPolygon, wkbToPolygon } from '../database/wkb.ts';
import {
  type BlockRow,
  type GridRow,
  readBarrierRows,
  readBlockRows,
  readBuildingRows,
  readEditing,
  readGridRows,
  readInstitutionRows,
  readStep,
} from './store.ts';

/** Living grids of the plan, or of one community of it. */
export async function gridCollection(db: Queryable, plan: number, profile: Profile, community?: string): Promise<GridCollection> {
  const rows = await readGridRows(db, plan, community);
  const outlines = rows.map((row) => wkbToMultiPolygon(row.outline));
  const shades = shadesOf(rows, outlines);
  return {
    type: 'FeatureCollection',
    features: rows.map((row, index) => gridFeature(row, outlines[index] as MultiPolygon, shades[index] as number, profile)),
  };
}

function gridFeature(row: GridRow, outline: MultiPolygon, shade: number, profile: Profile): GridFeature {
  const { code_state: codeState, whole_community: wholeCommunity, outline: _, ...properties } = row;
  return {
    type: 'Feature',
    id: row.id,
    geometry: { type: 'MultiPolygon', coordinates: geojsonMultiPolygon(outline) },
    properties: { ...properties, codeState, band: bandOf({ ...row, wholeCommunity }, profile), shade },
  };
}

/** Colour classes such that grids that share a border vertex differ: greedy, in the order of their ids. */
function shadesOf(rows: readonly GridRow[], outlines: readonly MultiPolygon[]): number[] {
  const holders = new Map<number, number[]>();
  const shades: number[] = [];
  for (const [index, outline] of outlines.entries()) {
    const taken = new Set<number>();
    const thematic = rows[index]?.kind === 'thematic';
    for (const ring of outline.flat()) {
      for (let i = 0; i < ring.length; i += 2) {
        // One number per lattice point: exact enough within a country, and a clash costs a colour only.
        const key = (ring[i] as number) * 2_000_000_011 + (ring[i + 1] as number);
        const others = holders.get(key);
        if (thematic) continue;
        for (const other of others ?? []) taken.add(shades[other] as number);
        if (others) others.push(index);
        else holders.set(key, [index]);
      }
    }
    let shade = 0;
    while (taken.has(shade)) shade++;
    shades.push(shade);
  }
  return shades;
}

function blockFeature(row: BlockRow): BlockFeature {
  const { shape, ...properties } = row;
  return {
    type: 'Feature',
    id: row.id,
    geometry: { type: 'Polygon', coordinates: geojsonPolygon(wkbToPolygon(shape)) },
    properties,
  };
}

/** Living blocks by id. */
export async function blockFeatures(db: Queryable, plan: number, ids: readonly number[]): Promise<BlockFeature[]> {
  return ids.length === 0 ? [] : (await readBlockRows(db, plan, { ids })).map(blockFeature);
}

/** Blocks of a community with the revision that the next operation builds on; null where the plan has no such community. */
export async function blockCollection(db: Queryable, plan: number, community: string): Promise<BlockCollection | null> {
  const editing = await readEditing(db, plan, community);
  if (!editing) return null;
  return {
    type: 'FeatureCollection',
    features: (await readBlockRows(db, plan, { community })).map(blockFeature),
    revision: editing.revision,
    ...(await stepLabels(db, editing.undo_stack, editing.redo_stack)),
  };
}

/** What the next undo and redo would do. */
export async function stepLabels(
  db: Queryable,
  undo: readonly number[],
  redo: readonly number[],
): Promise<{ undo: StepLabel | null; redo: StepLabel | null }> {
  return { undo: await stepLabel(db, undo.at(-1)), redo: await stepLabel(db, redo.at(-1)) };
}

async function stepLabel(db: Queryable, operation: number | undefined): Promise<StepLabel | null> {
  return operation === undefined ? null : readStep(db, operation);
}

export async function buildingCollection(db: Queryable, community: string): Promise<BuildingCollection> {
  const rows = await readBuildingRows(db, community);
  return {
    type: 'FeatureCollection',
    features: rows.map(({ x, y, footprint, ...properties }) => ({
      type: 'Feature',
      id: properties.id,
      geometry: footprint
        ? { type: 'Polygon', coordinates: geojsonPolygon(wkbToPolygon(footprint)) }
        : { type: 'Point', coordinates: [x, y] },
      properties: { ...properties, point: [x, y] },
    })),
  };
}

export async function barrierCollection(db: Queryable, community: string): Promise<BarrierCollection> {
  const rows = await readBarrierRows(db, community);
  return {
    type: 'FeatureCollection',
    features: rows.map(({ line, ...properties }) => ({
      type: 'Feature',
      id: properties.id,
      geometry: { type: 'LineString', coordinates: positionsOf(wkbToLine(line)) },
      properties,
    })),
  };
}

const positionsOf = (line: Line): [number, number][] =>
  Array.from({ length: line.length / 2 }, (_, i) => [toDegrees(line[2 * i] as number), toDegrees(line[2 * i + 1] as number)]);

export async function institutionCollection(db: Queryable, community: string): Promise<InstitutionCollection> {
  const rows = await readInstitutionRows(db, community);
  return {
    type: 'FeatureCollection',
    features: rows.map(({ area, ...properties }) => ({
      type: 'Feature',
      id: properties.id,
      geometry: { type: 'Polygon', coordinates: geojsonPolygon(wkbToPolygon(area)) },
      properties,
    })),
  };
}
