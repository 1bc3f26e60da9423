// Recognises columns about persons, by header and by content. They are never stored.
import type { PersonalColumn } from '../../api/import-messages.ts';
import { holdsIdNumber } from '../../staff/id-number.ts';
import { plainHeader } from './header.ts';
import { isPersonName } from './person-name.ts';

/** By header, most telling first: 联系人电话 is a phone, not a name. */
const HEADERS: readonly (readonly [PersonalColumn, RegExp])[] = [
  [
    'id-number',
    /身份证|证件号|公民身份|身份号码|^(hz|ry)?sfz(h|hm)?$|^(hz)?(zjhm|zjh)$|idcard|identity(no|num|card)|^id(no|number)$|citizenid/,
  ],
  ['phone', /手机|电话|联系方式|移动号码|微信|^qq|^(lx|hz)?(dh|dhhm|lxdh|lxfs|sj|sjh|sjhm)$|phone|mobile|^tel(no|num)?$|cellular|wechat/],
  ['birth', /出生|生日|年龄|^(csrq|csny|sr|nl)$|birth|^dob$|^age$/],
  ['address-of-person', /户籍地|籍贯|家庭(住址|地址)|^(hjdz|hjd|jtzz|jtdz)$|homeaddress|nativeplace/],
  [
    'person-name',
    /姓名|户主|房主|屋主|产权人|所有人|承租人|监护人|联系人|负责人|经办人|法人代表|法定代表人|网格员|网格长|楼栋长|楼长|单元长|民警/,
  ],
  ['person-name', /^(业主|租户|租客|住户|居民|常住居民|家庭成员|成员|党员|法人)(名称|名|名单)?$/],
  [
    'person-name',
    /^(xm|hz|hzxm|cyxm|ryxm|fzr|lxr|fddbr|wgy|wgyxm|wgz|ldz)$|xingming|huzhu|householder|headofhousehold|contactperson|surname/,
  ],
  ['person-name', /(owner|resident|person|contact|full|first|last|tenant)name/],
];
/** Such a column tells how many there are, or of what kind: not who. */
const NOT_WHO = new RegExp(
  '(数|数量|总计|合计|编号|编码|代码|类型|类别|角色|职务|性质|状态|面积|率|count|num|number|total|type|role|id)$' +
    '|(小组|委员会|小区|社区|单位|网格)(名称|名)?$',
);
/** Headers of places and things, whatever their values look like. */
const THING =
  /名称|楼|栋|幢|村|社区|小区|路|街|巷|网格|组|单位|机构|企业|学校|部门|地址|坐落|乡|镇|县|市|省|区|河|用途|类|性质|等级|结构|民族|备注/;
const CODE = /编号|编码|代码|序号|号$|code|id$|^(.*)(bh|bm|dm)$/;

/** Shares of the values that are not empty. */
const ID_NUMBERS = 0.2;
/** Codes of 18 digits pass for identity numbers by chance, one in eleven where a date stands in them. */
const ID_NUMBERS_AMONG_CODES = 0.6;
const PHONES = 0.6;
const NAMES = 0.7;
/** Names differ; kinds of something repeat. */
const DIFFERENT_NAMES = 0.6;
const ENOUGH_NAMES = 3;

/** What a column says about persons; null: nothing. `samples`: some values as text; the more, the surer. */
export function personalColumn(name: string, samples: readonly string[]): PersonalColumn | null {
  const header = plainHeader(name);
  const values = samples.map((sample) => sample.normalize('NFKC').trim()).filter((sample) => sample !== '');
  return byHeader(header, values) ?? byContent(header, values);
}

/** A mobile phone somewhere in a text. */
export function holdsMobile(text: string): boolean {
  return /(?<!\d)1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}(?!\d)/.test(text);
}

/** Values can contradict a header: 党员 may count them, DH may be the number of a house. */
function byHeader(header: string, values: readonly string[]): PersonalColumn | null {
  const found = HEADERS.find(([, words]) => words.test(header))?.[0] ?? null;
  const every = (pattern: RegExp): boolean => values.length > 0 && values.every((value) => pattern.test(value));
  if (found === 'phone') return every(NO_PHONE) ? null : found;
  if (found === 'person-name') return every(/^[\d.]+$/) || NOT_WHO.test(header) ? null : found;
  return found;
}

/** Fewer than seven digits in all. */
const NO_PHONE = /^\D*(\d\D*){0,6}$/;

function byContent(header: string, values: readonly string[]): PersonalColumn | null {
  const share = (test: (value: string) => boolean): number => (values.length === 0 ? 0 : values.filter(test).length / values.length);
  const isCode = CODE.test(header);
  if (share(holdsIdNumber) >= (isCode ? ID_NUMBERS_AMONG_CODES : ID_NUMBERS)) return 'id-number';
  if (isCode) return null;
  if (share((value) => /^(\+?86)?1[3-9]\d{9}$/.test(value.replace(/[\s-]/g, ''))) >= PHONES) return 'phone';
  const areNames = values.length >= ENOUGH_NAMES && share(isPersonName) >= NAMES;
  const differ = new Set(values).size >= values.length * DIFFERENT_NAMES;
  return areNames && differ && !THING.test(header) ? 'person-name' : null;
}
