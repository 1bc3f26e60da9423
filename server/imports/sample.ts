// Some rows of a file, evenly chosen, for the map: enough to see where they lie.
import type { Position } from 'geojson';
import type { RawFeature, RawRows } from '../../core/sources/raw-source.ts';
import { readSource } from '../sources/open-source.ts';

export interface SampleRequest {
  readonly path: string;
  readonly name: string;
  readonly layer: string | null;
  readonly encoding: string | null;
}

const MAX_SAMPLE_FEATURES = 5_000;
/** More would be no map but a wait. */
const MAX_SAMPLE_POSITIONS = 400_000;

/** Throws UnusableFile. */
export async function readSample({ path, name, layer, encoding }: SampleRequest): Promise<RawRows> {
  const raw = await readSource(path, name, { layer, encoding });
  const chosen = evenly(raw.features.length, MAX_SAMPLE_FEATURES);
  const positions = chosen.map((i) => positionsIn(raw.features[i] as RawFeature));
  const all = positions.reduce((sum, count) => sum + count, 0);
  const share = Math.min(1, MAX_SAMPLE_POSITIONS / all);
  const kept = evenly(chosen.length, Math.max(1, Math.floor(chosen.length * share))).map((i) => chosen[i] as number);
  return {
    ...raw,
    features: kept.map((i) => raw.features[i] as RawFeature),
    numbers: kept.map((i) => raw.numbers?.[i] ?? i + 1),
    findings: [],
  };
}

/** At most `wanted` of the positions 0 … `count` − 1. */
function evenly(count: number, wanted: number): number[] {
  const step = Math.max(1, count / wanted);
  return Array.from({ length: Math.min(count, wanted) }, (_, i) => Math.floor(i * step));
}

function positionsIn({ geometry }: RawFeature): number {
  if (!geometry) return 0;
  if (geometry.type === 'GeometryCollection') return geometry.geometries.length;
  return countPositions(geometry.coordinates);
}

const countPositions = (coordinates: Position | Position[] | Position[][] | Position[][][]): number =>
  typeof coordinates[0] === 'number' ? 1 : (coordinates as Position[][]).reduce((sum, part) => sum + countPositions(part), 0);
