// Rows of a layer → what is told about it: fields with their types and some values, kind of geometry, box.
import type { Geometry, Position } from 'geojson';
import type { SourceField, SourceLayer } from '../api/import-messages.ts';
import type { RawFeature, RawField, RawLayer } from './raw-source.ts';

/** Values of a field that are shown. */
const MAX_SAMPLES = 20;
const MAX_SAMPLE_LENGTH = 100;

type Box = NonNullable<SourceLayer['bounds']>;

/** `order`: names of the fields where the file gives them an order or has fields without any value. */
export function describeLayer(
  name: string,
  features: readonly RawFeature[],
  { claimedCrs, encoding }: Pick<RawLayer, 'claimedCrs' | 'encoding'>,
  order: readonly string[] = [],
): RawLayer {
  return { name, features: features.length, ...shapesOf(features), fields: fieldsOf(features, order), claimedCrs, encoding };
}

interface FieldValues {
  readonly samples: Set<string>;
  readonly types: Set<SourceField['type']>;
}

const noValues = (): FieldValues => ({ samples: new Set(), types: new Set() });

/** All field names, with the first values that are different from each other. */
function fieldsOf(features: readonly RawFeature[], order: readonly string[]): RawField[] {
  const fields = new Map<string, FieldValues>(order.map((name) => [name, noValues()]));
  for (const { properties } of features) {
    for (const name in properties) {
      const field = fields.get(name) ?? noValues();
      fields.set(name, field);
      addValue(field, properties[name]);
    }
  }
  return [...fields].map(([name, { samples, types }]) => ({ name, type: typeOf(types), samples: [...samples] }));
}

function addValue({ samples, types }: FieldValues, value: unknown): void {
  if (value === null || value === undefined || value === '') return;
  types.add(typeOfValue(value));
  if (samples.size < MAX_SAMPLES) samples.add(sampleOf(value));
}

const sampleOf = (value: unknown): string =>
  (typeof value === 'object' ? JSON.stringify(value) : String(value)).slice(0, MAX_SAMPLE_LENGTH);

/** Days as every reader of files hands them on: 2024-05-01, 2024/05/01, with or without a time. */
const DAY = /^\d{4}[-/]\d{1,2}[-/]\d{1,2}([T ].*)?$/;

function typeOfValue(value: unknown): SourceField['type'] {
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  if (typeof value === 'string') return DAY.test(value) ? 'date' : 'text';
  return 'other';
}

function typeOf(types: ReadonlySet<SourceField['type']>): SourceField['type'] {
  const [first = 'text', ...others] = types;
  if (others.length === 0) return first;
  return [...types].every((type) => type === 'integer' || type === 'number') ? 'number' : types.has('other') ? 'other' : 'text';
}

const KIND_OF_GEOMETRY: Readonly<Record<string, 'point' | 'line' | 'polygon'>> = {
  Point: 'point',
  MultiPoint: 'point',
  LineString: 'line',
  MultiLineString: 'line',
  Polygon: 'polygon',
  MultiPolygon: 'polygon',
};

function shapesOf(features: readonly RawFeature[]): Pick<RawLayer, 'geometry' | 'bounds'> {
  const kinds = new Set<RawLayer['geometry']>();
  const box: Box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { geometry } of features) {
    if (!geometry) continue;
    kinds.add(KIND_OF_GEOMETRY[geometry.type] ?? 'mixed');
    grow(box, coordinatesOf(geometry));
  }
  const [kind = 'none', ...others] = kinds;
  return { geometry: others.length === 0 ? kind : 'mixed', bounds: box[0] <= box[2] && box[1] <= box[3] ? box : null };
}

const coordinatesOf = (geometry: Geometry): unknown =>
  geometry.type === 'GeometryCollection' ? geometry.geometries?.map(coordinatesOf) : geometry.coordinates;

/** Coordinates of any depth, which may be anything in a broken file; what is no number is passed over. */
function grow(box: Box, coordinates: unknown): void {
  if (!Array.isArray(coordinates)) return;
  if (Array.isArray(coordinates[0])) {
    for (const part of coordinates) grow(box, part);
    return;
  }
  const [x, y] = coordinates as Position;
  if (!Number.isFinite(x) || !Number.isFinite(y)) return;
  box[0] = Math.min(box[0], x as number);
  box[1] = Math.min(box[1], y as number);
  box[2] = Math.max(box[2], x as number);
  box[3] = Math.max(box[3], y as number);
}
