// A code scheme: how grid codes are put together and in which order numbers are given out, as data (DESIGN §8), read from schemes/*.json.
import { z } from 'zod';
import type { GridKind } from '../plan/state.ts';

const GRID_KINDS = ['urban', 'rural', 'dedicated', 'thematic'] as const satisfies readonly GridKind[];

const text = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) });
const width = z.int().min(1).max(12);
const COMMUNITY_DIGITS = 12;

const segment = z.discriminatedUnion('source', [
  /** Digits `from`–`to` (counted from 0, end excluded) of the 12-digit community code. */
  z.strictObject({
    source: z.enum(['county', 'town', 'community']),
    from: z.int().nonnegative(),
    to: z.int().positive().max(COMMUNITY_DIGITS),
    meaning: text,
  }),
  /** The same text in every code. */
  z.strictObject({ source: z.literal('literal'), value: z.string().regex(/^[0-9A-Z]+$/), meaning: text }),
  /** One text per kind of grid. */
  z.strictObject({
    source: z.literal('type'),
    values: z.strictObject({
      urban: z.string().regex(/^[0-9A-Z]+$/),
      rural: z.string().regex(/^[0-9A-Z]+$/),
      dedicated: z.string().regex(/^[0-9A-Z]+$/),
      thematic: z.string().regex(/^[0-9A-Z]+$/),
    }),
    meaning: text,
  }),
  /** Number of the grid within its community, padded with zeros. */
  z.strictObject({
    source: z.literal('sequence'),
    width,
    /** Ranges that are not given out, both ends included; with `for`: given out to that kind only, which takes no other numbers then. */
    reserved: z.array(
      z
        .strictObject({ from: z.int().nonnegative(), to: z.int().positive(), for: z.enum(GRID_KINDS).optional(), meaning: text })
        .refine(({ from, to }) => from <= to, 'a range begins behind its end'),
    ),
    meaning: text,
  }),
  /** Number of the cell within its grid, padded with zeros. `always`: grids carry it too, as zeros; otherwise only cells do. */
  z.strictObject({ source: z.literal('cell'), width, always: z.boolean(), meaning: text }),
  z.strictObject({ source: z.literal('check'), algorithm: z.enum(['mod11-10', 'mod37-36']), meaning: text }),
]);
export type Segment = z.infer<typeof segment>;
export type SequenceSegment = Extract<Segment, { source: 'sequence' }>;
export type CheckAlgorithm = Extract<Segment, { source: 'check' }>['algorithm'];

export const schemeSchema = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9+-]+$/),
    name: text,
    /** The document that sets the scheme. */
    source: text,
    /** Where the document leaves something open and this product had to read it one way. */
    readings: z.array(text),
    segments: z.array(segment).min(1),
    order: z.strictObject({
      /** Rows from north to south, within a row from west to east. */
      rows: z.literal('north-to-south'),
      within: z.literal('west-to-east'),
      /** Interior points whose latitudes lie within this many metres below the first of a row are in that row. */
      rowToleranceMetres: z.number().positive(),
    }),
  })
  .refine((scheme) => scheme.segments.filter(({ source }) => source === 'sequence').length === 1, 'exactly one sequence')
  .refine(
    ({ segments }) =>
      segments.every((part) => part.source !== 'type' || new Set(Object.values(part.values).map(({ length }) => length)).size === 1),
    'the texts of the kinds differ in length',
  )
  .refine((scheme) => scheme.segments.every(({ source }, i) => source !== 'check' || i === scheme.segments.length - 1), 'check comes last')
  .refine(
    ({ segments }) => carryWholeCode(segments),
    'the segments leave out digits of the community code: codes of two communities could be equal',
  );
export type Scheme = z.infer<typeof schemeSchema>;

/** Whether the segments carry every digit of the community code. Bounds that the schema refuses get here, too, be they ever so large. */
function carryWholeCode(segments: readonly Segment[]): boolean {
  const digits = Array.from({ length: COMMUNITY_DIGITS }, (_, digit) => digit);
  return digits.every((digit) => segments.some((part) => 'from' in part && part.from <= digit && digit < part.to));
}

/** Characters of one segment. */
export function widthOf(part: Segment): number {
  switch (part.source) {
    case 'literal':
      return part.value.length;
    case 'type':
      return part.values.urban.length;
    case 'sequence':
    case 'cell':
      return part.width;
    case 'check':
      return 1;
    default:
      return part.to - part.from;
  }
}
