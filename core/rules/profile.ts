// A profile: the published rules of one authority as data (DESIGN §1), read from profiles/*.json.
import { z } from 'zod';
import { barrierClass } from '../import/barriers.ts';
import { DEFAULT_LIFECYCLE, lifecycleSchema } from '../lifecycle/lifecycle.ts';
import { CHECK_IDS } from './rule.ts';

const band = z
  .strictObject({
    /** Both bounds are part of the band. null: no bound on that side. */
    minimum: z.int().nonnegative().nullable(),
    maximum: z.int().positive().nullable(),
  })
  .refine(({ minimum, maximum }) => minimum === null || maximum === null || minimum <= maximum, 'minimum lies above maximum');
export type Band = z.infer<typeof band>;

/** “左右”: a published figure without bounds, read as the figure ± tolerance (a share of it). */
const about = z.strictObject({ about: z.int().positive(), tolerance: z.number().positive().lt(1) }).transform(
  ({ about, tolerance }): Band => ({
    minimum: Math.round(about * (1 - tolerance)),
    maximum: Math.round(about * (1 + tolerance)),
  }),
);

const measure = z.union([band, about]);

const sizeRule = z.strictObject({
  households: measure,
  /** A grid outside the household band is still inside the measure when its persons are in this band; null: households only. */
  persons: measure.nullable(),
  /** A grid that is the whole community may stand below the band. */
  wholeCommunityMayBeSmaller: z.boolean(),
});
export type SizeRule = z.infer<typeof sizeRule>;

const text = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) });

const severity = z.enum(['error', 'warning', 'note']);

const share = z.number().min(0).max(1);

/** Limits of the checks on shape and content. null: the check is not made. */
const limits = z.strictObject({
  /** Metres of one barrier that may run through the inside of a grid. */
  barrierM: z.number().nonnegative().nullable(),
  /** Classes of barriers that part a grid. */
  barrierClasses: z.array(barrierClass),
  /** Least share (0 to 1) of the borders between grids that runs along barriers. */
  borderShare: share.nullable(),
  /** Least Polsby–Popper measure (0 to 1; a circle has 1). */
  compactness: share.nullable(),
  /** Least share (0 to 1) of an institution's area that makes a grid its dedicated grid, or of the grid's area in the institution. */
  institutionShare: share.nullable(),
  /** Largest share (0 to 1) of an old department grid that may lie in no grid. */
  oneNetShare: share.nullable(),
});
export type Limits = z.infer<typeof limits>;

/** Posts in a grid, in the words of the document. */
const staff = z
  .strictObject({
    /** In the order of the register; others may be written by hand. */
    posts: z.array(z.string().trim().min(1).max(40)).min(1),
    /** Those of them that count as the full-time grid worker: each grid has one person in one of these. */
    worker: z.array(z.string().trim().min(1).max(40)).min(1),
  })
  .refine(({ posts, worker }) => worker.every((post) => posts.includes(post)), 'the worker is none of the posts');

/** Which institutions become dedicated grids: those of this area or with so many people at work, unless more households live there. */
const dedicated = z.strictObject({
  minimumAreaM2: z.number().positive(),
  minimumStaff: z.int().positive(),
  maximumHouseholds: z.int().nonnegative(),
});

/** What becomes of an official code when its grid is divided or joined with others in an adjustment. */
const codes = z.strictObject({
  /** The largest part (by households, then area) keeps the code; otherwise it retires with the parts as successors. */
  keepOnSplit: z.boolean(),
  /** The merged grid keeps the code of the largest grid in it; otherwise all of them retire. */
  keepOnMerge: z.boolean(),
});
export type CodeRule = z.infer<typeof codes>;

/** Versions are kept for good (profile_version) and read by every later program: a field that is added later has a default. */
export const profileSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  name: text,
  /** The document that sets the figures. */
  source: text,
  size: z.strictObject({ urban: sizeRule, rural: sizeRule, dedicated: sizeRule }),
  /** Automatic division makes one grid of each residents' group where the list of buildings has groups; only what is too large is divided. */
  gridPerGroup: z.boolean().default(false),
  /** Measure of a cell, the second level; null: the document knows none. */
  cell: sizeRule.nullable(),
  /** null: institutions do not become grids by themselves. */
  dedicated: dedicated.nullable(),
  limits,
  staff,
  lifecycle: lifecycleSchema.default(DEFAULT_LIFECYCLE),
  codes: codes.default({ keepOnSplit: false, keepOnMerge: false }),
  /** Where the document leaves a figure open and this product had to read it one way. */
  readings: z.array(text),
  /** What weighs how much; a check left out weighs as core/rules/finding.ts says. */
  severity: z.partialRecord(z.enum(CHECK_IDS), severity),
});
export type Profile = z.infer<typeof profileSchema>;
/** A profile as it is written and kept, before “about” is read as a band. */
export type ProfileContent = z.input<typeof profileSchema>;
