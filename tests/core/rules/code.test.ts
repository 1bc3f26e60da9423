// code: missing once the plan has begun to be coded, and codes that do not speak of the community any more.
import { describe, expect, test } from 'vitest';
import type { CheckContext, IssuedCode } from '../../../core/rules/rule.ts';
import { issuesOf, only } from './ask.ts';
import { town } from './town.ts';

const provisional = (code: string): IssuedCode => ({ code, state: 'provisional' });
const coded = (codes: [number, IssuedCode][], rows = ['1122', '1122']): CheckContext => ({
  ...town(rows),
  planCoded: true,
  codes: new Map(codes),
});
const FIRST: [number, IssuedCode] = [1, provisional('620724100001001')];
const SECOND: [number, IssuedCode] = [2, provisional('620724100001002')];

describe('code', () => {
  test('nothing is said before the plan has any code', () => {
    expect(issuesOf(town(['1122', '1122']), 'code')).toEqual([]);
    expect(issuesOf(coded([FIRST, SECOND]), 'code')).toEqual([]);
  });

  test('a grid without a code is a note that issuing mends', () => {
    expect(only(coded([FIRST]), 'code')).toMatchObject({ message: 'code-missing', severity: 'note', grid: 2, issueCodes: true });
  });

  test('several are one issue of the community that leads from grid to grid', () => {
    const issue = only(coded([]), 'code');
    expect(issue).toMatchObject({ message: 'code-missing-several', grid: null, measured: 2, values: { grids: 2 }, issueCodes: true });
    expect(issue.places).toHaveLength(2);
  });

  test('a code of another community is stale', () => {
    const issue = only(coded([FIRST, [2, provisional('620724100003002')]]), 'code');
    expect(issue).toMatchObject({ message: 'code-stale', severity: 'warning', grid: 2, values: { code: '620724100003002' } });
    expect(issue.issueCodes).toBeUndefined();
  });

  test.each(['620724100001', '62072410000100A', '62072410000100201'])('%s is no code of a grid by the scheme', (code) => {
    expect(only(coded([FIRST, [2, provisional(code)]]), 'code')).toMatchObject({ message: 'code-malformed', grid: 2 });
  });

  test('in a community that has ended every code is stale, and none can be given', () => {
    const ended = { ...coded([FIRST, SECOND]), communityEnded: true };
    expect(only(ended, 'code')).toMatchObject({ message: 'code-region-ended-several', severity: 'warning', measured: 2 });
    const uncoded = only({ ...coded([FIRST], ['1111', '1111']), communityEnded: true }, 'code');
    expect(uncoded).toMatchObject({ message: 'code-region-ended', grid: 1 });
    expect(uncoded.issueCodes).toBeUndefined();
  });

  test('a retired code does not serve', () => {
    expect(only(coded([FIRST, [2, { ...SECOND[1], state: 'retired' }]]), 'code')).toMatchObject({ message: 'code-retired', grid: 2 });
  });
});
