// How a file is to be read: what is proposed for it, what people may change, and what is still missing.
import { z } from 'zod';
import type { ImportDecisions, ImportKind, SourceChoice, SourceLayer } from '../../core/api/import-messages.ts';
import { coordinateSystem } from '../../core/geo/crs/list.ts';
import { guessFields } from '../../core/import/fields/guess-fields.ts';
import { guessKind } from '../../core/import/fields/guess-kind.ts';
import { missingFields } from '../../core/import/fields/missing-fields.ts';
import { ourFields } from '../../core/import/fields/our-fields.ts';
import { IMPORT_KINDS } from '../../core/import/findings.ts';
import { MAX_TOLERANCE_M } from '../../core/import/slivers.ts';
import { ProblemError } from '../http/problem.ts';
import type { OpenSource } from './open-import.ts';

const MAX_NAME_LENGTH = 500;
const MAX_ENTRIES = 200;

const shortText = z.string().max(MAX_NAME_LENGTH);
const texts = z.record(shortText, shortText).refine((entries) => Object.keys(entries).length <= MAX_ENTRIES);

/** Body of a change to a choice: what is left out stays. `fields` and `settings` are replaced as a whole. */
export const choiceChange = z
  .strictObject({
    kind: z.enum(IMPORT_KINDS).nullable(),
    layer: shortText.nullable(),
    encoding: shortText.nullable(),
    crs: shortText.nullable(),
    swapAxes: z.boolean(),
    fields: texts,
    settings: texts,
  } satisfies Record<keyof SourceChoice, z.ZodType>)
  .partial();
export type ChoiceChange = z.infer<typeof choiceChange>;

/** Body of a preview and of a run. */
export const decisionsBody = z.strictObject({
  skipRefused: z.boolean().default(false),
  toleranceM: z.number().min(0).max(MAX_TOLERANCE_M).nullable().default(null),
  misfits: z.record(shortText, shortText).default({}),
  otherMisfits: z.enum(['longest-border', 'larger']).nullable().default(null),
  successors: z.record(shortText, z.string().max(12).nullable()).default({}),
  removeMissing: z.boolean().default(false),
} satisfies Record<keyof ImportDecisions, z.ZodType>);

/** What is proposed for a new file. The coordinate system is not: a person confirms it. */
export function proposedChoice({ name, layers, attribution }: Pick<OpenSource, 'name' | 'layers' | 'attribution'>): SourceChoice {
  const filled = layers.filter(({ features }) => features > 0);
  const eligible = filled.length === 0 ? layers : filled;
  const layer = eligible.length === 1 ? (eligible[0] as SourceLayer) : null;
  const kind = layer && guessKind(layer, name);
  return {
    kind,
    layer: layer?.name ?? null,
    encoding: null,
    crs: null,
    swapAxes: false,
    fields: fieldsOf(kind, layer),
    settings: attribution === null ? {} : { attribution },
  };
}

/** The choice of a file that was read in another encoding: its names may be others. */
export function rereadChoice(before: OpenSource, { layers }: Pick<OpenSource, 'layers'>, encoding: string | null): SourceChoice {
  const layer = layers[before.layers.findIndex(({ name }) => name === before.choice.layer)] ?? null;
  const kind = before.choice.kind ?? (layer && guessKind(layer, before.name));
  return { ...before.choice, encoding, kind, layer: layer?.name ?? null, fields: fieldsOf(kind, layer) };
}

const fieldsOf = (kind: ImportKind | null, layer: SourceLayer | null | undefined): SourceChoice['fields'] =>
  kind && layer ? guessFields(kind, layer.fields) : {};

/** The choice after a change. Another layer or kind has other fields, and a layer its own coordinates. Throws ProblemError bad-choice. */
export function changedChoice(
  { name, layers, choice }: Pick<OpenSource, 'name' | 'layers' | 'choice'>,
  change: ChoiceChange,
): SourceChoice {
  const merged: SourceChoice = { ...choice, ...change };
  const layer = layers.find((one) => one.name === merged.layer);
  if (merged.layer !== null && !layer) throw badChoice('layer', merged.layer);
  const otherLayer = merged.layer !== choice.layer;
  if (otherLayer && change.kind === undefined && choice.kind === null && layer) merged.kind = guessKind(layer, name);
  if (otherLayer && change.crs === undefined) merged.crs = null;
  if ((otherLayer || merged.kind !== choice.kind) && change.fields === undefined) {
    merged.fields = fieldsOf(merged.kind, layer);
  }
  if (merged.crs !== null && !coordinateSystem(merged.crs)) throw badChoice('crs', merged.crs);
  checkFields(merged, layer);
  return merged;
}

/** Throws ProblemError bad-choice: a field that is not ours, not in the file, or about persons. */
function checkFields({ kind, fields }: SourceChoice, layer: SourceLayer | undefined): void {
  const ours = new Set(kind === null ? [] : ourFields[kind].map(({ name }) => name));
  for (const [our, their] of Object.entries(fields)) {
    if (!ours.has(our)) throw badChoice('fields', our);
    const field = layer?.fields.find(({ name }) => name === their);
    if (!field) throw badChoice(`fields.${our}`, their);
  }
}

/** Not there, or not ours: what was chosen, and where in the choice. */
export const badChoice = (path: string, found: string): ProblemError => new ProblemError(400, 'bad-choice', { path, found }, { path });

/** Keys of what somebody has to settle before the file can be imported: kind, layer, crs, field:code, setting:department. */
export function missingIn({ layers, choice, problem }: Pick<OpenSource, 'layers' | 'choice' | 'problem'>): string[] {
  // One that nobody looked into was chosen as a whole.
  if (problem || layers.length === 0) return [];
  const { kind, crs, fields, settings } = choice;
  const layer = layers.find(({ name }) => name === choice.layer);
  if (!layer || kind === null) return [...(layer ? [] : ['layer']), ...(kind === null ? ['kind'] : [])];
  const hasPlaces = layer.geometry !== 'none' || Boolean(fields.lon);
  return [
    ...(hasPlaces && crs === null ? ['crs'] : []),
    ...missingFields(kind, layer.geometry, choice).map((field) => `field:${field}`),
    ...neededSettings(kind, fields)
      .filter((setting) => !settings[setting])
      .map((setting) => `setting:${setting}`),
  ];
}

/** What a kind has to know beside its rows. */
function neededSettings(kind: ImportKind, fields: SourceChoice['fields']): string[] {
  if (kind === 'department-grids') return fields.department ? [] : ['department'];
  if (kind === 'regions') return ['validFrom', 'source'];
  return kind === 'staff' ? ['plan'] : [];
}
