// GeoJSON bytes → features whose structure is sound; structure is judged by geojson-validation.
import { isFeature } from 'geojson-validation';
import type { FeatureFile, FeatureFindings } from './findings.ts';
import { UnusableFile } from './unusable-file.ts';

/** More features than this in one file is a mistake of the request, not a county. */
export const MAX_FEATURES = 2_000_000;

/** Longitude and latitude on CGCS2000 or WGS 84, which are the same to some centimetres. */
const ACCEPTED_CRS = /CRS84|EPSG:{1,2}(4326|4490|4479)$/i;

type Position = number[];
/** Geometry as parts: every polygon a list of closed rings in degrees. */
export type FeatureShape =
  | { readonly kind: 'points'; readonly points: Position[] }
  | { readonly kind: 'lines'; readonly lines: Position[][] }
  | { readonly kind: 'polygons'; readonly polygons: Position[][][] };

export interface SoundFeature {
  /** Counts from 1 through all files of its kind. */
  readonly number: number;
  /** The GeoJSON `id` of the feature, where it has one. */
  readonly id: string | number | null;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly shape: FeatureShape;
}

export interface ParsedCollection {
  readonly features: readonly unknown[];
  /** The file says of itself that it is made up: foreign member `synthetic`. */
  readonly synthetic: boolean;
  /** The foreign member `onegrid`, with which a layout says what it is; undefined: there is none. */
  readonly onegrid: unknown;
}

/** Rows of one file: GeoJSON features with our fields, in degrees on CGCS2000; their structure is not judged yet. */
export interface RowCollection {
  /** Name of the file as it was sent. */
  readonly source: string;
  readonly features: readonly unknown[];
  /** The number of each row in the file; missing: they are counted from 1. */
  readonly numbers?: readonly number[] | undefined;
  readonly synthetic: boolean;
}

/** Parses a GeoJSON FeatureCollection. Throws UnusableFile with the reason. */
export function parseCollection(file: FeatureFile, bytes: Uint8Array): ParsedCollection {
  if (bytes.length === 0) throw new UnusableFile(file, 'file-empty');
  const collection = parseJson(file, decode(file, bytes));
  if (!isRecord(collection) || collection.type !== 'FeatureCollection' || !Array.isArray(collection.features)) {
    throw new UnusableFile(file, 'file-not-features', { type: isRecord(collection) ? String(collection.type ?? '') : typeof collection });
  }
  refuseOtherCrs(file, collection.crs);
  if (collection.features.length === 0 && (file === 'communities' || file === 'buildings')) throw new UnusableFile(file, 'file-empty');
  if (collection.features.length > MAX_FEATURES) throw new UnusableFile(file, 'file-too-many', { limit: MAX_FEATURES });
  return { features: collection.features, synthetic: collection.synthetic === true, onegrid: collection.onegrid };
}

/** Features with sound structure; all others are refused in the findings. Mends unclosed rings and drops heights. */
export function soundFeatures<File extends FeatureFile>(file: File, rows: RowCollection, findings: FeatureFindings<File>): SoundFeature[] {
  return [...eachSoundFeature(file, rows, findings)];
}

/** The same one by one, for files that are large. `letGo`: nobody needs a row any more that was judged. */
export function* eachSoundFeature<File extends FeatureFile>(
  file: File,
  { source, features, numbers }: RowCollection,
  findings: FeatureFindings<File>,
  letGo = false,
): Generator<SoundFeature, void> {
  const before = findings.begin(file, { source, count: features.length, numbers });
  let withHeights = 0;
  let firstWithHeight = 0;
  for (const [index, feature] of features.entries()) {
    const number = before + index + 1;
    const read = soundFeature(file, number, feature, findings);
    if (letGo) (features as unknown[])[index] = undefined;
    if (!read) continue;
    if (read.hasHeights) {
      withHeights += 1;
      firstWithHeight ||= number;
    }
    yield read.feature;
  }
  if (withHeights > 0) findings.mend(file, 'heights-dropped', { feature: firstWithHeight, values: { count: withHeights } });
}

function decode(file: FeatureFile, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UnusableFile(file, 'file-not-utf8');
  }
}

function parseJson(file: FeatureFile, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UnusableFile(file, 'file-not-json', { reason: error instanceof Error ? printable(error.message).slice(0, 200) : '' });
  }
}

/** A Shapefile or a workbook taken for GeoJSON would bring its bytes into the sentence. */
const printable = (text: string): string => text.replace(/\p{Cc}+/gu, ' ');

function refuseOtherCrs(file: FeatureFile, crs: unknown): void {
  if (!isRecord(crs) || !isRecord(crs.properties)) return;
  const name = String(crs.properties.name ?? '');
  if (!ACCEPTED_CRS.test(name)) throw new UnusableFile(file, 'file-crs', { crs: name.slice(0, 100) });
}

function soundFeature<File extends FeatureFile>(
  file: File,
  number: number,
  feature: unknown,
  findings: FeatureFindings<File>,
): { feature: SoundFeature; hasHeights: boolean } | null {
  if (isRecord(feature) && isEmptyGeometry(feature.geometry)) {
    findings.refuse(file, 'geometry-missing', { feature: number });
    return null;
  }
  const closed = isRecord(feature) ? closeRings(feature.geometry) : false;
  const complaint = structureComplaint(feature);
  if (complaint !== null || !isRecord(feature) || !isRecord(feature.geometry)) {
    findings.refuse(file, 'feature-malformed', { feature: number, values: { reason: complaint ?? '' } });
    return null;
  }
  const shape = shapeOf(feature.geometry);
  if (!shape) {
    findings.refuse(file, 'geometry-type', { feature: number, values: { type: String(feature.geometry.type) } });
    return null;
  }
  if (closed) findings.mend(file, 'ring-closed', { feature: number });
  const positions = positionsOf(shape);
  if (!allInDegrees(file, number, positions, findings)) return null;
  const properties = isRecord(feature.properties) ? feature.properties : {};
  const id = typeof feature.id === 'string' || typeof feature.id === 'number' ? feature.id : null;
  return { feature: { number, id, properties, shape }, hasHeights: positions.some((position) => position.length > 2) };
}

/** The first complaint of geojson-validation; it throws on some malformed rings, which is a complaint too. */
function structureComplaint(feature: unknown): string | null {
  try {
    return isFeature(feature, true)[0] ?? null;
  } catch (error) {
    return error instanceof Error ? error.message : 'unreadable';
  }
}

function isEmptyGeometry(geometry: unknown): boolean {
  if (geometry === null || geometry === undefined) return true;
  if (!isRecord(geometry) || !Array.isArray(geometry.coordinates)) return false;
  const first: unknown = geometry.coordinates.flat(3)[0];
  return first === undefined;
}

/** Repeats the first position at the end of rings that lack it; true when one did. Changes the parsed object, which nobody else holds. */
function closeRings(geometry: unknown): boolean {
  if (!isRecord(geometry) || !Array.isArray(geometry.coordinates)) return false;
  const polygons: unknown[] =
    geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.type === 'MultiPolygon' ? geometry.coordinates : [];
  let closed = false;
  for (const polygon of polygons) {
    for (const ring of Array.isArray(polygon) ? polygon : []) {
      if (!Array.isArray(ring) || ring.length < 3) continue;
      const first: unknown = ring[0];
      const last: unknown = ring[ring.length - 1];
      if (!Array.isArray(first) || !Array.isArray(last) || (first[0] === last[0] && first[1] === last[1])) continue;
      ring.push([...first]);
      closed = true;
    }
  }
  return closed;
}

function shapeOf(geometry: Readonly<Record<string, unknown>>): FeatureShape | null {
  switch (geometry.type) {
    case 'Point':
      return { kind: 'points', points: [geometry.coordinates as Position] };
    case 'MultiPoint':
      return { kind: 'points', points: geometry.coordinates as Position[] };
    case 'LineString':
      return { kind: 'lines', lines: [geometry.coordinates as Position[]] };
    case 'MultiLineString':
      return { kind: 'lines', lines: geometry.coordinates as Position[][] };
    case 'Polygon':
      return { kind: 'polygons', polygons: [geometry.coordinates as Position[][]] };
    case 'MultiPolygon':
      return { kind: 'polygons', polygons: geometry.coordinates as Position[][][] };
    default:
      return null;
  }
}

function positionsOf(shape: FeatureShape): Position[] {
  switch (shape.kind) {
    case 'points':
      return shape.points;
    case 'lines':
      return shape.lines.flat();
    case 'polygons':
      return shape.polygons.flat(2);
  }
}

function allInDegrees<File extends FeatureFile>(
  file: File,
  feature: number,
  positions: readonly Position[],
  findings: FeatureFindings<File>,
): boolean {
  for (const [x = Number.NaN, y = Number.NaN] of positions) {
    if (Math.abs(x) <= 180 && Math.abs(y) <= 90) continue;
    const swapped = Math.abs(x) <= 90 && Math.abs(y) <= 180;
    findings.refuse(file, swapped ? 'coordinates-swapped' : 'coordinates-not-degrees', { feature, values: { x, y } });
    return false;
  }
  return true;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
