// The operations of DESIGN §6 as they travel: one JSON for interface, HTTP, history and live updates. Coordinates are degrees.
import { z } from 'zod';
import { holdsIdNumber } from '../staff/id-number.ts';

/** A line or ring longer than this is a mistake, not a border. */
export const MAX_VERTICES = 5_000;
/** Blocks or grids named in one operation. */
export const MAX_IDS = 50_000;
/** Grids that one community takes over at once. */
const MAX_ADOPTED = 1_000;

const position = z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]);
const line = z.array(position).min(2).max(MAX_VERTICES);
const ring = z.array(position).min(4).max(MAX_VERTICES);
const id = z.int().positive();
const ids = z.array(id).min(1).max(MAX_IDS);

export const gridKind = z.enum(['urban', 'rural', 'dedicated', 'thematic']);

/** Formatting and control characters: names that differ only in these look alike. The Mongolian vowel separator is seen, and stays. */
const UNSEEN = /(?!\u180e)[\p{Cc}\p{Cf}]/gu;
const LINE_BREAKS = /[\t\n\v\f\r\u2028\u2029]+/g;
/** One line of text as it is seen: breaks become spaces, what shows nothing is taken out. */
const seenText = (): z.ZodString => impersonal(z.string().overwrite((text) => text.replace(LINE_BREAKS, ' ').replace(UNSEEN, '').trim()));
/** Free text, which people may take for a place to note identity numbers. */
const impersonal = (text: z.ZodString): z.ZodString =>
  text.refine((value) => !holdsIdNumber(value), { error: 'identity number', params: { reason: 'id-number' } });
const name = seenText().max(80);

export const staffMember = z.strictObject({
  role: seenText().min(1).max(40),
  name: seenText().min(1).max(40),
  /** Whole: a masked one is not a phone number. */
  phone: z
    .string()
    .trim()
    .max(24)
    .regex(/^(\+?\d[\d\s-]{4,22})?$/)
    .optional(),
});

/** Fields of a grid that `describe` sets; a field left out stays as it is. */
export const gridDescription = z.strictObject({
  name: name.min(1).optional(),
  kind: gridKind.optional(),
  reason: impersonal(z.string().trim()).max(500).optional(),
  party: seenText().max(120).optional(),
  staff: z.array(staffMember).max(40).optional(),
});

/** How a division weighs what it can choose between; the engine is core/division. */
export const divisionOptions = z.strictObject({
  /** cells: the grids named are divided into cells, by the profile's measure of a cell. */
  level: z.enum(['grids', 'cells']).default('grids'),
  /** Same seed, same layout. */
  seed: z.int().nonnegative().max(4_294_967_295).default(1),
  effort: z.enum(['normal', 'deep']).default('normal'),
  /** 0: compact grids, 1: borders where the streets are. */
  streets: z.number().min(0).max(1).default(1),
  /** What a border inside one of today's grids costs more: 0 nothing, 1 twice, 10 eleven times. */
  keepClose: z.number().min(0).max(10).default(0),
  /** So many grids (or cells in each grid), as equal as can be; null: as many as suit the band. */
  parts: z.int().min(1).max(50).nullable().default(null),
});
export type DivideOptions = z.infer<typeof divisionOptions>;

export const operationSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('assign'),
    blocks: ids,
    /** null takes the blocks out of their grid. */
    to: z.union([id, z.literal('new'), z.null()]),
    kind: gridKind.exclude(['thematic']).optional(),
  }),
  z.strictObject({ type: z.literal('cut'), line, grid: id.optional() }),
  z.strictObject({
    type: z.literal('carve'),
    polygon: z.array(ring).min(1).max(100),
    kind: gridKind,
    name: name.optional(),
  }),
  z.strictObject({ type: z.literal('reshape'), grid: id, line }),
  z.strictObject({ type: z.literal('merge'), grids: ids, into: id }),
  /** Automatic division of these grids, or of the community without its dedicated grids; locked grids stay. */
  z.strictObject({ type: z.literal('divide'), grids: ids.optional(), options: divisionOptions.prefault({}) }),
  /** The community laid out by the old grids of a department; locked and dedicated grids stay. */
  z.strictObject({
    type: z.literal('adopt'),
    department: seenText().min(1).max(200),
    grids: z
      .array(z.strictObject({ /** Empty: numbered. */ name, blocks: ids }))
      .min(1)
      .max(MAX_ADOPTED)
      .refine((grids) => new Set(grids.flatMap(({ blocks }) => blocks)).size === grids.reduce((sum, { blocks }) => sum + blocks.length, 0)),
  }),
  /** Blocks of one grid, into that cell of it, a new one, or none. */
  z.strictObject({ type: z.literal('cell'), blocks: ids, to: z.union([z.int().min(1).max(99), z.literal('new'), z.null()]) }),
  z.strictObject({ type: z.literal('describe'), grid: id, set: gridDescription }),
  z.strictObject({ type: z.literal('remove'), grids: ids }),
  z.strictObject({ type: z.literal('lock'), grids: ids }),
  z.strictObject({ type: z.literal('unlock'), grids: ids }),
  z.strictObject({ type: z.literal('undo') }),
  z.strictObject({ type: z.literal('redo') }),
]);

export type Operation = z.infer<typeof operationSchema>;

/** A newer boundary of the community was imported: stands in the history like an operation, but nobody asks for it here or undoes it. */
export interface BoundaryStep {
  readonly type: 'boundary';
  /** Blocks that kept their ids, were cut, and came anew; the latter are in no grid. */
  readonly kept: number;
  readonly cut: number;
  readonly added: number;
  readonly gainedM2: number;
  readonly lostM2: number;
}

/** What a row of the history speaks of. */
export type RecordedOperation = Operation | BoundaryStep;

/** Body of POST /api/plans/{plan}/operations. */
export const operationRequestSchema = z.strictObject({
  community: z.string().regex(/^\d{12}$/),
  base: z.int().nonnegative(),
  operation: operationSchema,
  /** Why, for the history; optional. */
  reason: impersonal(z.string().trim()).max(500).optional(),
});
export type OperationRequest = z.infer<typeof operationRequestSchema>;

/** Body of POST /api/plans/{plan}/divisions: what to divide, and how. */
export const divisionRequestSchema = z.strictObject({
  /** A community, town (9 digits) or county (6 digits) of the plan; its whole region when left out. */
  region: z
    .string()
    .regex(/^\d{6}$|^\d{9}$|^\d{12}$/)
    .optional(),
  /** With a community: only these grids. */
  grids: ids.optional(),
  /** Only communities where nothing is drawn yet. */
  onlyEmpty: z.boolean().default(false),
  options: divisionOptions.prefault({}),
  /** By the old grids of this department instead, and only communities that have any. */
  department: z.string().trim().min(1).max(200).optional(),
});
export type DivisionRequest = z.infer<typeof divisionRequestSchema>;
