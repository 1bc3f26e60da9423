// Reading the files of an import: every format gives the same rows, texts survive whatever their encoding, sheets are understood.
import type { Feature, Polygon } from 'geojson';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inspectInThread } from '../../server/sources/inspect-in-thread.ts';
import { inspectSource, readSource } from '../../server/sources/open-source.ts';
import {
  COMMUNITIES,
  collection,
  everyFormat,
  features,
  type SourceFolder,
  shapefileParts,
  sourceFolder,
  withLanguageDriver,
  writtenByGdal,
  zipped,
} from './source-files.ts';

const GBK = 0x4d;
let folder: SourceFolder;

beforeAll(() => {
  folder = sourceFolder();
});
afterAll(() => folder.remove());

const inspect = (name: string, content: string | Uint8Array, encoding: string | null = null) =>
  inspectSource(folder.write(name, content), name, { encoding });
const read = (name: string, content: string | Uint8Array, layer: string | null = null, encoding: string | null = null) =>
  readSource(folder.write(name, content), name, { layer, encoding });

/** Values of a row, whatever the fields are called. */
const valuesOf = ({ properties }: Pick<Feature, 'properties'>): string[] => Object.values(properties ?? {}).map(String);
const cornerOf = ({ geometry }: Pick<Feature, 'geometry'>): number[] => {
  const positions = geometry.type === 'MultiPolygon' ? geometry.coordinates.flat(2) : (geometry as Polygon).coordinates.flat();
  return [Math.min(...positions.map(([x = 0]) => x)), Math.min(...positions.map(([, y = 0]) => y))];
};

describe('formats', () => {
  let files: Record<string, Uint8Array>;
  beforeAll(async () => {
    files = await everyFormat();
  });

  it.each([
    ['communities.geojson', 'geojson', null],
    ['communities.geojson.gz', 'geojson', null],
    ['communities.zip', 'shapefile', null],
    ['communities.gpkg', 'geopackage', 'EPSG:4490'],
    ['communities.kml', 'kml', 'EPSG:4326'],
    ['communities.kmz', 'kml', 'EPSG:4326'],
    ['communities.gdb.zip', 'file-geodatabase', 'EPSG:4490'],
    ['communities.fgb', 'flatgeobuf', 'EPSG:4490'],
    ['communities.xlsx', 'xlsx', null],
    ['communities.csv', 'csv', null],
  ])('%s is known by its content and gives every community', async (name, format, claimedCrs) => {
    // The name of the file as it was sent may be of no help.
    const path = folder.write(name, files[name] as Uint8Array);
    const inspected = await inspectSource(path, name);
    const [layer] = inspected.layers;
    expect(inspected.format).toBe(format);
    expect(layer).toMatchObject({ features: 3, claimedCrs });
    const rows = await readSource(path, name, { layer: layer?.name ?? null, encoding: null });
    expect(rows.findings).toEqual([]);
    const table = format === 'csv' || format === 'xlsx';
    expect(rows.numbers ?? [1, 2, 3]).toEqual(table ? [2, 3, 4] : [1, 2, 3]);
    // FlatGeobuf writes in the order of its index.
    for (const { code, name: community, households, x, y } of COMMUNITIES) {
      const row = rows.features.find((feature) => valuesOf(feature).includes(code));
      expect(row && valuesOf(row)).toEqual(expect.arrayContaining([code, community, String(households)]));
      if (table) expect(row?.geometry).toBeNull();
      else {
        const [west = 0, south = 0] = cornerOf(row as Feature);
        expect(west).toBeCloseTo(x, 9);
        expect(south).toBeCloseTo(y, 9);
      }
    }
  });

  it('knows a format although the name says another', async () => {
    expect((await inspect('wrong.csv', files['communities.gpkg'] as Uint8Array)).format).toBe('geopackage');
    expect((await inspect('no-ending', files['communities.zip'] as Uint8Array)).format).toBe('shapefile');
  });

  it.each([
    ['communities.geojson', 'geojson'],
    ['communities.gpkg', 'geopackage'],
    ['communities.kml', 'kml'],
    ['communities.fgb', 'flatgeobuf'],
    ['communities.xlsx', 'xlsx'],
    ['communities.csv', 'csv'],
  ])('%s alone in a zip is read like the file itself', async (name, format) => {
    const bytes = files[name] as Uint8Array;
    const aside = { 'Thumbs.db': bytes, '说明.txt': bytes, '.DS_Store': bytes, '__MACOSX/._a': bytes, [`a/~$${name}`]: bytes };
    const zip = zipped({ ...aside, [`a/${name}`]: bytes });
    expect(await inspect('sent.zip', zip)).toEqual({ ...(await inspect(name, bytes)), format });
    expect(await read('sent.zip', zip)).toEqual(await read(name, bytes));
  });

  it('names the only file of a zip of Windows as its packer did', async () => {
    const table = files['communities.csv'] as Uint8Array;
    const zip = Buffer.from(
      Buffer.from(zipped({ 'ABCD.csv': table }))
        .toString('latin1')
        .replaceAll('ABCD', '\xC9\xE7\xC7\xF8'),
      'latin1',
    );
    expect((await inspect('sent.zip', zip)).layers.map(({ name }) => name)).toEqual(['社区']);
  });

  it('asks which of several files in a zip is meant', async () => {
    const table = files['communities.csv'] as Uint8Array;
    await expect(inspect('two.zip', zipped({ 'a/一.csv': table, 'b/二.xlsx': table, 'c.pdf': table }))).rejects.toMatchObject({
      reason: 'zip-several',
      values: { count: 2, entries: '一.csv, 二.xlsx' },
    });
    const kml = files['communities.kml'] as Uint8Array;
    await expect(inspect('maps.zip', zipped({ '一.kml': kml, '二.kml': kml }))).rejects.toMatchObject({ reason: 'zip-several' });
    await expect(inspect('text.docx', zipped({ 'word/document.xml': table }))).rejects.toMatchObject({ reason: 'file-format-unknown' });
  });

  it('reads the layers of a drawing, closed lines as areas, and the texts of an old code page', async () => {
    const outline = `0\nLWPOLYLINE\n8\n社区界\n90\n4\n70\n1\n${[0, 0, 100, 0, 100, 100, 0, 100].map((v, i) => `${i % 2 ? 20 : 10}\n${v}`).join('\n')}`;
    const text = '0\nTEXT\n8\n注记\n10\n50\n20\n50\n40\n5\n1\n高台村';
    const drawing = `0\nSECTION\n2\nHEADER\n9\n$DWGCODEPAGE\n3\nANSI_936\n0\nENDSEC\n0\nSECTION\n2\nENTITIES\n${outline}\n${text}\n0\nENDSEC\n0\nEOF\n`;
    const inspected = await inspect('drawing.dxf', iconv.encode(drawing, 'GBK'));
    expect(inspected.layers.map(({ name, geometry }) => [name, geometry])).toEqual([
      ['社区界', 'polygon'],
      ['注记', 'point'],
    ]);
    const rows = await read('drawing.dxf', iconv.encode(drawing, 'GBK'), '注记');
    expect(rows.features[0]?.properties?.Text).toBe('高台村');
  });

  it('leaves projected coordinates as they are and says what the file claims', async () => {
    const parts = await writtenByGdal(['-f', 'ESRI Shapefile', '-s_srs', 'EPSG:4490', '-t_srs', 'EPSG:4543', '-lco', 'ENCODING=GB18030']);
    const [layer] = (await inspect('zone.zip', zipped(parts))).layers;
    expect(layer?.claimedCrs).toBe('EPSG:4543');
    expect(layer?.bounds?.[0]).toBeGreaterThan(300_000);
    expect(layer?.bounds?.[1]).toBeGreaterThan(4_300_000);
  });

  it('offers every Shapefile of a zip as a layer', async () => {
    const { shp, shx, dbf } = shapefileParts();
    const zip = zipped({ 'a/社区.shp': shp, 'a/社区.shx': shx, 'a/社区.dbf': dbf, 'b/网格.shp': shp, 'b/网格.dbf': dbf });
    expect((await inspect('two.zip', zip)).layers.map(({ name }) => name)).toEqual(['社区', '网格']);
    expect((await read('two.zip', zip, '网格')).features).toHaveLength(3);
    await expect(read('two.zip', zip, '道路')).rejects.toMatchObject({ reason: 'file-layer-unknown', values: { layer: '道路' } });
  });

  it('straightens curves and says in which rows', async () => {
    const parts = await writtenByGdal([
      '-f',
      'GPKG',
      '-nlt',
      'CURVEPOLYGON',
      '-a_srs',
      'EPSG:4490',
      '-dialect',
      'OGRSQL',
      '-sql',
      'SELECT * FROM communities',
    ]);
    const rows = await read('curves.gpkg', Object.values(parts)[0] as Uint8Array);
    expect(rows.features.every(({ geometry }) => geometry?.type === 'Polygon')).toBe(true);
    expect(rows.findings.map(({ row, message }) => [row, message])).toEqual([1, 2, 3].map((row) => [row, 'curve-straightened']));
  });

  it('takes one feature a line, a single feature, and numbers that JSON does not know', async () => {
    const lines = features.map((feature) => JSON.stringify(feature)).join('\n');
    expect((await read('lines.geojson', lines)).features).toHaveLength(3);
    expect((await read('one.json', JSON.stringify(features[0]))).features).toHaveLength(1);
    const nan = await read('nan.geojson', collection.replace('[99.8,39.3]', '[NaN,39.3]'));
    expect(nan.features).toHaveLength(3);
    expect(nan.features[0]?.geometry).toHaveProperty('coordinates.0.0', [null, 39.3]);
  });
});

describe('encodings', () => {
  const shapefile = (parts: Record<string, Uint8Array>): Uint8Array =>
    zipped(Object.fromEntries(Object.entries(parts).map(([ending, bytes]) => [`x.${ending}`, bytes])));
  const namesOf = async (zip: Uint8Array, encoding: string | null = null) => {
    const [layer] = (await inspect('x.zip', zip, encoding)).layers;
    const rows = await read('x.zip', zip, null, encoding);
    return { encoding: layer?.encoding, names: rows.features.map(({ properties }) => properties?.XZQMC as string) };
  };
  const common = ['高台村', '人民东路社区', '联通'];

  it('reads GBK without .cpg by the language driver, and without that by the bytes', async () => {
    const { shp, shx, dbf } = shapefileParts(common);
    expect(dbf[29]).toBe(GBK);
    expect(await namesOf(shapefile({ shp, shx, dbf }))).toEqual({ encoding: { name: 'GBK', decidedBy: 'ldid' }, names: common });
    const silent = withLanguageDriver(dbf, 0);
    expect(await namesOf(shapefile({ shp, shx, dbf: silent }))).toEqual({
      encoding: { name: 'GB18030', decidedBy: 'gb18030' },
      names: common,
    });
  });

  it('keeps names beyond the basic plane in four bytes of GB18030', async () => {
    const { shp, shx, dbf, cpg } = shapefileParts();
    const names = COMMUNITIES.map(({ name }) => name);
    expect(await namesOf(shapefile({ shp, shx, dbf }))).toEqual({ encoding: { name: 'GB18030', decidedBy: 'gb18030' }, names });
    expect(await namesOf(shapefile({ shp, shx, dbf, cpg: Buffer.from(cpg) }))).toEqual({
      encoding: { name: 'GB18030', decidedBy: 'cpg' },
      names,
    });
  });

  it('reads UTF-8 without any word about it, and a .cpg before the language driver', async () => {
    const json = collection.replaceAll('名称', 'XZQMC');
    const parts = await writtenByGdal(['-f', 'ESRI Shapefile', '-lco', 'ENCODING=UTF-8'], json);
    const byEnding = (ending: string) => Object.entries(parts).find(([name]) => name.endsWith(ending))?.[1] as Uint8Array;
    const [shp, shx, dbf] = [byEnding('.shp'), byEnding('.shx'), byEnding('.dbf')];
    const names = COMMUNITIES.map(({ name }) => name);
    expect(await namesOf(shapefile({ shp, shx, dbf }))).toEqual({ encoding: { name: 'UTF-8', decidedBy: 'utf-8' }, names });
    const claimed = withLanguageDriver(dbf, GBK);
    expect(await namesOf(shapefile({ shp, shx, dbf: claimed, cpg: Buffer.from('65001') }))).toEqual({
      encoding: { name: 'UTF-8', decidedBy: 'cpg' },
      names,
    });
  });

  it('does not believe a .cpg that the bytes contradict, but a person', async () => {
    const { shp, shx, dbf } = shapefileParts(common);
    const zip = shapefile({ shp, shx, dbf, cpg: Buffer.from('UTF-8') });
    expect(await namesOf(zip)).toEqual({ encoding: { name: 'GBK', decidedBy: 'ldid' }, names: common });
    const forced = await namesOf(zip, 'big5');
    expect(forced.encoding).toEqual({ name: 'BIG5', decidedBy: 'person' });
    expect(forced.names).not.toEqual(common);
    await expect(inspect('x.zip', zip, 'klingon')).rejects.toMatchObject({ reason: 'file-encoding-unknown' });
  });

  it.each([
    ['GB18030', 1],
    ['GB18030', 2],
    ['GB18030', 3],
    ['UTF-8', 1],
    ['UTF-8', 2],
  ])('cuts a character in %s of which the field has only %i bytes', async (encoding, bytes) => {
    const { shp, shx } = shapefileParts();
    const full = iconv.encode(`甲${'乙'.repeat(20)}`, encoding);
    const cut = Buffer.concat([full, iconv.encode('𡐓', encoding).subarray(0, bytes)]);
    const { dbf } = shapefileParts(Array.from({ length: 3 }, () => 'x'.repeat(cut.length)));
    const bytesOfDbf = withLanguageDriver(dbf, 0);
    for (let at = bytesOfDbf.indexOf(0x78); at >= 0; at = bytesOfDbf.indexOf(0x78, at)) bytesOfDbf.set(cut, at);
    const { names, encoding: found } = await namesOf(shapefile({ shp, shx, dbf: bytesOfDbf }));
    expect(names).toEqual(Array.from({ length: 3 }, () => `甲${'乙'.repeat(20)}`));
    expect(found?.name).toBe(encoding);
  });
});

describe('sheets', () => {
  it.each([
    [',', 'UTF-8'],
    [';', 'GB18030'],
    ['\t', 'UTF-16LE'],
  ])('guesses delimiter %j and reads %s', async (delimiter, encoding) => {
    const rows = [
      ['编号', '名称', '户数'],
      ['010', '"一号\n楼"', '12'],
      ['011', '莫𡐓楼', '30'],
    ];
    const text = rows.map((row) => row.join(delimiter)).join('\r\n');
    const bytes = iconv.encode(text, encoding, { addBOM: encoding === 'UTF-16LE' });
    const { features: read3, numbers } = await read('list.csv', bytes);
    expect(read3.map(({ properties }) => properties)).toEqual([
      { 编号: '010', 名称: '一号\n楼', 户数: 12 },
      { 编号: '011', 名称: '莫𡐓楼', 户数: 30 },
    ]);
    expect(numbers).toEqual([2, 3]);
  });

  it('keeps codes as text, with all their digits and zeros', async () => {
    const { features: rows } = await read('codes.csv', 'code,zip,households\n620724100001,073000,5\n');
    expect(rows[0]?.properties).toEqual({ code: '620724100001', zip: '073000', households: 5 });
  });

  it('finds the header below titles and leaves blank rows and totals out', async () => {
    const text = '高台县楼栋户数表,,\n,单位:户,\n楼栋,地址,户数\n1号楼,解放路1号,10\n,,\n2号楼,解放路2号,20\n合 计,,30\n';
    const [layer] = (await inspect('titles.csv', text)).layers;
    expect(layer).toMatchObject({ headerRow: 3, features: 2 });
    const { features: rows, numbers, findings } = await read('titles.csv', text);
    expect(rows.map(({ properties }) => properties?.楼栋)).toEqual(['1号楼', '2号楼']);
    expect(numbers).toEqual([4, 6]);
    expect(findings).toEqual([{ row: 7, verdict: 'mended', message: 'row-of-totals', values: {} }]);
  });

  it('reads a sheet of one row, and refuses one of none', async () => {
    expect((await read('one.csv', 'a,b\n1,2')).features).toHaveLength(1);
    expect((await inspect('header.csv', 'a,b\n')).layers[0]).toMatchObject({ features: 0 });
    await expect(inspect('blank.csv', ',,\n,,\n')).rejects.toMatchObject({ reason: 'file-empty' });
  });

  it('takes the stored values of formulas, texts that look like formulas as texts, days as days', async () => {
    const workbook = workbookOf(
      '<row r="2"><c r="A2" t="inlineStr"><is><t>楼栋</t></is></c><c r="B2" t="s"><v>0</v></c><c r="C2" t="inlineStr"><is><t>建成</t></is></c><c r="D2" t="inlineStr"><is><t>人口</t></is></c></row>' +
        '<row r="5"><c r="A5" t="inlineStr"><is><t>=HYPERLINK("x")</t></is></c><c r="B5"><f>SUM(1,2)</f><v>3</v></c><c r="C5" s="1"><v>45413</v></c><c r="D5" t="e"><v>#REF!</v></c></row>' +
        '<row r="6"><c r="A6" t="str"><f>"a"&amp;"b"</f><v>ab</v></c><c r="B6"><f>A1*2</f></c></row>',
    );
    const { features: rows, numbers, findings } = await read('formulas.xlsx', workbook);
    expect(rows.map(({ properties }) => properties)).toEqual([
      { 楼栋: '=HYPERLINK("x")', 户数: 3, 建成: '2024-05-01', 人口: null },
      { 楼栋: 'ab', 户数: null, 建成: null, 人口: null },
    ]);
    expect(numbers).toEqual([5, 6]);
    expect(findings).toEqual([
      { row: 5, verdict: 'mended', message: 'cell-error', values: { column: 'D', value: '#REF!' } },
      { row: 6, verdict: 'mended', message: 'formula-without-value', values: { column: 'B', value: '' } },
    ]);
  });

  it('takes what stands in cells merged over several rows for each of them, but no number that may be their sum', async () => {
    const text = (cell: string, value: string) => `<c r="${cell}" t="inlineStr"><is><t>${value}</t></is></c>`;
    const header = `<row r="2">${text('A2', '社区')}${text('B2', '代码')}${text('C2', '楼栋')}${text('D2', '户数')}</row>`;
    const rows = [
      `<row r="3">${text('A3', '东街社区')}<c r="B3"><v>620724100001</v></c>${text('C3', '1号楼')}<c r="D3"><v>30</v></c></row>`,
      `<row r="4"><c r="A4"/>${text('C4', '2号楼')}</row>`,
      `<row r="6">${text('C6', '3号楼')}</row>`,
      `<row r="7">${text('A7', '西街社区')}${text('C7', '4号楼')}<c r="D7"><v>8</v></c></row>`,
      `<row r="8">${text('C8', '5号楼')}<c r="D8"><v>9</v></c></row>`,
    ];
    const ranges = ['A1:D1', 'A3:A6', 'B3:B6', 'D3:D6', 'C7:C8'].map((range) => `<mergeCell ref="${range}"/>`);
    const workbook = workbookOf(header + rows.join(''), { after: `<mergeCells>${ranges.join('')}</mergeCells>` });
    const { features: filled, findings } = await read('merged.xlsx', workbook);
    expect(filled.map(({ properties }) => Object.values(properties ?? {}))).toEqual([
      ['东街社区', 620724100001, '1号楼', 30],
      ['东街社区', 620724100001, '2号楼', null],
      ['东街社区', 620724100001, '3号楼', null],
      ['西街社区', null, '4号楼', 8],
      [null, null, '5号楼', 9],
    ]);
    expect(findings).toEqual([
      { row: 4, verdict: 'mended', message: 'merged-cells-filled', values: { column: 'A', count: 2 } },
      { row: 4, verdict: 'mended', message: 'merged-cells-filled', values: { column: 'B', count: 2 } },
    ]);
  });

  it('finds the sheets however the writer abbreviates the name space of relations', async () => {
    const rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2"><v>2</v></c></row>';
    expect((await inspect('prefix.xlsx', workbookOf(rows, { prefix: 'd3p1' }))).layers.map(({ name }) => name)).toEqual(['楼栋']);
  });

  function workbookOf(rows: string, { prefix = 'r', after = '' } = {}): Uint8Array {
    const xml = (text: string) => Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>${text}`);
    const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
    return zipped({
      'xl/workbook.xml': xml(
        `<workbook ${main} xmlns:${prefix}="r"><sheets><sheet name="楼栋" sheetId="1" ${prefix}:id="rId1"/></sheets></workbook>`,
      ),
      'xl/_rels/workbook.xml.rels': xml('<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>'),
      'xl/sharedStrings.xml': xml(`<sst ${main}><si><r><t>户</t></r><r><t>数</t></r><rPh><t>hushu</t></rPh></si></sst>`),
      'xl/styles.xml': xml(`<styleSheet ${main}><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>`),
      'xl/worksheets/sheet1.xml': xml(`<worksheet ${main}><sheetData>${rows}</sheetData>${after}</worksheet>`),
    });
  }
});

describe('in a thread', () => {
  const limits = { seconds: 60, heapMegabytes: 512 };
  const request = (name: string, content: string | Uint8Array) => ({ path: folder.write(name, content), name, encoding: null });

  it('tells the same as in place, and why a file is unusable', async () => {
    const inThread = await inspectInThread(request('thread.geojson', collection), undefined, limits);
    expect(inThread).toEqual(await inspect('thread.geojson', collection));
    await expect(inspectInThread(request('broken.geojson', '{"type":'), undefined, limits)).rejects.toMatchObject({
      reason: 'file-not-json',
    });
  });

  it('ends the thread when time or memory run out, and when it is called off', async () => {
    await expect(inspectInThread(request('slow.geojson', collection), undefined, { ...limits, seconds: 0.001 })).rejects.toMatchObject({
      reason: 'file-too-slow',
    });
    const large = `[${'[1,2,3],'.repeat(4_000_000)}0]`;
    await expect(inspectInThread(request('large.geojson', large), undefined, { ...limits, heapMegabytes: 64 })).rejects.toMatchObject({
      reason: 'file-too-much-memory',
    });
    const off = new AbortController();
    const waiting = inspectInThread(request('off.geojson', collection), off.signal, limits);
    off.abort(new Error('called off'));
    await expect(waiting).rejects.toThrow('called off');
  });
});
