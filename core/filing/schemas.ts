// The JSON files of a filing package besides the manifest: their schemas, and what they hold once read.
import { z } from 'zod';
import { schemeSchema } from '../codes/scheme.ts';
import { barrierClass } from '../import/barriers.ts';
import { STEP_IDS } from '../lifecycle/lifecycle.ts';
import { gridKind } from '../plan/operation.ts';
import { profileSchema } from '../rules/profile.ts';
import { CHECK_IDS } from '../rules/rule.ts';
import type { PackageFile } from './manifest.ts';

const text = z.string().max(4_000);
const count = z.int().nonnegative();
const communityCode = z.string().regex(/^\d{12}$/);
const gridCode = z.string().regex(/^[0-9A-Z]{1,40}$/);
const digest = z.string().regex(/^[0-9a-f]{64}$/);

const position = z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]);
const polygon = z.array(z.array(position).min(4)).min(1);
const bbox = z.tuple([z.number(), z.number(), z.number(), z.number()]);
const point = z.strictObject({ type: z.literal('Point'), coordinates: position });
const line = z.strictObject({ type: z.literal('LineString'), coordinates: z.array(position).min(2) });
const area = z.strictObject({ type: z.literal('Polygon'), coordinates: polygon });
const areas = z.strictObject({ type: z.literal('MultiPolygon'), coordinates: z.array(polygon).min(1) });

const feature = <G extends z.ZodType, P extends z.ZodType>(geometry: G, properties: P) =>
  z.strictObject({ type: z.literal('Feature'), properties, geometry });
const collection = <F extends z.ZodType>(one: F) => z.strictObject({ type: z.literal('FeatureCollection'), features: z.array(one) });

const counted = { households: count, population: count, buildings: count };
const cell = z.strictObject({ number: z.int().positive(), code: gridCode.nullable(), ...counted });
const grid = z.strictObject({
  code: gridCode.nullable(),
  name: text,
  kind: gridKind,
  community: communityCode,
  ...counted,
  area_m2: z.number().positive(),
  reason: text,
  cells: z.array(cell),
});
const layout = z.strictObject({
  type: z.literal('FeatureCollection'),
  bbox: bbox.optional(),
  /** Judged with the layout (core/layout-check). */
  onegrid: z.looseObject({ profile: text, scheme: text, totals: z.looseObject({}) }),
  features: z.array(feature(areas, grid).extend({ id: text.optional(), bbox })),
});

const community = z.strictObject({ code: communityCode, name: text.min(1), town: text, county: text, plan: z.int().positive() });
const building = z.strictObject({
  id: z.int(),
  plan: z.int().positive(),
  households: count,
  population: count,
  use: text,
  point: position,
});
const barrier = z.strictObject({ id: z.int(), class: barrierClass, name: text });
const institution = z.strictObject({ id: z.int(), name: text, use: text, staff: count.nullable() });

const signature = z.strictObject({
  plan: z.int().positive(),
  step: z.enum(STEP_IDS),
  person: text.min(1),
  organ: text.min(1),
  at: text.min(1),
  digest,
});

const check = z.strictObject({
  plan: z.int().positive(),
  check: z.enum(CHECK_IDS),
  severity: z.enum(['error', 'warning', 'note']),
  community: communityCode,
  grid: gridCode.nullable(),
  message: text,
  values: z.record(z.string(), z.union([text, z.number()])),
  measured: z.number().nullable(),
  limit: z.number().nullable(),
  reason: text,
});

const change = z.strictObject({
  plan: z.int().positive(),
  community: communityCode,
  from: gridCode.nullable(),
  fromName: text,
  to: gridCode.nullable(),
  kind: z.enum(['split', 'merge', 'recode', 'redraw', 'new', 'end']),
  reason: text,
});

export const fileSchemas = {
  'layout.geojson': layout,
  'communities.geojson': collection(feature(areas, community)),
  'buildings.geojson': collection(feature(z.union([area, point]), building)),
  'barriers.geojson': collection(feature(line, barrier)),
  'institutions.geojson': collection(feature(area, institution)),
  'profile.json': profileSchema,
  'scheme.json': schemeSchema,
  'signatures.json': z.strictObject({ signatures: z.array(signature) }),
  'checks.json': z.strictObject({ checks: z.array(check) }),
  'changes.json': z.strictObject({ changes: z.array(change) }),
} as const satisfies Partial<Record<PackageFile, z.ZodType>>;

export type JsonFile = keyof typeof fileSchemas;
/** By file what was read from it. */
export type PackageContents = { readonly [File in JsonFile]: z.infer<(typeof fileSchemas)[File]> };
/** The same before it is read: a profile and a scheme as they were written. */
export type WrittenContents = { readonly [File in JsonFile]: z.input<(typeof fileSchemas)[File]> };
