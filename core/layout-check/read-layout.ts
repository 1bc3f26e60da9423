// A layout file → its grids on the lattice, with what the file says about them. Whatever can be read is read; the rest is a finding.
import { z } from 'zod';
import { LATTICE_STEPS_PER_DEGREE, type Polygon } from '../coverage/geometry.ts';
import { latticeLine, latticePolygon } from '../coverage/lattice.ts';
import { signedArea } from '../coverage/ring.ts';
import { readCount } from '../import/counts.ts';
import type { FeatureFindings, FindingPlace } from '../import/findings.ts';
import { parseCollection, type SoundFeature, soundFeatures } from '../import/read-features.ts';
import { degrees } from '../import/shapes.ts';
import { textProperty } from '../import/text-property.ts';
import { findingSentence } from '../import/texts.ts';
import { gridKind } from '../plan/operation.ts';
import type { GridKind } from '../plan/state.ts';
import type { LayoutFinding, Subject } from './issue.ts';

/** Farther from a lattice point than this (about 0.1 mm) a coordinate was not rounded to the lattice; nearer is the noise of doubles. */
const OFF_LATTICE_STEPS = 0.01;

/** What can be counted in a grid, and what the file says it is; null: not said. */
export const COUNTED = ['households', 'population', 'buildings'] as const;
export type Counts = Readonly<Record<(typeof COUNTED)[number], number>>;

export interface CheckedGrid extends Subject {
  /** The GeoJSON id of the feature; empty: none. */
  readonly id: string;
  /** null: none that is known. */
  readonly kind: GridKind | null;
  readonly reason: string;
  readonly stated: Readonly<Record<(typeof COUNTED)[number] | 'area_m2', number | null>>;
  readonly polygons: readonly Polygon[];
}

const number = z.number().optional().catch(undefined);
const text = z.string().optional().catch(undefined);
const declaration = z
  .object({
    profile: text,
    scheme: text,
    totals: z.object({ grids: number, households: number, population: number, buildings: number, area_m2: number }).catch({}),
  })
  .partial()
  .catch({});

export interface ReadLayout {
  readonly grids: readonly CheckedGrid[];
  /** The foreign member `onegrid`. */
  readonly declared: z.infer<typeof declaration>;
  /** It was written by this product: its areas are those of the ellipsoid. */
  readonly ours: boolean;
  readonly findings: readonly LayoutFinding[];
}

/** Throws UnusableFile when it is no list of features. */
export function readLayout(bytes: Uint8Array): ReadLayout {
  const { onegrid, ...rows } = parseCollection('layout', bytes);
  const findings: LayoutFinding[] = [];
  const unplaced = new Map<Unplaced, Unplaceable>();
  const sound = soundFeatures('layout', { source: '', ...rows }, featureFindings(findings, unplaced));
  for (const [message, { about, values, count }] of unplaced) {
    const all = { ...values, count, feature: about.feature };
    findings.push({ check: 'geometry', severity: 'error', about, sentence: `${message}-all`, values: all, measured: count, limit: 0 });
  }
  const grids = sound.flatMap((feature) => readGrid(feature, findings));
  const [first] = sound;
  if (first) findings.push(...missingFields(sound), ...offLattice(sound));
  return { grids, declared: declaration.parse(onegrid), ours: onegrid !== undefined, findings };
}

/** Coordinates that are wrong in a whole file as a rule: one finding says how often, and where first. */
type Unplaced = 'coordinates-not-degrees' | 'coordinates-swapped';
interface Unplaceable {
  readonly about: Subject;
  readonly values: Readonly<Record<string, string | number>>;
  readonly count: number;
}

/** What reading the features finds, as findings about the geometry. */
function featureFindings(findings: LayoutFinding[], unplaced: Map<Unplaced, Unplaceable>): FeatureFindings<'layout'> {
  const add = (severity: 'error' | 'warning') => (_: 'layout', message: string, place: FindingPlace) => {
    const values = { ...place.values };
    const about = { feature: place.feature, code: '', name: '', community: '' };
    if (message === 'coordinates-not-degrees' || message === 'coordinates-swapped') {
      const first = unplaced.get(message) ?? { about, values, count: 0 };
      unplaced.set(message, { ...first, count: first.count + 1 });
      return;
    }
    const said = { message, values };
    findings.push({
      check: 'geometry',
      severity,
      about,
      sentence: {
        zh: `第 ${place.feature} 个要素:${findingSentence(said, 'zh')}`,
        en: `Feature ${place.feature}: ${findingSentence(said, 'en')}`,
      },
    });
  };
  return { begin: () => 0, mend: add('warning'), refuse: add('error') };
}

function readGrid(feature: SoundFeature, findings: LayoutFinding[]): CheckedGrid[] {
  const { properties, shape } = feature;
  const subject: Subject = {
    feature: feature.number,
    code: textProperty(properties.code),
    name: textProperty(properties.name),
    community: textProperty(properties.community),
  };
  if (shape.kind !== 'polygons') {
    findings.push({ check: 'geometry', sentence: 'geometry-no-area', about: subject });
    return [];
  }
  const polygons = shape.polygons.map(latticePolygon).filter((polygon) => polygon.length > 0);
  if (polygons.length < shape.polygons.length) findings.push({ check: 'geometry', sentence: 'geometry-nil', about: subject });
  const turned = turnedRings(shape.polygons);
  if (turned.length > 0) {
    const place = boxOfPositions(turned[0] as Positions);
    findings.push({
      check: 'geometry',
      severity: 'warning',
      sentence: 'ring-turned',
      about: subject,
      measured: turned.length,
      limit: 0,
      place,
    });
  }
  const count = (field: string): number | null => {
    const outcome = readCount(properties[field]);
    return outcome.kind === 'count' ? outcome.value : null;
  };
  return [
    {
      ...subject,
      id: textProperty(feature.id),
      kind: gridKind.safeParse(properties.kind).data ?? null,
      reason: textProperty(properties.reason),
      stated: {
        households: count('households'),
        population: count('population'),
        buildings: count('buildings'),
        area_m2: typeof properties.area_m2 === 'number' && Number.isFinite(properties.area_m2) ? properties.area_m2 : null,
      },
      polygons,
    },
  ];
}

type Positions = readonly (readonly number[])[];

/** Outer rings that run clockwise and holes that do not (RFC 7946, 3.1.6). */
function turnedRings(polygons: readonly (readonly Positions[])[]): Positions[] {
  return polygons.flatMap((rings) =>
    rings.filter((ring, i) => {
      const area = signedArea(latticeLine(ring));
      return area !== 0 && area > 0 !== (i === 0);
    }),
  );
}

function boxOfPositions(positions: Positions): [number, number, number, number] {
  const xs = positions.map(([x = 0]) => x);
  const ys = positions.map(([, y = 0]) => y);
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

const FIELDS = ['code', 'name', 'kind', 'community', 'households', 'population', 'buildings', 'area_m2'] as const;

/** One finding per field: a foreign file lacks it in every feature. `reason` may be missing. */
function missingFields(features: readonly SoundFeature[]): LayoutFinding[] {
  return FIELDS.flatMap((field): LayoutFinding[] => {
    const missing = features.filter(({ properties }) => !isReadable(field, properties[field]));
    const [first] = missing;
    if (!first) return [];
    return [
      {
        check: 'field',
        sentence: 'field-missing',
        about: { feature: first.number, code: '', name: '', community: '' },
        values: { field, count: missing.length, feature: first.number },
        measured: missing.length,
        limit: 0,
      },
    ];
  });
}

function isReadable(field: (typeof FIELDS)[number], value: unknown): boolean {
  switch (field) {
    case 'kind':
      return gridKind.safeParse(value).success;
    case 'area_m2':
      return typeof value === 'number' && Number.isFinite(value);
    case 'households':
    case 'population':
    case 'buildings':
      return readCount(value).kind === 'count';
    case 'code':
      // A grid that has not been coded says so; a code that is no text has lost its digits somewhere.
      return value === null || typeof value === 'string';
    default:
      return typeof value === 'string';
  }
}

/** One finding for the file: how many features have coordinates off the lattice, and where the first lies. */
function offLattice(features: readonly SoundFeature[]): LayoutFinding[] {
  const off = features.flatMap((feature) => {
    const position = feature.shape.kind === 'polygons' ? feature.shape.polygons.flat(2).find(isOffLattice) : undefined;
    return position ? [{ feature: feature.number, position }] : [];
  });
  const [first] = off;
  if (!first) return [];
  const [x, y] = degrees([
    (first.position[0] as number) * LATTICE_STEPS_PER_DEGREE,
    (first.position[1] as number) * LATTICE_STEPS_PER_DEGREE,
  ]);
  return [
    {
      check: 'lattice',
      sentence: 'off-lattice',
      about: { feature: first.feature, code: '', name: '', community: '' },
      values: { count: off.length },
      measured: off.length,
      limit: 0,
      place: [x, y, x, y],
    },
  ];
}

function isOffLattice([x = 0, y = 0]: readonly number[]): boolean {
  return stepsOff(x) > OFF_LATTICE_STEPS || stepsOff(y) > OFF_LATTICE_STEPS;
}

function stepsOff(value: number): number {
  const steps = value * LATTICE_STEPS_PER_DEGREE;
  return Math.abs(steps - Math.round(steps));
}
