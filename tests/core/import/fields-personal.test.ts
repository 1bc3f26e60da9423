// Columns about persons are recognised by header and by content; names of places, buildings and grids are not persons.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { personalColumn } from '../../../core/import/fields/personal.ts';

test.each([
  ['姓名', 'person-name'],
  ['户主', 'person-name'],
  ['户主姓名', 'person-name'],
  ['负责人', 'person-name'],
  ['业主名称', 'person-name'],
  ['法定代表人', 'person-name'],
  ['HZXM', 'person-name'],
  ['owner_name', 'person-name'],
  ['身份证号', 'id-number'],
  ['公民身份号码', 'id-number'],
  ['证件号码', 'id-number'],
  ['SFZH', 'id-number'],
  ['ID Card', 'id-number'],
  ['手机', 'phone'],
  ['联系电话(必填)', 'phone'],
  ['户主联系方式', 'phone'],
  ['负责人电话', 'phone'],
  ['LXDH', 'phone'],
  ['Telephone', 'phone'],
  ['出生日期', 'birth'],
  ['年龄', 'birth'],
  ['家庭住址', 'address-of-person'],
  ['户籍地址', 'address-of-person'],
])('header %s: %s', (header, personal) => {
  expect(personalColumn(header, [])).toBe(personal);
});

test.each([
  '户数',
  '总人口',
  '住户数',
  '居民户数',
  '党员人数',
  '业主委员会',
  '楼栋编号',
  '网格员编号',
  '居民小组',
  '居民小组名称',
  '居民楼',
  '联系人单位',
  '社区名称',
  '居民委员会',
  '门牌号',
  'households',
  'name',
  'OBJECTID',
  'tel_count',
])('header %s is about no person', (header) => {
  expect(personalColumn(header, [])).toBeNull();
});

test('a column called after people that counts them is a count', () => {
  expect(personalColumn('常住居民', ['120', '88', '0'])).toBeNull();
  expect(personalColumn('党员', ['12', '8'])).toBeNull();
  expect(personalColumn('党员', ['王小明', '李红'])).toBe('person-name');
  expect(personalColumn('DH', ['3', '12 栋'])).toBeNull();
  expect(personalColumn('DH', ['0936-6612345', ''])).toBe('phone');
});

/** GB 11643: the check character of 17 digits. */
function withCheck(digits: string): string {
  const sum = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2].reduce((total, weight, i) => total + weight * Number(digits[i]), 0);
  return digits + '10X98765432'[sum % 11];
}
const idNumber = fc
  .tuple(
    fc.integer({ min: 110101, max: 659001 }),
    fc.integer({ min: 1930, max: 2020 }),
    fc.integer({ min: 1, max: 12 }),
    fc.integer({ min: 1, max: 28 }),
    fc.integer({ min: 0, max: 999 }),
  )
  .map(([region, year, month, day, number]) =>
    withCheck(`${region}${year}${String(month).padStart(2, '0')}${String(day).padStart(2, '0')}${String(number).padStart(3, '0')}`),
  );
const mobile = fc
  .tuple(fc.integer({ min: 13, max: 19 }), fc.integer({ min: 0, max: 999_999_999 }))
  .map(([first, rest]) => `${first}${String(rest).padStart(9, '0')}`);
const surname = fc.constantFrom(...'王李张刘陈杨黄赵吴周徐孙马朱胡郭何');
const given = fc
  .array(fc.constantFrom(...'伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂兰红国建华志玉春梅雪'), { minLength: 1, maxLength: 2 })
  .map((characters) => characters.join(''));
const personName = fc.tuple(surname, given).map((parts) => parts.join(''));
const header = fc.constantFrom('F1', '备用', 'column3', 'NAME', 'text');

describe('by content, whatever the header', () => {
  it('identity numbers', () => {
    fc.assert(
      fc.property(header, fc.array(idNumber, { minLength: 1, maxLength: 20 }), (name, values) => {
        expect(personalColumn(name, values)).toBe('id-number');
      }),
    );
  });

  it('mobile phones', () => {
    fc.assert(
      fc.property(header, fc.array(mobile, { minLength: 1, maxLength: 20 }), (name, values) => {
        expect(personalColumn(name, values)).toBe('phone');
      }),
    );
  });

  it('names of people', () => {
    const names = fc.uniqueArray(personName, { minLength: 5, maxLength: 30 });
    fc.assert(
      fc.property(
        header.filter((name) => name !== '备用'),
        names,
        (name, values) => {
          expect(personalColumn(name, values)).toBe('person-name');
        },
      ),
    );
    expect(personalColumn('F2', ['买买提·艾力', '古丽娜尔·吐尔逊', '阿不都·热合曼'])).toBe('person-name');
    expect(personalColumn('F2', ['欧阳建国', '司马相如', '诸葛明'])).toBe('person-name');
  });

  it('identity numbers written with blanks', () => {
    expect(personalColumn('F3', ['110105 19491231 002X'])).toBe('id-number');
  });
});

describe('not persons', () => {
  it('names of communities and towns', () => {
    const rows = readFileSync(new URL('../../../fixtures/gaotai/regions.csv', import.meta.url), 'utf8')
      .trim()
      .split('\n')
      .slice(1);
    const columns = rows.map((row) => row.split(','));
    const short = columns.map(([, name = '']) => name.replace(/(村民|居民)?委员会$/, ''));
    for (const values of [columns.map(([, name = '']) => name), columns.map(([, , , town = '']) => town), short]) {
      expect(personalColumn('NAME', values)).toBeNull();
    }
    expect(
      personalColumn(
        'F1',
        columns.map(([code = '']) => code),
      ),
    ).toBeNull();
  });

  it.each([
    ['names of buildings', ['1号楼', '2号楼', '金水苑', '张掖大厦', '高台宾馆']],
    ['names of roads', ['张掖路', '王家巷', '解放街', '马营河']],
    ['names of grids', ['第一网格', '城关网格', '东街网格']],
    ['uses', ['住宅', '商业', '高层', '平房', '高层', '住宅', '高层', '高层']],
    ['villages', ['李庄', '王家屯', '马家湾', '高家沟', '杨家堡']],
    ['numbers of a register', ['15010010001', '15010010002', '15010010003'].map((code) => `${code}0`)],
    ['counts', ['12', '240', '0']],
    ['nothing', ['', ' ']],
  ])('%s', (_what, values) => {
    expect(personalColumn('NAME', values)).toBeNull();
  });

  it('names of people in a column that is called after a place are its name', () => {
    expect(personalColumn('自然村名称', ['王小明', '李红', '张卫国', '刘洋'])).toBeNull();
  });

  it('codes of buildings that pass for identity numbers by chance', () => {
    const codes = Array.from({ length: 200 }, (_, i) => `620724200101${String(10_000 + i).padStart(6, '0')}`);
    expect(personalColumn('楼栋编码', codes)).toBeNull();
  });
});
