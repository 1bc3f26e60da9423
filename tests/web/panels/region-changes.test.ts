// The changes of a table of region codes as a person goes through them: what is shown, what is still open, what one click confirms.
import { expect, test } from 'vitest';
import type { RegionChange } from '../../../core/api/import-messages.ts';
import { filterChanges, type KindFilter, sameNameDecisions } from '../../../web/panels/region-changes-filter.ts';

const change = (kind: RegionChange['kind'], old: string, now: string, more: Partial<RegionChange> = {}): RegionChange => ({
  kind,
  old: old === '' ? null : { code: `62${old}`, name: old },
  new: now === '' ? null : { code: `63${now}`, name: now },
  ...{ confirmed: false, candidates: [], plans: 0, grids: 0, officialCodes: 0 },
  ...more,
});
const CHANGES = [
  change('added', '', '新村'),
  change('removed', '东村', '', { grids: 3 }),
  change('recoded', '西村', '西村', { plans: 1 }),
  change('recoded', '南村', '南社区'),
  change('renamed', '北村', '北社区'),
];
const shown = (kind: KindFilter, successors = {}, sought = '', onlyUsed = false) =>
  filterChanges(CHANGES, successors, { kind, sought, onlyUsed }).map(({ old, new: now }) => old?.name ?? now?.name);

test('by kind, by what is open, by name or code, by what plans and codes speak of', () => {
  expect(shown('all')).toHaveLength(CHANGES.length);
  expect(shown('recoded')).toEqual(['西村', '南村']);
  expect(shown('open')).toEqual(['东村', '西村', '南村']);
  expect(shown('open', { '62东村': null, '62西村': '63西村' })).toEqual(['南村']);
  expect(shown('all', {}, ' 社区 ')).toEqual(['南村', '北村']);
  expect(shown('all', {}, '63新')).toEqual(['新村']);
  expect(shown('all', {}, '', true)).toEqual(['东村', '西村']);
});

test('one click confirms the very same names, and nothing that was decided already', () => {
  expect(sameNameDecisions(CHANGES, {})).toEqual({ '62西村': '63西村' });
  expect(sameNameDecisions(CHANGES, { '62西村': null })).toEqual({});
});
