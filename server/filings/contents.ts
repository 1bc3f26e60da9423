// Rows of the database → the contents of a package. Pure; runs in a thread.
import { cellCodeOf } from '../../core/codes/cell-code.ts';
import { type Scheme, schemeSchema } from '../../core/codes/scheme.ts';
import { geojsonMultiPolygon, geojsonPolygon, toDegrees } from '../../core/coverage/lattice.ts';
import { outlineOf } from '../../core/coverage/outline.ts';
import { directedRing } from '../../core/coverage/ring.ts';
import type { FilingBuilding, FilingCheck, FilingCommunity, FilingContents, FilingGrid, FilingPlan } from '../../core/filing/contents.ts';
import { sm3 } from '../../core/filing/digest.ts';
import type { CheckId } from '../../core/rules/rule.ts';
import { wkbToLine, wkbToMultiPolygon, wkbToPolygon } from '../database/wkb.ts';
import type { BarrierRow, BuildingRow, CellRow, GridRow, InstitutionRow } from '../layout/store.ts';
import type { CommunitySource, FilingSource, PlanSource } from './source.ts';

export function filingContents(source: FilingSource): FilingContents {
  const scheme = schemeSchema.parse(source.scheme.content);
  const plans = source.plans.map((plan) => filingPlan(plan, scheme));
  return { ...source, regionTable: regionTable(plans), plans };
}

/** Names the communities and their names as they stood that day: two packages with the same line were made from the same table. */
function regionTable(plans: readonly FilingPlan[]): string {
  const rows = plans.flatMap(({ communities }) => communities.map(({ code, name }) => `${code} ${name}`)).sort();
  return `SM3 ${sm3(new TextEncoder().encode(rows.join('\n')))}`;
}

function filingPlan({ communities, cells, reasons, ...plan }: PlanSource, scheme: Scheme): FilingPlan {
  const cellsOf = new Map<number, CellRow[]>();
  for (const cell of cells) cellsOf.set(cell.grid, [...(cellsOf.get(cell.grid) ?? []), cell]);
  return {
    ...plan,
    grids: communities.flatMap(({ grids }) => grids.map((grid) => filingGrid(grid, cellsOf.get(grid.id) ?? [], scheme))),
    communities: communities.map(filingCommunity),
    buildings: communities.flatMap(({ buildings }) => buildings.map(filingBuilding)),
    barriers: firstOfEach(communities.flatMap(({ barriers }) => barriers)).map(filingBarrier),
    institutions: firstOfEach(communities.flatMap(({ institutions }) => institutions)).map(filingInstitution),
    checks: communities.flatMap((community) => filingChecks(community, new Map(reasons.map(({ check, reason }) => [check, reason])))),
  };
}

function filingGrid(row: GridRow, cells: readonly CellRow[], scheme: Scheme): FilingGrid {
  const { code, name, kind, community, households, population, buildings, area_m2, reason, party, staff } = row;
  return {
    type: 'Feature',
    geometry: { type: 'MultiPolygon', coordinates: geojsonMultiPolygon(wkbToMultiPolygon(buffer(row.outline))) },
    properties: {
      ...{ code, name, kind, community, households, population, buildings, area_m2, reason, party, staff },
      cells: cells.map(({ grid: _, ...cell }) => ({ ...cell, code: code === null ? null : cellCodeOf(scheme, code, cell.number) })),
    },
  };
}

/** Its grids hold every block; when the plan was frozen they had all vertices in common, and no other plan has refined them since. */
function filingCommunity({ code, name, town, county, grids }: CommunitySource): FilingCommunity {
  const dividing = grids.filter(({ kind }) => kind !== 'thematic');
  const polygons = dividing.flatMap((grid) => wkbToMultiPolygon(buffer(grid.outline)));
  const outline = outlineOf(polygons.map((rings) => rings.map((ring, i) => directedRing(ring, i === 0))));
  return { code, name, town, county, outline: { type: 'MultiPolygon', coordinates: geojsonMultiPolygon(outline) } };
}

function filingBuilding({ id, households, population, use, x, y, footprint }: BuildingRow): FilingBuilding {
  return {
    type: 'Feature',
    geometry: footprint
      ? { type: 'Polygon', coordinates: geojsonPolygon(wkbToPolygon(buffer(footprint))) }
      : { type: 'Point', coordinates: [x, y] },
    properties: { id, households, population, use, point: [x, y] },
  };
}

function filingBarrier({ line, ...properties }: BarrierRow): FilingPlan['barriers'][number] {
  const steps = wkbToLine(buffer(line));
  const coordinates = Array.from({ length: steps.length / 2 }, (_, i) => [
    toDegrees(steps[2 * i] as number),
    toDegrees(steps[2 * i + 1] as number),
  ]);
  return { type: 'Feature', geometry: { type: 'LineString', coordinates }, properties };
}

function filingInstitution({ area, ...properties }: InstitutionRow): FilingPlan['institutions'][number] {
  const coordinates = geojsonPolygon(wkbToPolygon(buffer(area)));
  return { type: 'Feature', geometry: { type: 'Polygon', coordinates }, properties };
}

/** A grid has a reason of its own, or the whole plan was submitted with one for all that the check warned of. */
function filingChecks({ issues, grids }: CommunitySource, reasons: ReadonlyMap<CheckId, string>): FilingCheck[] {
  const gridOf = new Map(grids.map((grid) => [grid.id, grid]));
  return issues.map(({ check, severity, community, grid, message, values, measured, limit, excused }) => {
    const about = grid === null ? undefined : gridOf.get(grid);
    const reason = (excused && about?.reason) || (reasons.get(check) ?? '');
    return { check, severity, community, message, values, measured, limit, grid: about?.code ?? null, reason };
  });
}

/** A road runs through several communities and is told of once. */
function firstOfEach<Row extends { readonly id: number }>(rows: readonly Row[]): Row[] {
  return [...new Map(rows.map((row) => [row.id, row])).values()];
}

/** On the way into a thread a Buffer becomes plain bytes. */
const buffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
