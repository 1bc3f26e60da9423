// Extracts of open maps cut features at the edges of their tiles: pieces with the same id → the feature again.
import type { Geometry, MultiPolygon, Polygon } from 'geojson';
import type { Polygon as LatticePolygon } from '../coverage/geometry.ts';
import { geojsonPolygon, latticePolygon } from '../coverage/lattice.ts';
import { outlineOf } from '../coverage/outline.ts';
import { doubledArea } from '../coverage/ring.ts';
import { groupBy } from '../group-by.ts';
import type { RawFinding } from '../sources/raw-source.ts';
import type { OsmFeature } from './osm.ts';

export interface JoinedPieces {
  readonly pieces: OsmFeature[];
  readonly findings: RawFinding[];
}

/** `lines`: pieces stay, only doubles go, for the end of one is the beginning of the next. `areas`: pieces that touch become one again. */
export function joinedPieces(kind: 'lines' | 'areas', features: readonly OsmFeature[]): JoinedPieces {
  const findings: RawFinding[] = [];
  const pieces = [...groupBy(features, ({ id }) => id).values()].flatMap((same) => {
    const different = withoutDoubles(same, findings);
    return kind === 'lines' || different.length === 1 ? different : withoutStandIns(different, findings);
  });
  return { pieces: pieces.toSorted((a, b) => a.number - b.number), findings };
}

/** The same object in two tiles. */
function withoutDoubles(same: readonly OsmFeature[], findings: RawFinding[]): OsmFeature[] {
  const seen = new Map<string, number>();
  return same.filter(({ number, id, geometry }) => {
    const key = JSON.stringify(geometry);
    const earlier = seen.get(key);
    if (earlier === undefined) seen.set(key, number);
    else findings.push({ row: number, verdict: 'mended', message: 'osm-double', values: { id, earlier } });
    return earlier === undefined;
  });
}

/** Shores of a water come as lines that leave the cuts out; a building comes with a point for its label. */
function withoutStandIns(same: readonly OsmFeature[], findings: RawFinding[]): OsmFeature[] {
  const lines = same.filter(({ geometry }) => geometry?.type.endsWith('LineString'));
  const areas = same.filter(({ geometry }) => geometry?.type.endsWith('Polygon'));
  if (lines.length > 0) return lines;
  if (areas.length === 0) return [...same];
  return areas.length === 1 ? areas : joinedAreas(areas, findings);
}

/** Pieces that have an edge in common become one; when they have none in common they stay apart. */
function joinedAreas(areas: readonly OsmFeature[], findings: RawFinding[]): OsmFeature[] {
  const parts = areas.flatMap(({ geometry }) => polygonsOf(geometry)).filter((polygon) => polygon.length > 0);
  const outline = joined(parts);
  const [first, ...others] = areas;
  if (!first || outline === null || outline.length >= parts.length) return [...areas];
  for (const { number, id } of others)
    findings.push({ row: number, verdict: 'mended', message: 'osm-pieces-joined', values: { id, earlier: first.number } });
  const polygons = outline.map(geojsonPolygon);
  const [only] = polygons;
  const geometry: Geometry =
    polygons.length === 1 && only ? { type: 'Polygon', coordinates: only } : { type: 'MultiPolygon', coordinates: polygons };
  return [{ ...first, geometry }];
}

const polygonsOf = (geometry: Geometry | null): LatticePolygon[] => {
  const area = geometry as Polygon | MultiPolygon;
  return (area.type === 'Polygon' ? [area.coordinates] : area.coordinates).map(latticePolygon);
};

/** null: the pieces lie over each other, or their edges do not close. */
function joined(parts: readonly LatticePolygon[]): readonly LatticePolygon[] | null {
  try {
    const outline = outlineOf(parts);
    const area = (polygons: readonly LatticePolygon[]): number => polygons.reduce((sum, polygon) => sum + doubledArea(polygon), 0);
    return area(outline) === area(parts) ? outline : null;
  } catch {
    return null;
  }
}
