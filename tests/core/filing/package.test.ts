// A package: sound when it is built from sound plans, the same bytes every time, readable by others, without personal data.
import { unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { buildPackage } from '../../../core/filing/package.ts';
import { verifyPackage } from '../../../core/filing/verify.ts';
import { filedCounty, NAME_OF_A_PERSON, PHONE } from './filed-county.ts';
import { jsonOf, opened, textOf } from './opened.ts';

const contents = filedCounty();
const bytes = await buildPackage(contents);
const files = opened(bytes);

test('is sound, and says what it holds', async () => {
  const { manifest, findings, contents: read } = await verifyPackage(bytes);
  expect(findings).toEqual([]);
  expect(manifest?.plans.map(({ region, counts }) => [region, counts.grids])).toEqual([
    ['990101001', 5],
    ['990101400', 3],
  ]);
  expect(manifest?.counts).toMatchObject({ communities: 4, grids: 8, buildings: 1118 });
  expect(read?.['layout.geojson'].features).toHaveLength(8);
});

test('has the same bytes whenever and wherever it is built', async () => {
  const zone = process.env.TZ;
  process.env.TZ = 'Pacific/Kiritimati';
  try {
    expect(Buffer.compare(await buildPackage(filedCounty()), bytes)).toBe(0);
  } finally {
    process.env.TZ = zone;
  }
});

test('opens with any program that reads zips', () => {
  const foreign = unzipSync(bytes);
  expect(Object.keys(foreign)).toEqual([...files.keys()]);
  for (const [name, content] of files) expect(Buffer.compare(foreign[name] as Uint8Array, content)).toBe(0);
});

test('carries no name of a resident and no whole phone', () => {
  const inner = ['layout-shp.zip', 'register.xlsx'].flatMap((name) => Object.entries(unzipSync(files.get(name) as Uint8Array)));
  for (const [name, content] of [...files, ...inner]) {
    const text = Buffer.from(content).toString('utf8');
    expect([name, text.includes(NAME_OF_A_PERSON), text.includes(PHONE)]).toEqual([name, false, false]);
  }
});

test('the register shows codes as text and masked phones', () => {
  const workbook = unzipSync(files.get('register.xlsx') as Uint8Array);
  const strings = new TextDecoder().decode(workbook['xl/sharedStrings.xml']);
  for (const { properties } of contents.plans.flatMap(({ grids }) => grids)) expect(strings).toContain(`<t>${properties.code}</t>`);
  expect(strings).toContain('专职网格员 李网格 138****5678');
  const sheet = new TextDecoder().decode(workbook['xl/worksheets/sheet1.xml']);
  expect(sheet).not.toContain('<f>');
});

test('the table of changes has a mark of its encoding, whole codes and no formulas', async () => {
  const [first, ...others] = contents.plans;
  const [grid] = first?.grids ?? [];
  if (!first || !grid?.properties.code) throw new Error('there is no grid');
  const { code, community } = grid.properties;
  const changes = [
    { community, from: `${code.slice(0, -1)}9`, fromName: '=HYPERLINK("x")', to: code, kind: 'split' as const, reason: '户数, "过多"' },
  ];
  const changed = opened(await buildPackage({ ...contents, plans: [{ ...first, changes }, ...others] }));
  const csv = textOf(changed, 'changes.csv');
  expect([...(changed.get('changes.csv') as Uint8Array).subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  expect(csv).toContain(`"'=HYPERLINK(""x"")"`);
  expect(csv).toContain(`${code}\u00A0`);
  expect(csv).toContain('"户数, ""过多"""');
  expect(jsonOf<{ changes: unknown[] }>(changed, 'changes.json').changes).toEqual([{ plan: 1, ...changes[0] }]);
});

test('the report stands alone: one sheet per town, every grid on it, and the note under it', () => {
  const report = textOf(files, 'report.html');
  expect(report.match(/<svg /g)).toHaveLength(2);
  expect(report).not.toMatch(/<script|<link|<img|@import|https?:|url\(/);
  expect(report.match(/网格界线仅用于服务管理,不作为行政区域界线或权属依据/g)?.length).toBeGreaterThanOrEqual(3);
  for (const { properties } of contents.plans.flatMap(({ grids }) => grids)) expect(report).toContain(properties.code);
  for (const word of ['内部用图', '示例市委政法委', '2026-03-01', '平安办', '2026-02-27 16:00', '138****5678'])
    expect(report).toContain(word);
});

test('what people wrote stays text in the report', async () => {
  const report = textOf(opened(await buildPackage({ ...contents, sheetMark: '<script>alert(1)</script>' })), 'report.html');
  expect(report).toContain('&lt;script&gt;');
  expect(report).not.toContain('<script');
});
