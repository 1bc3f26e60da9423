// manifest.json: what a filing package says of itself, and the digests of every other file in it.
import { z } from 'zod';

/** Raised when a reader of the old form would misread the new one. */
export const PACKAGE_FORMAT = 1;

/** The files of a package; manifest.json comes first, and there is no other. */
export const PACKAGE_FILES = [
  'layout.geojson',
  'communities.geojson',
  'buildings.geojson',
  'barriers.geojson',
  'institutions.geojson',
  'profile.json',
  'scheme.json',
  'signatures.json',
  'checks.json',
  'changes.json',
  'changes.csv',
  'layout-shp.zip',
  'register.xlsx',
  'report.html',
] as const;
export type PackageFile = (typeof PACKAGE_FILES)[number];
export const MANIFEST_FILE = 'manifest.json';

const line = z.string().max(200);
const count = z.int().nonnegative();
const digest = z.string().regex(/^[0-9a-f]{64}$/);

/** Of the grids that divide the region; thematic grids lie across them and are only counted. */
const counts = z.strictObject({
  communities: count,
  grids: count,
  thematic: count,
  households: count,
  population: count,
  buildings: count,
});
export type PackageCounts = z.infer<typeof counts>;

const version = z.strictObject({ id: line.min(1), version: z.int().positive() });

const packagedPlan = z.strictObject({
  /** Its number in the installation that made the package. */
  plan: z.int().positive(),
  name: line.min(1),
  /** Region code, a prefix of the codes of its communities. */
  region: z.string().regex(/^\d{2,12}$/),
  regionName: line,
  /** The official plan that it changes (适时调整); null: a plan of its own. */
  parent: z.int().positive().nullable(),
  /** SM3 of the content that was signed. */
  digest,
  counts,
});
export type PackagedPlan = z.infer<typeof packagedPlan>;

export const manifestSchema = z.strictObject({
  format: z.literal(PACKAGE_FORMAT),
  city: z.strictObject({ code: z.string().regex(/^\d{2,6}$/), name: line.min(1) }),
  created: z.strictObject({ day: z.iso.date(), person: line, organ: line }),
  sheetMark: line,
  synthetic: z.boolean(),
  profile: version,
  scheme: version,
  auditHead: z.strictObject({ position: count, digest }),
  regionTable: line,
  plans: z.array(packagedPlan).min(1).max(500),
  counts,
  files: z.array(z.strictObject({ name: z.enum(PACKAGE_FILES), bytes: count, sm3: digest, sha256: digest })),
});
export type Manifest = z.infer<typeof manifestSchema>;
