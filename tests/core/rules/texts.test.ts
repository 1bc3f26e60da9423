// Whatever the checks find on random communities: it can be said in both languages, and every mend on offer can be done.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type PlannedOperation, planChange } from '../../../core/plan/apply.ts';
import { operationSchema } from '../../../core/plan/operation.ts';
import { runChecks } from '../../../core/rules/checks.ts';
import type { CheckContext } from '../../../core/rules/rule.ts';
import en from '../../../web/i18n/en/checks.json' with { type: 'json' };
import zh from '../../../web/i18n/zh/checks.json' with { type: 'json' };
import { footprintAt, town } from './town.ts';

const WIDTH = 5;
const row = fc.string({ unit: fc.constantFrom('1', '2', '3', '4', '.', ' '), minLength: WIDTH, maxLength: WIDTH });
const grid = fc.record({
  name: fc.constantFrom('', '新建东村第一网格', '网格620724', '北门网格'),
  kind: fc.constantFrom('urban', 'rural', 'dedicated'),
  reason: fc.constantFrom('', '经讨论同意'),
  locked: fc.boolean(),
});
const context: fc.Arbitrary<CheckContext> = fc
  .record({
    rows: fc.array(row, { minLength: 2, maxLength: 5 }).filter((rows) => rows.some((text) => text.trim() !== '')),
    grids: fc.tuple(grid, grid, grid, grid),
    households: fc.array(fc.nat(700), { minLength: 25, maxLength: 25 }),
    house: fc.record({ block: fc.integer({ min: 1, max: 5 }), households: fc.nat(900), column: fc.nat(10), row: fc.nat(10) }),
    missing: fc.integer({ min: -1, max: 1 }),
  })
  .map(({ rows, grids, households, house, missing }) => {
    const made = town(rows, {
      households: (block) => households[block - 1] ?? 0,
      grids: { 1: grids[0], 2: grids[1], 3: grids[2], 4: grids[3] },
      buildings: [{ block: house.block, households: house.households, footprint: footprintAt(house.column / 2, house.row / 2) }],
    });
    return { ...made, register: { ...made.register, households: made.register.households + missing } };
  });

const names = (text: string): string[] => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1] as string);

test('every issue and every mend has a sentence in both languages, and the values it names', () => {
  const said = (texts: Record<string, string>, key: string, values: object) => {
    expect(texts).toHaveProperty([key]);
    for (const name of names(texts[key] as string)) expect(values).toHaveProperty(name);
  };
  fc.assert(
    fc.property(context, (given) => {
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
    fc.property(context, (given) => {
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
