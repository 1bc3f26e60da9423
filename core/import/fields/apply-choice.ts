// Rows of a file as their choice says: our field names, degrees on CGCS2000, what is about persons dropped. Pure.
import type { Feature, Geometry } from 'geojson';
import type { ImportKind, ImportReport, PersonalColumn, SourceChoice } from '../../api/import-messages.ts';
import { coordinateSystem } from '../../geo/crs/list.ts';
import { toCgcs2000 } from '../../geo/crs/transform.ts';
import { holdsIdNumber } from '../../staff/id-number.ts';
import type { RowCollection } from '../read-features.ts';
import { cellText } from './cell-text.ts';
import { mayBeTaken } from './guess-fields.ts';
import { type OurField, ourFields } from './our-fields.ts';
import { holdsMobile, personalColumn } from './personal.ts';
import { pointOf } from './point.ts';
import { type Transformation, transformed } from './transformed.ts';
import { valueFor } from './value-for.ts';

/** Rows as a file has them: its own field names and coordinates; geometry null for tables. */
export interface FileRows {
  readonly features: readonly Feature<Geometry | null>[];
  /** The number of each row in the file; undefined: they are counted from 1. */
  readonly numbers?: readonly number[] | undefined;
  readonly synthetic: boolean;
}

export interface ChosenRows {
  readonly rows: RowCollection;
  readonly dropped: ImportReport['dropped'];
}

/** Values of a column that are looked at to tell whether it is about persons, evenly chosen. */
const SAMPLES = 500;

/**
 * Only mapped fields come through. A column about persons is dropped even where it is mapped, except names and phones of staff; so is
 * a single value of any other column that holds an identity number or, where no phones are wanted, a mobile phone.
 * A choice without a kind gives places without fields. Throws RangeError when rows have places and the choice has no coordinate system of
 * ours.
 */
export function rowsOf({ features, numbers, synthetic }: FileRows, choice: SourceChoice, source: string): ChosenRows {
  const columns = personalColumns(features);
  const mapped = mappedFields(choice, columns);
  const taken = new Set(mapped.map(({ theirs }) => theirs));
  const dropped = new Map([...columns].filter(([field]) => !taken.has(field)));
  const transformation = transformationOf(features, choice);
  // What is in degrees already is no copy: half a million footprints are hundreds of megabytes.
  const settled = (geometry: Geometry | null) => (inOurDegrees(choice) ? geometry : transformed(geometry, transformation));
  const rows = features.map((feature) => ({
    type: 'Feature' as const,
    ...(feature.id === undefined || isOfPerson(String(feature.id)) ? {} : { id: feature.id }),
    properties: propertiesOf(feature, mapped, choice, dropped),
    geometry: settled(feature.geometry ?? pointOf(feature.properties, choice.fields)),
  }));
  return {
    rows: { source, features: rows, numbers, synthetic },
    dropped: [...dropped].map(([field, personal]) => ({ source, field, personal })),
  };
}

interface Mapped {
  readonly ours: OurField;
  readonly theirs: string;
}

function mappedFields({ kind, fields }: SourceChoice, columns: ReadonlyMap<string, PersonalColumn>): Mapped[] {
  if (kind === null) return [];
  return ourFields[kind].flatMap((ours) => {
    const theirs = fields[ours.name];
    return theirs && mayBeTaken(kind, ours.name, columns.get(theirs) ?? null) ? [{ ours, theirs }] : [];
  });
}

/** Notes in `dropped` the columns of which single values were left out. */
function propertiesOf(
  { properties }: Feature<Geometry | null>,
  mapped: readonly Mapped[],
  { kind, fields, settings }: SourceChoice,
  dropped: Map<string, PersonalColumn>,
): Record<string, unknown> {
  const row: Record<string, unknown> = {};
  for (const { ours, theirs } of mapped) {
    if (ours.values === 'coordinate') continue;
    const raw: unknown = properties?.[theirs];
    const personal = typeof raw === 'string' || typeof raw === 'number' ? personalValue(String(raw), kind, ours) : null;
    if (personal !== null) dropped.set(theirs, personal);
    else if (raw !== undefined && raw !== null) row[ours.name] = valueFor(ours, raw);
  }
  if (kind === 'barriers' && settings.class && (row.class === undefined || row.class === '')) row.class = settings.class;
  if (kind === 'communities' && settings.county && !fields.county) row.county = settings.county;
  return row;
}

/** Shorter texts need no search. */
const SHORTEST_ID = 18;
const SHORTEST_MOBILE = 11;

/** Identifiers that GeoJSON has beside its fields: no column tells what they are. */
const isOfPerson = (id: string): boolean => id.length >= SHORTEST_MOBILE && (holdsIdNumber(id) || holdsMobile(id));

/** Codes of buildings can pass for identity numbers by chance: those are judged by the whole column only. */
function personalValue(text: string, kind: ImportKind | null, { values }: OurField): PersonalColumn | null {
  if (values !== 'code' && text.length >= SHORTEST_ID && holdsIdNumber(text)) return 'id-number';
  const mayBePhone = kind !== 'staff' && values === 'text' && text.length >= SHORTEST_MOBILE;
  return mayBePhone && holdsMobile(text) ? 'phone' : null;
}

/** Every column that is about persons, by what it holds. */
function personalColumns(features: FileRows['features']): Map<string, PersonalColumn> {
  const step = Math.max(1, Math.floor(features.length / SAMPLES));
  const samples = new Map<string, string[]>();
  for (let i = 0; i < features.length; i += step) {
    for (const [field, value] of Object.entries(features[i]?.properties ?? {})) {
      const values = samples.get(field) ?? [];
      if (values.length === 0) samples.set(field, values);
      values.push(cellText(value));
    }
  }
  return new Map(
    [...samples].flatMap(([field, values]) => {
      const personal = personalColumn(field, values);
      return personal === null ? [] : [[field, personal] as const];
    }),
  );
}

function inOurDegrees({ crs, swapAxes }: SourceChoice): boolean {
  const { datum, projection } = (crs === null ? null : coordinateSystem(crs)) ?? {};
  return !swapAxes && projection?.kind === 'degrees' && datum !== 'GCJ-02' && datum !== 'BD-09';
}

function transformationOf(features: FileRows['features'], { crs, swapAxes, fields }: SourceChoice): Transformation {
  if (crs !== null) return toCgcs2000(crs, swapAxes);
  const hasPlaces = features.some(({ geometry }) => Boolean(geometry)) || Boolean(fields.lon && fields.lat);
  if (hasPlaces) throw new RangeError('The coordinate system of the file has not been confirmed.');
  return (x, y) => [x, y];
}
