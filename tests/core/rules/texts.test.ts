// Whatever the checks find on random communities: it can be said in both languages, and every mend on offer can be done.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type PlannedOperation, planChange } from '../../../core/plan/apply.ts';
import { operationSchema } from '../../../core/plan/operation.ts';
import { runChecks } from '../../../core/rules/checks.ts';
import en from '../../../web/i18n/en/checks.json' with { type: 'json' };
import zh from '../../../web/i18n/zh/checks.json' with { type: 'json' };
import { randomContext } from './random-town.ts';

const names = (text: string): string[] => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1] as string);

test('every issue and every mend has a sentence in both languages, and the values it names', () => {
  const said = (texts: Record<string, string>, key: string, values: object) => {
    expect(texts).toHaveProperty([key]);
    for (const name of names(texts[key] as string)) expect(values).toHaveProperty(name);
  };
  fc.assert(
    fc.property(randomContext, (given) => {
      for (const issue of runChecks(given)) {
        for (const texts of [zh, en]) {
          said(texts.message, issue.message, issue.values);
          expect(texts.check).toHaveProperty(issue.check);
          for (const fix of issue.fixes) said(texts.fix, fix.label, fix.values);
        }
      }
    }),
    { numRuns: 500 },
  );
});

test('every mend on offer is an operation that the plan accepts', () => {
  fc.assert(
    fc.property(randomContext, (given) => {
      for (const { fixes } of runChecks(given)) {
        for (const { operation } of fixes) {
          expect(operationSchema.safeParse(operation).success).toBe(true);
          expect(planChange(given.state, operation as PlannedOperation, given.profile)).toMatchObject({ ok: true });
        }
      }
    }),
    { numRuns: 500 },
  );
});

test('both languages say the same things', () => {
  const keys = (texts: object) => Object.entries(texts).map(([part, entries]) => [part, Object.keys(entries).sort()]);
  expect(keys(en)).toEqual(keys(zh));
  for (const [key, text] of Object.entries(zh.message)) {
    expect(names(en.message[key as keyof typeof en.message]).sort()).toEqual(names(text).sort());
  }
});
