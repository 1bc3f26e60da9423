// The fields of a profile as its schema has them: what the editor lays out, compares and names. A new field needs only its texts.
import { z } from 'zod';
import { severityOf } from '../../core/rules/finding.ts';
import { type Profile, type ProfileContent, profileSchema } from '../../core/rules/profile.ts';
import type { CheckId } from '../../core/rules/rule.ts';

/**
 * group: fields together. measure: bounds, or “about”. share: a number between 0 and 1, read as per cent. choice(s): one or several of
 * `choices`. word(s): free text. text(s): free text in both languages. weights: a choice for each of `keys`, some of them left out. steps:
 * the way of a plan, of which only the organs that sign can be edited.
 */
export type FieldKind =
  | 'group'
  | 'measure'
  | 'number'
  | 'share'
  | 'flag'
  | 'choice'
  | 'choices'
  | 'word'
  | 'words'
  | 'text'
  | 'texts'
  | 'weights'
  | 'steps';

export interface ProfileField {
  readonly path: readonly string[];
  readonly kind: FieldKind;
  /** May be null: the document knows none. */
  readonly nullable: boolean;
  readonly choices: readonly string[];
  readonly keys: readonly string[];
  /** Of a group. */
  readonly fields: readonly ProfileField[];
}

/** A list of what is named before is named after it. */
const LISTS: Readonly<Partial<Record<FieldKind, FieldKind>>> = { choice: 'choices', word: 'words', text: 'texts' };

type Schema = z.core.JSONSchema.JSONSchema;

function fieldOf(path: readonly string[], schema: Schema): ProfileField {
  const variants = variantsOf(schema);
  const written = variants.filter(({ type }) => type !== 'null');
  const found = written.length > 1 ? { kind: 'measure' as const } : kindOf(path, written[0] ?? {});
  return { path, nullable: written.length < variants.length, choices: [], keys: [], fields: [], ...found };
}

function variantsOf(schema: Schema): Schema[] {
  return schema.anyOf?.flatMap((variant) => variantsOf(variant as Schema)) ?? [schema];
}

function kindOf(path: readonly string[], schema: Schema): Partial<ProfileField> & Pick<ProfileField, 'kind'> {
  if (schema.enum) return { kind: 'choice', choices: schema.enum.map(String) };
  if (schema.type === 'boolean') return { kind: 'flag' };
  if (schema.type === 'string') return { kind: 'word' };
  if (schema.type === 'array') return listOf(path, schema.items as Schema);
  if (schema.type === 'object') return objectOf(path, schema);
  return { kind: schema.maximum === 1 || schema.exclusiveMaximum === 1 ? 'share' : 'number' };
}

function listOf(path: readonly string[], items: Schema): Partial<ProfileField> & Pick<ProfileField, 'kind'> {
  const item = kindOf(path, items);
  if (item.kind === 'group') return { kind: 'steps' };
  const kind = LISTS[item.kind];
  if (kind === undefined) throw new Error(`the editor knows no list of ${item.kind} (${path.join('.')})`);
  return { ...item, kind };
}

function objectOf(path: readonly string[], schema: Schema): Partial<ProfileField> & Pick<ProfileField, 'kind'> {
  const { properties, propertyNames, additionalProperties } = schema;
  if (properties === undefined) {
    const choices = (additionalProperties as Schema).enum?.map(String) ?? [];
    return { kind: 'weights', keys: (propertyNames as Schema).enum?.map(String) ?? [], choices };
  }
  if (Object.keys(properties).sort().join() === 'en,zh') return { kind: 'text' };
  return { kind: 'group', fields: groupOf(path, schema) };
}

function groupOf(path: readonly string[], schema: Schema): ProfileField[] {
  return Object.entries(schema.properties ?? {}).map(([name, property]) => fieldOf([...path, name], property as Schema));
}

/** Everything but the id, in the order of the schema. */
export const profileFields: readonly ProfileField[] = groupOf([], z.toJSONSchema(profileSchema, { io: 'input' }) as Schema).filter(
  ({ path }) => path[0] !== 'id',
);

/** undefined where the profile has nothing there. */
export function valueAt(content: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, name) => (typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined),
    content,
  );
}

/** The content with another value there; the given content stays as it is. */
export function withValue<T>(content: T, [name, ...below]: readonly string[], value: unknown): T {
  if (name === undefined) return value as T;
  return { ...content, [name]: withValue((content as Record<string, unknown>)[name], below, value) };
}

/** What a group holds when it is begun: nothing that somebody would have to take back. */
export function emptyValue({ kind, nullable, choices, fields }: ProfileField): unknown {
  if (nullable) return null;
  switch (kind) {
    case 'group':
      return Object.fromEntries(fields.map((field) => [field.path.at(-1) as string, field.nullable ? null : emptyValue(field)]));
    case 'measure':
      return { minimum: null, maximum: null };
    case 'flag':
      return false;
    case 'choice':
      return choices[0];
    case 'word':
      return '';
    case 'text':
      return { zh: '', en: '' };
    case 'weights':
      return {};
    case 'number':
    case 'share':
      return null;
    default:
      return [];
  }
}

export interface Difference {
  readonly field: ProfileField;
  readonly before: unknown;
  readonly after: unknown;
}

/** Where two profiles say different things, field by field. */
export function differences(before: ProfileContent, after: ProfileContent, fields = profileFields): Difference[] {
  return fields.flatMap((field) => {
    const [one, other] = [valueAt(before, field.path), valueAt(after, field.path)];
    if (JSON.stringify(one) === JSON.stringify(other)) return [];
    if (field.kind === 'weights') return weighedOtherwise(field, before, after);
    if (field.kind === 'group' && isSet(one) && isSet(other)) return differences(before, after, field.fields);
    return equal(one, other) ? [] : [{ field, before: one, after: other }];
  });
}

const isSet = (value: unknown): boolean => value !== null && value !== undefined;

/** Whatever the order of the keys. */
const equal = (one: unknown, other: unknown): boolean => canonical(one) === canonical(other);
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? Object.fromEntries(Object.entries(inner).sort()) : inner,
  );

function weighedOtherwise({ path, keys, choices, ...field }: ProfileField, before: ProfileContent, after: ProfileContent): Difference[] {
  return keys.flatMap((key) => {
    const [one, other] = [before, after].map((content) => weightOf(content, key as CheckId));
    return one === other
      ? []
      : [{ field: { ...field, kind: 'choice', path: [...path, key], keys: [], choices }, before: one, after: other }];
  });
}

/** How much the check weighs, also where the profile leaves that open. */
export const weightOf = ({ severity }: ProfileContent, check: CheckId): string => severityOf({ severity } as Profile, check);
