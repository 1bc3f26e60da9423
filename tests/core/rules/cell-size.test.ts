// Cells outside their measure are notes of the check of size, in both languages; a plan without cells hears nothing of them.
import { expect, test } from 'vitest';
import type { CheckContext, Issue } from '../../../core/rules/rule.ts';
import en from '../../../web/i18n/en/checks.json' with { type: 'json' };
import zh from '../../../web/i18n/zh/checks.json' with { type: 'json' };
import { issuesOf } from './ask.ts';
import { town } from './town.ts';

/** Six blocks of 60 to 360 households in one grid, each in the cell given; 0: in none. */
function withCells(cells: readonly number[], profile = 'qianjiang-2022'): CheckContext {
  const context = town(['111', '111'], { profile, households: (block) => block * 60 });
  return { ...context, state: { ...context.state, cellOf: new Map(cells.flatMap((cell, i) => (cell > 0 ? [[i + 1, cell]] : []))) } };
}

function said({ message, values }: Issue, texts: { message: Record<string, string> }): string {
  return (texts.message[message] ?? '').replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name]));
}

test('too many and too few households are noted with the number of the cell and its limit', () => {
  // 60 | 120 | 180 | 240 + 300 | 360
  const issues = issuesOf(withCells([1, 2, 3, 4, 4, 12]), 'size');
  expect(issues.map(({ message, measured, limit }) => [message, measured, limit])).toEqual([
    ['size-cell-below-households', 60, 100],
    ['size-cell-above-households', 540, 200],
    ['size-cell-above-households', 360, 200],
  ]);
  expect(issues.every(({ severity, grid, place }) => severity === 'note' && grid === 1 && place !== null)).toBe(true);
  expect(said(issues[2] as Issue, zh)).toBe('新建东村第一网格 12 单元格 360 户,高于 200 户');
  expect(said(issues[2] as Issue, en)).toBe('新建东村第一网格, cell 12: 360 households, more than 200');
});

test('households in none of the cells of a divided grid are noted', () => {
  const [issue, ...others] = issuesOf(withCells([0, 2, 3, 0, 0, 0]), 'size');
  expect(others).toEqual([]);
  expect(said(issue as Issue, zh)).toBe(`新建东村第一网格 已划分单元格,还有 ${60 + 240 + 300 + 360} 户不在任何单元格内`);
});

test('a plan without cells, and rules that know none, say nothing', () => {
  expect(issuesOf(withCells([0, 0, 0, 0, 0, 0]), 'size')).toEqual([]);
  const gansu = issuesOf(withCells([1, 2, 3, 4, 4, 5], 'gansu-2023'), 'size');
  expect(gansu.map(({ message }) => message)).toEqual(['size-above-households']);
});
