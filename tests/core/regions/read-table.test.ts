// Rows of a table of region codes: what is taken, mended and refused, and which regions come of them.
import { describe, expect, test } from 'vitest';
import { Findings } from '../../../core/import/findings.ts';
import { readTable } from '../../../core/regions/read-table.ts';
import { isTownLike, isVirtualCommunity } from '../../../core/regions/table.ts';
import { gaotaiRows, rowsOf, type TableRow, tableOf } from './county-tables.ts';

function judge(rows: readonly TableRow[]) {
  const findings = new Findings();
  const table = readTable([rowsOf(rows)], findings);
  return {
    table,
    findings: findings.list.map(({ feature, verdict, message }) => [feature, verdict, message]),
    counts: findings.counts().regions,
  };
}
const namesOf = (rows: readonly TableRow[]) => Object.fromEntries(tableOf(rows).map(({ code, name }) => [code, name]));

test('a county of the national table: its communities, its towns by the column beside them, and what is above without a name', () => {
  const { table, counts, findings } = judge(gaotaiRows());
  expect(counts).toEqual({ taken: 145, mended: 1, refused: 0 });
  expect(findings).toEqual([
    [1, 'mended', 'region-above-unnamed'],
    [1, 'mended', 'region-above-unnamed'],
    [1, 'mended', 'region-above-unnamed'],
  ]);
  expect(table.slice(0, 4)).toEqual([
    { code: '62', name: '' },
    { code: '6207', name: '' },
    { code: '620724', name: '' },
    { code: '620724100', name: '城关镇' },
  ]);
  expect(table.filter(({ code }) => code.length === 12)).toHaveLength(146);
});

test('codes of every level, with zeros behind or without', () => {
  const padded = ['620000000000', '620700000000', '620724000000', '620724100000', '620724100001'];
  const rows = padded.map((code) => ({ code, name: `名${code}` }));
  expect(tableOf(rows).map(({ code }) => code)).toEqual(['62', '6207', '620724', '620724100', '620724100001']);
  expect(tableOf([{ code: '620700', name: '张掖市' }])).toContainEqual({ code: '6207', name: '张掖市' });
  expect(tableOf([{ code: 62, name: '甘肃省' }])).toEqual([{ code: '62', name: '甘肃省' }]);
});

test.each([
  ['441900003001', '4419', '441900'],
  ['442000001001', '4420', '442000'],
  ['460400100001', '4604', '460400'],
  ['620201001001', '6202', '620201'],
])('a city without counties lends its name to the one in the code %s', (code, city, county) => {
  expect(namesOf([{ code, name: '社区', city: '市', town: '镇' }])).toMatchObject({ [city]: '市', [county]: '市' });
});

test('areas like towns and made-up communities are taken and known', () => {
  const rows = [{ code: '110115403498', name: '北京经济技术开发区虚拟社区', parentName: '北京经济技术开发区' }];
  const table = tableOf(rows);
  const marks = table.map(({ code, name }) => [code, isTownLike(code), isVirtualCommunity(name)]);
  expect(marks.slice(-2)).toEqual([
    ['110115403', true, false],
    ['110115403498', true, true],
  ]);
  expect(isTownLike('620724100')).toBe(false);
});

describe('refused and mended', () => {
  test.each<[string, TableRow, string]>([
    ['no code', { name: '甲' }, 'region-code-missing'],
    ['letters', { code: '62072410000a', name: '甲' }, 'region-code-invalid'],
    ['eleven digits', { code: '62072410000', name: '甲' }, 'region-code-invalid'],
    ['a leading zero', { code: '020724100001', name: '甲' }, 'region-code-invalid'],
    ['no name', { code: '620724100001', name: ' ' }, 'name-missing'],
    ['another parent', { code: '620724100001', name: '甲', parent: '620724101' }, 'region-parent-contradicts'],
  ])('%s', (_, row, message) => {
    expect(judge([row]).findings).toEqual([[1, 'refused', message]]);
    expect(judge([row]).table.filter(({ name }) => name !== '')).toEqual([]);
  });

  test('the same row twice counts once, another name under the same code not at all', () => {
    const row = { code: '620724', name: '高台县', city: '张掖市', province: '甘肃省' };
    expect(judge([row, row, { ...row, name: '高台' }])).toMatchObject({
      findings: [
        [2, 'mended', 'region-double'],
        [3, 'refused', 'code-duplicate'],
      ],
      table: [{ name: '甘肃省' }, { name: '张掖市' }, { name: '高台县' }],
    });
  });

  test('a region above keeps the first name given for it', () => {
    const rows = ['001', '002'].map((number, i) => ({ code: `620724100${number}`, name: `村${i}`, parentName: ['城关镇', '城关'][i] }));
    expect(judge(rows).findings).toContainEqual([2, 'mended', 'parent-name-differs']);
    expect(namesOf(rows)).toMatchObject({ '620724100': '城关镇' });
  });

  test('what is no row at all is refused, not thrown', () => {
    const findings = new Findings();
    expect(readTable([{ source: 'x', features: [null, 1, { properties: null }], synthetic: false }], findings)).toEqual([]);
    expect(findings.counts().regions.refused).toBe(3);
  });
});

test('a rare character of a name survives', () => {
  expect(namesOf([{ code: '620724100201', name: '莫𡐓村' }])).toMatchObject({ '620724100201': '莫𡐓村' });
});
