// Headers as offices write them find our fields; what a layer holds is told from its name, shape and columns.
import { describe, expect, it, test } from 'vitest';
import type { ImportKind, SourceField, SourceLayer } from '../../../core/api/import-messages.ts';
import { guessFields } from '../../../core/import/fields/guess-fields.ts';
import { guessKind } from '../../../core/import/fields/guess-kind.ts';
import { missingFields } from '../../../core/import/fields/missing-fields.ts';
import { ourFields } from '../../../core/import/fields/our-fields.ts';
import { personalColumn } from '../../../core/import/fields/personal.ts';

/** Header → samples; columns about persons are recognised as they are in an import. */
function fieldsOf(columns: Readonly<Record<string, readonly string[]>>): SourceField[] {
  return Object.entries(columns).map(([name, samples]) => {
    const personal = personalColumn(name, samples);
    return { name, type: 'text', personal, samples: personal === null ? [...samples] : [] };
  });
}
const CODES = ['620724100001', '620724100003', '620724100005'];
const NAMES = ['新建东村居民委员会', '人民东路居民委员会', '医院西路居民委员会'];

test.each<[string, ImportKind, Record<string, readonly string[]>, Record<string, string>]>([
  [
    'communities of a survey institute, initials',
    'communities',
    {
      BSM: ['1', '2', '3'],
      YSDM: ['2001010100', '2001010100', '2001010100'],
      XZQDM: CODES,
      XZQMC: NAMES,
      DCMJ: ['1.5', '2', '3'],
      HS: ['410', '388', '295'],
      RS: ['1100', '980', '760'],
    },
    { code: 'XZQDM', name: 'XZQMC', households: 'HS', population: 'RS' },
  ],
  [
    'communities in Chinese',
    'communities',
    {
      社区代码: CODES,
      社区名称: NAMES,
      所属街道: ['城关镇', '城关镇', '城关镇'],
      所属县: ['高台县', '高台县', '高台县'],
      '户数(户)': ['1', '2', '3'],
    },
    { code: '社区代码', name: '社区名称', town: '所属街道', households: '户数(户)' },
  ],
  [
    'communities of a table of codes',
    'communities',
    { code12: CODES, name: NAMES, street9: ['620724100', '620724100', '620724100'], street_name: ['城关镇', '城关镇', '城关镇'] },
    { code: 'code12', name: 'name', town: 'street_name' },
  ],
  ['a code by its values alone', 'communities', { F1: CODES, F2: NAMES }, { code: 'F1', name: 'F2' }],
  [
    'codes of the land survey',
    'communities',
    { ZLDWDM: CODES.map((code) => `${code}0000000`), ZLDWMC: NAMES },
    { code: 'ZLDWDM', name: 'ZLDWMC' },
  ],
  [
    'buildings, initials',
    'buildings',
    {
      LDBH: ['A1', 'A2'],
      LDMC: ['1号楼', '2号楼'],
      DZ: ['西大街 1 号', '西大街 2 号'],
      YT: ['住宅', '商业'],
      HS: ['24', '0'],
      RS: ['60', '0'],
    },
    { id: 'LDBH', name: 'LDMC', address: 'DZ', use: 'YT', households: 'HS', population: 'RS' },
  ],
  [
    'buildings in Chinese with coordinates',
    'buildings',
    {
      楼栋编号: ['1'],
      楼栋名称: ['1号楼'],
      房屋用途: ['住宅'],
      居民户数: ['24'],
      总人口: ['60'],
      经度: ['99.82'],
      纬度: ['39.38'],
      建筑面积: ['1200'],
    },
    { id: '楼栋编号', name: '楼栋名称', use: '房屋用途', households: '居民户数', population: '总人口', lon: '经度', lat: '纬度' },
  ],
  [
    'buildings in English',
    'buildings',
    { building_id: ['7'], building_name: ['A'], Households: ['3'], Population: ['8'], Longitude: ['99.8'], Latitude: ['39.4'] },
    { id: 'building_id', name: 'building_name', households: 'Households', population: 'Population', lon: 'Longitude', lat: 'Latitude' },
  ],
  [
    'headers cut by a DBF',
    'buildings',
    { 楼栋编: ['1', '2'], households: ['1', '2'], residents_: ['x', 'y'] },
    { id: '楼栋编', households: 'households' },
  ],
  [
    'full pinyin',
    'buildings',
    { loudongbianhao: ['1'], hushu: ['2'], renkou: ['3'], dizhi: ['西大街'] },
    { id: 'loudongbianhao', households: 'hushu', population: 'renkou', address: 'dizhi' },
  ],
  ['headers of a join', 'communities', { SQDM_1: CODES, NAME_1: NAMES }, { code: 'SQDM_1', name: 'NAME_1' }],
  [
    'our own names',
    'buildings',
    { id: ['1'], name: ['a'], households: ['2'], population: ['3'], use: ['住宅'], group: ['一组'] },
    { id: 'id', name: 'name', households: 'households', population: 'population', use: 'use', group: 'group' },
  ],
  [
    'a household list',
    'households',
    { 楼栋编号: ['A1', 'A2'], 社区名称: NAMES, 户数: ['3', '4'], 人数: ['9', '11'] },
    { building: '楼栋编号', community: '社区名称', households: '户数', population: '人数' },
  ],
  [
    'a household list with heads of households',
    'households',
    { 户主姓名: ['王小明', '李红', '张卫国'], 身份证号: [], 门牌号: ['西大街 1 号', '西大街 2 号', '西大街 3 号'] },
    { address: '门牌号' },
  ],
  ['roads', 'barriers', { osm_id: ['1'], fclass: ['primary'], name: ['西大街'] }, { class: 'fclass', name: 'name' }],
  ['roads of an office', 'barriers', { 道路名称: ['西大街'], 道路等级: ['主干路'] }, { class: '道路等级', name: '道路名称' }],
  [
    'institutions',
    'institutions',
    { DWMC: ['县医院'], DWLX: ['医院'], 职工人数: ['300'] },
    { name: 'DWMC', use: 'DWLX', staff: '职工人数' },
  ],
  [
    'old grids',
    'department-grids',
    { 网格编号: ['1', '2'], 网格名称: ['第一网格', '第二网格'], 主管部门: ['民政局', '民政局'] },
    { code: '网格编号', name: '网格名称', department: '主管部门' },
  ],
  [
    'staff',
    'staff',
    {
      网格编号: ['01'],
      网格名称: ['第一网格'],
      网格员姓名: ['王小明'],
      联系电话: ['13800138000'],
      职务: ['专职网格员'],
      身份证号码: ['11010519491231002X'],
    },
    { grid: '网格编号', gridName: '网格名称', name: '网格员姓名', phone: '联系电话', post: '职务' },
  ],
  [
    'region codes',
    'regions',
    { 区划代码: ['62', '6207', '620724'], 区划名称: ['甘肃省', '张掖市', '高台县'] },
    { code: '区划代码', name: '区划名称' },
  ],
])('%s', (_what, kind, columns, expected) => {
  expect(guessFields(kind, fieldsOf(columns))).toMatchObject(expected);
});

describe('what must not be taken', () => {
  it('codes of counties are not those of communities', () => {
    expect(guessFields('communities', fieldsOf({ 行政区代码: ['620724', '620724'], 名称: ['a', 'b'] })).code).toBeUndefined();
  });

  it('texts are no counts', () => {
    expect(guessFields('buildings', fieldsOf({ 户数: ['多', '少'] })).households).toBeUndefined();
  });

  it('columns about persons are offered for nothing, except names and phones of staff', () => {
    const fields = fieldsOf({ 姓名: ['王小明'], 手机: ['13800138000'], 身份证号: ['11010519491231002X'], 出生日期: ['1949-12-31'] });
    for (const kind of Object.keys(ourFields) as ImportKind[]) {
      const expected = kind === 'staff' ? { name: '姓名', phone: '手机' } : {};
      expect(guessFields(kind, fields), kind).toEqual(expected);
    }
  });

  it('no field of a file is used twice', () => {
    for (const kind of Object.keys(ourFields) as ImportKind[]) {
      const guess = guessFields(kind, fieldsOf({ 名称: ['甲', '乙'], 代码: CODES, 编号: ['1', '2'] }));
      expect(new Set(Object.values(guess)).size, kind).toBe(Object.keys(guess).length);
    }
  });
});

describe('what a layer holds', () => {
  const layer = (name: string, geometry: SourceLayer['geometry'], columns: Record<string, readonly string[]>) => ({
    name,
    geometry,
    fields: fieldsOf(columns),
  });

  it.each<[string, ReturnType<typeof layer>, string, ImportKind | null]>([
    ['by the name of the layer', layer('楼栋', 'polygon', {}), '', 'buildings'],
    ['by the name of the file', layer('Sheet1', 'line', {}), '县城道路.zip', 'barriers'],
    ['lines', layer('x', 'line', {}), '', 'barriers'],
    ['areas with a code each', layer('x', 'polygon', { XZQDM: CODES, XZQMC: NAMES }), '', 'communities'],
    [
      'areas with the code of their community',
      layer('x', 'polygon', { SQDM: [CODES[0] as string, CODES[0] as string], LDBH: ['1', '2'], HS: ['3', '4'] }),
      '',
      'buildings',
    ],
    ['areas called grids', layer('民政网格', 'polygon', { 编号: ['1'], 名称: ['a'] }), '', 'department-grids'],
    ['areas with columns of grids', layer('x', 'polygon', { WGBH: ['1'], WGMC: ['a'] }), '', 'department-grids'],
    ['points with households', layer('x', 'point', { hushu: ['1'] }), '', 'buildings'],
    [
      'a list of staff',
      layer('Sheet1', 'none', { 姓名: ['王小明'], 电话: ['13800138000'], 所属网格: ['第一网格'] }),
      '网格员名册.xlsx',
      'staff',
    ],
    ['a list of staff by its columns', layer('Sheet1', 'none', { 姓名: ['王小明'], 所属网格: ['第一网格'] }), '', 'staff'],
    ['a table with coordinates', layer('Sheet1', 'none', { 楼栋: ['1'], 户数: ['3'], 经度: ['99.8'], 纬度: ['39.4'] }), '', 'buildings'],
    ['a table with households', layer('Sheet1', 'none', { 楼栋编号: ['1'], 户数: ['3'] }), '', 'households'],
    ['a table of homes', layer('Sheet1', 'none', { 地址: ['东街1号1栋'], 户主: ['王小明'] }), '', 'households'],
    ['a table of codes', layer('gaotai', 'none', { code12: CODES, name: NAMES }), 'gaotai_620724.csv', 'regions'],
    ['areas with nothing', layer('x', 'polygon', { a: ['1'] }), '', null],
    ['a table with nothing', layer('Sheet1', 'none', { a: ['1'] }), '', null],
  ])('%s', (_what, given, fileName, kind) => {
    expect(guessKind(given, fileName)).toBe(kind);
  });
});

describe('what is missing', () => {
  it.each<[ImportKind, SourceLayer['geometry'], Record<string, string>, Record<string, string>, string[]]>([
    ['communities', 'polygon', {}, {}, ['code', 'name']],
    ['communities', 'polygon', { code: 'a', name: 'b' }, {}, []],
    ['buildings', 'polygon', {}, {}, []],
    ['buildings', 'none', { households: 'a' }, {}, ['lon', 'lat']],
    ['barriers', 'line', {}, {}, ['class']],
    ['barriers', 'line', {}, { class: 'river' }, []],
    ['households', 'none', { households: 'a' }, {}, ['building']],
    ['households', 'none', { households: 'a', address: 'b' }, {}, []],
    ['staff', 'none', { name: 'a' }, {}, ['grid']],
    ['staff', 'none', { name: 'a', gridName: 'b' }, {}, []],
  ])('%s (%s) with %o %o: %o', (kind, geometry, fields, settings, missing) => {
    expect(missingFields(kind, geometry, { fields, settings })).toEqual(missing);
  });
});
