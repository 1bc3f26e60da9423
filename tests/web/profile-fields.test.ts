// The editor of the rules follows their schema: every field has a control and its texts, comparing and changing work by path.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ProfileContent, profileSchema } from '../../core/rules/profile.ts';
import { profileRefusals } from '../../core/rules/profile-refusal.ts';
import { shippedProfiles } from '../../core/rules/profiles.ts';
import { CHECK_IDS } from '../../core/rules/rule.ts';
import enChecks from '../../web/i18n/en/checks.json' with { type: 'json' };
import en from '../../web/i18n/en/profiles.json' with { type: 'json' };
import zhChecks from '../../web/i18n/zh/checks.json' with { type: 'json' };
import zh from '../../web/i18n/zh/profiles.json' with { type: 'json' };
import { differences, emptyValue, type ProfileField, profileFields, valueAt, withValue } from '../../web/panels/profile-fields.ts';

const [gansu, qianjiang] = shippedProfiles as [ProfileContent, ProfileContent];
const all = (fields: readonly ProfileField[]): ProfileField[] => fields.flatMap((field) => [field, ...all(field.fields)]);
const fields = all(profileFields);
const leaves = fields.filter(({ kind }) => kind !== 'group');
const textAt = (texts: object, ...path: string[]): unknown => valueAt(texts, path);

test('a profile is laid out whole: what the fields hold is the profile', () => {
  for (const content of shippedProfiles) {
    const rebuilt = profileFields.reduce<object>((built, { path }) => withValue(built, path, valueAt(content, path)), { id: content.id });
    expect(rebuilt).toEqual(content);
  }
});

describe.each([
  ['zh', zh, zhChecks],
  ['en', en, enChecks],
] as const)('texts in %s', (_, texts, checks) => {
  test.each(fields.map((field) => [field.path.join('.'), field] as const))('%s has its name', (_path, { path }) => {
    const names = [textAt(texts, 'field', ...path, '_'), textAt(texts, 'field', ...path), textAt(texts, 'leaf', path.at(-1) as string)];
    expect(names.some((name) => typeof name === 'string')).toBe(true);
  });
  test('numbers have a unit, choices a name, checks a meaning', () => {
    for (const { kind, path, choices } of leaves) {
      if (kind === 'number' || kind === 'measure')
        expect(textAt(texts, 'unit', path.at(-1) as string), path.join('.')).toBeTypeOf('string');
      if (kind === 'choices' || kind === 'choice')
        for (const choice of choices) expect(textAt(texts, 'choice', choice)).toBeTypeOf('string');
    }
    for (const check of CHECK_IDS) {
      expect(textAt(texts, 'meaning', check), check).toBeTypeOf('string');
      expect(textAt(checks, 'check', check), check).toBeTypeOf('string');
    }
  });
});

describe('differences', () => {
  test('none between a profile and itself, whatever the order of its keys', () => {
    const reversed = JSON.parse(JSON.stringify(gansu), (_, value: unknown) =>
      typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).reverse()) : value,
    ) as ProfileContent;
    expect(differences(gansu, reversed)).toEqual([]);
  });
  test('exactly the fields that were changed', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.constantFrom(...leaves.filter(({ path }) => path[0] !== 'cell')), { maxLength: 5 }), (chosen) => {
        const changed = chosen.reduce(
          (content, field) => withValue(content, field.path, otherThan(field, valueAt(gansu, field.path))),
          gansu,
        );
        const paths = differences(gansu, changed).map(({ field }) => field.path.join('.'));
        const expected = chosen.map(({ kind, path }) => (kind === 'weights' ? 'severity.size' : path.join('.')));
        expect(paths.sort()).toEqual(expected.sort());
      }),
    );
  });
  test('a severity that is only written out is none', () => {
    expect(differences({ ...gansu, severity: {} }, { ...gansu, severity: { size: 'warning' } })).toEqual([]);
  });
});

test('a group that is begun can be filled in: the schema refuses nothing but what is left empty', () => {
  for (const field of fields.filter(({ kind, nullable }) => kind === 'group' && nullable)) {
    const begun = withValue(gansu, field.path, emptyValue({ ...field, nullable: false }));
    for (const { reason } of profileRefusals(begun)) expect(['missing', 'not-a-number']).toContain(reason);
  }
});

test('what the schema refuses is said at the place where it is entered', () => {
  const wrong = withValue(withValue(qianjiang, ['cell', 'persons'], { about: 0, tolerance: 1 }), ['cell', 'households', 'minimum'], 0.5);
  expect(profileRefusals(wrong)).toEqual([
    { path: ['cell', 'households', 'minimum'], reason: 'not-whole', values: {} },
    { path: ['cell', 'persons', 'about'], reason: 'more-than', values: { limit: 0 } },
    { path: ['cell', 'persons', 'tolerance'], reason: 'less-than', values: { limit: 1 } },
  ]);
  expect(profileRefusals(null)).toMatchObject([{ path: [] }]);
  for (const content of shippedProfiles) expect(profileSchema.parse(content)).toBeDefined();
});

function otherThan(field: ProfileField, value: unknown): unknown {
  switch (field.kind) {
    case 'measure':
      return { minimum: 1, maximum: 2 };
    case 'number':
    case 'share':
      return ((value as number | null) ?? 0) + 0.01;
    case 'flag':
      return value !== true;
    case 'weights':
      return { ...(value as object), size: 'error' };
    case 'text':
      return { zh: '另', en: 'other' };
    default:
      return [];
  }
}
