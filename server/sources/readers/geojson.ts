// GeoJSON: a FeatureCollection, one feature or geometry, or one feature a line.
import type { Geometry } from 'geojson';
import { MAX_FEATURES } from '../../../core/import/read-features.ts';
import { describeLayer } from '../../../core/sources/describe-layer.ts';
import type { RawFeature } from '../../../core/sources/raw-source.ts';
import { decodeText, type TextEncoding } from '../../../core/sources/text-encoding.ts';
import { layerName } from '../layer-name.ts';
import { type SourceFile, unusable, wholeFile } from '../source-file.ts';
import { parsedByFeature } from './json-pieces.ts';
import type { SourceReader } from './reader.ts';

interface Collection {
  readonly features: RawFeature[];
  readonly claimedCrs: string | null;
  readonly synthetic: boolean;
  readonly encoding: TextEncoding;
}

export const geojsonReader: SourceReader = {
  async inspect(file, encoding) {
    const collection = readCollection(file, encoding);
    return { layers: [describeLayer(layerName(file.name), collection.features, collection)], attribution: null };
  },
  async read(file, { encoding }) {
    const { features, synthetic, claimedCrs } = readCollection(file, encoding);
    return { layer: layerName(file.name), features, numbers: undefined, synthetic, claimedCrs, attribution: null, findings: [] };
  },
};

function readCollection(file: SourceFile, chosen: string | null): Collection {
  const bytes = wholeFile(file);
  if (bytes.length === 0) throw unusable('file-empty');
  const { parsed, encoding } = parsedBytes(bytes, chosen);
  const features = featuresOf(parsed);
  if (features === null)
    throw unusable('file-not-features', { type: isRecord(parsed) ? String(parsed.type ?? '').slice(0, 100) : typeof parsed });
  if (features.length === 0) throw unusable('file-empty');
  if (features.length > MAX_FEATURES) throw unusable('file-too-many', { limit: MAX_FEATURES });
  const { crs, synthetic } = isRecord(parsed) ? parsed : {};
  return { features, claimedCrs: crsName(crs), synthetic: synthetic === true, encoding };
}

function parsedBytes(bytes: Buffer, chosen: string | null): { parsed: unknown; encoding: TextEncoding } {
  const plain = chosen === null || chosen === 'UTF-8' ? parsedByFeature(bytes) : null;
  if (plain) return { parsed: plain, encoding: { name: 'UTF-8', decidedBy: chosen === null ? 'utf-8' : 'person' } };
  const { text, encoding } = decodeText(bytes, chosen);
  return { parsed: parseAny(text), encoding };
}

/** A number that JSON does not know: programs write it where a coordinate could not be computed. */
const NO_NUMBER = /"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b/g;

function parseAny(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const lines = parseLines(text);
    if (lines) return { type: 'FeatureCollection', features: lines };
    try {
      return JSON.parse(text.replace(NO_NUMBER, (token) => (token.startsWith('"') ? token : 'null')));
    } catch {
      throw unusable('file-not-json', { reason: error instanceof Error ? error.message.replace(/\p{Cc}+/gu, ' ').slice(0, 200) : '' });
    }
  }
}

const RECORD_SEPARATOR = '\u001E';

/** GeoJSONSeq (RFC 8142) with or without record separators; null: it is none. */
function parseLines(text: string): unknown[] | null {
  const lines = text
    .replaceAll(RECORD_SEPARATOR, '')
    .split('\n')
    .filter((line) => line.trim() !== '');
  if (lines.length < 2) return null;
  const features: unknown[] = [];
  for (const line of lines) {
    try {
      features.push(JSON.parse(line));
    } catch {
      return null;
    }
  }
  return features;
}

/** null: it is no GeoJSON. */
function featuresOf(parsed: unknown): RawFeature[] | null {
  if (!isRecord(parsed)) return null;
  if (parsed.type === 'FeatureCollection') return Array.isArray(parsed.features) ? replacedEach(parsed.features) : null;
  if (parsed.type === 'Feature') return [featureOf(parsed)];
  return 'coordinates' in parsed || 'geometries' in parsed ? [featureOf({ geometry: parsed })] : null;
}

/** In place: a second list of half a million features is a burden. */
function replacedEach(features: unknown[]): RawFeature[] {
  for (const [i, value] of features.entries()) features[i] = featureOf(value);
  return features as RawFeature[];
}

/** What stands in place of a feature stays a row, so that it can be refused under its number. */
function featureOf(value: unknown): RawFeature {
  if (!isRecord(value)) return { type: 'Feature', properties: {}, geometry: null };
  const { id, geometry, properties } = value;
  return {
    type: 'Feature',
    ...((typeof id === 'string' || typeof id === 'number') && { id }),
    properties: isRecord(properties) ? properties : {},
    geometry: isRecord(geometry) && typeof geometry.type === 'string' ? (geometry as unknown as Geometry) : null,
  };
}

/** `urn:ogc:def:crs:EPSG::4490` → `EPSG:4490`; other names stay; null: no word about it. */
function crsName(crs: unknown): string | null {
  if (!isRecord(crs) || !isRecord(crs.properties)) return null;
  const name = String(crs.properties.name ?? '').slice(0, 100);
  if (/CRS:?84$/.test(name)) return 'EPSG:4326';
  const code = /EPSG:[\d.]*:?(\d+)$/i.exec(name)?.[1];
  return code === undefined ? name || null : `EPSG:${code}`;
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
