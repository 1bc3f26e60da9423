// A profile: the published rules of one authority as data (DESIGN §1), read from profiles/*.json.
import { z } from 'zod';

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

export const severity = z.enum(['error', 'warning', 'note']);

export const profileSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  name: text,
  /** The document that sets the figures. */
  source: text,
  size: z.strictObject({ urban: sizeRule, rural: sizeRule, dedicated: sizeRule }),
  /** Measure of a cell, the second level; null: the document knows none. */
  cell: sizeRule.nullable(),
  /** Where the document leaves a figure open and this product had to read it one way. */
  readings: z.array(text),
  severity: z.partialRecord(z.enum(['complete', 'inside', 'contiguous', 'size', 'building', 'name', 'totals']), severity),
});
export type Profile = z.infer<typeof profileSchema>;
