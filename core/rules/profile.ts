// A profile: the published rules of one authority as data (DESIGN §1), read from profiles/*.json.
import { z } from 'zod';

const band = z.strictObject({
  /** Both bounds are part of the band. null: no bound on that side. */
  minimum: z.int().nonnegative().nullable(),
  maximum: z.int().positive().nullable(),
});
export type Band = z.infer<typeof band>;

const sizeRule = z.strictObject({
  households: band,
  /** A grid outside the household band is still inside the measure when its persons are in this band; null: households only. */
  persons: band.nullable(),
  /** A grid that is the whole community may stand below the band. */
  wholeCommunityMayBeSmaller: z.boolean(),
});
export type SizeRule = z.infer<typeof sizeRule>;

export const severity = z.enum(['error', 'warning', 'note']);

export const profileSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  name: z.strictObject({ zh: z.string(), en: z.string() }),
  /** The document that sets the figures. */
  source: z.strictObject({ zh: z.string(), en: z.string() }),
  size: z.strictObject({ urban: sizeRule, rural: sizeRule, dedicated: sizeRule }),
  severity: z.partialRecord(
    z.enum(['complete', 'inside', 'contiguous', 'size', 'building', 'name', 'totals']),
    severity,
  ),
});
export type Profile = z.infer<typeof profileSchema>;
