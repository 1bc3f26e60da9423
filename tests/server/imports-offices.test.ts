// Real files over HTTP: a Shapefile of a survey institute, sheets, lists; nothing is stored before everything is settled.
import { zipSync } from 'fflate';
import type { FeatureCollection, Polygon } from 'geojson';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import writeExcelFile from 'write-excel-file/node';
import { dbfFile } from '../../core/filing/shapefile/dbf.ts';
import { shapeFiles } from '../../core/filing/shapefile/shp.ts';
import { fromCgcs2000 } from '../../core/geo/crs/transform.ts';
import { box, SIDE, SOUTH, WEST } from '../core/import/collections.ts';
import { call } from './client.ts';
import { ownerOf, startTestServer, type TestServer } from './harness.ts';
import { Office } from './office.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(async () => {
  await server.close();
});

const CODES = ['620724100001', '620724100002', '620724101201'];
const NAMES = ['莫𡐓村', '人民东路社区', '渠口村'];
/** Zone 33 of three degrees with its number in the easting, as survey institutes deliver. */
const ZONE = 'EPSG:4521';

/** Three communities in metres, names in GB18030, no .cpg and no .prj. */
function surveyZip(): Uint8Array {
  const toMetres = fromCgcs2000(ZONE);
  const areas = CODES.map((_, i) => [[box(WEST + i * SIDE, SOUTH, SIDE, SIDE).map(([x = 0, y = 0]) => toMetres(x, y))]]);
  const { shp, shx } = shapeFiles(areas);
  const fields = ['XZQDM', 'XZQMC', 'XZMC', 'XMC'].map((name) => ({ name, type: 'text' as const }));
  const rows = CODES.map((code, i) => [code, NAMES[i] as string, i < 2 ? '城关镇' : '渠口镇', '高台县']);
  return zipSync({ '村界.shp': shp, '村界.shx': shx, '村界.dbf': dbfFile(fields, rows, '2024-05-01').dbf });
}

/** A building list as offices keep it: with a title, the householder, and a row that cannot be. */
async function buildingSheet(
  rows: readonly (readonly [id: string, x: number, y: number, households: number | string])[],
): Promise<Uint8Array> {
  const cell = (value: string | number) => ({ value });
  const header = ['楼栋编号', '户主姓名', '联系电话', '经度', '纬度', '户数'].map(cell);
  const data = rows.map(([id, x, y, households]) => [id, '王小明', '13800138000', WEST + x * SIDE, SOUTH + y * SIDE, households].map(cell));
  return new Uint8Array(await writeExcelFile([header, ...data] as never).toBuffer());
}

const ROWS = Array.from({ length: 30 }, (_, i) => [`L${i}`, 0.05 + i * 0.095, 0.3 + (i % 3) * 0.2, 10] as const);

async function counts(): Promise<Record<string, number>> {
  const { rows } = await ownerOf(server.database).query<Record<string, number>>(
    `select (select count(*)::int from region) as region, (select count(*)::int from block where living) as block,
       (select count(*)::int from building) as building, (select coalesce(sum(households), 0)::int from block where living) as households,
       (select count(*)::int from barrier) as barrier`,
  );
  return rows[0] as Record<string, number>;
}

const EMPTY = { region: 0, block: 0, building: 0, households: 0, barrier: 0 };

describe('a Shapefile in GB18030 and metres, and a sheet of buildings', () => {
  let office: Office;
  let boundaries: string;

  it('are looked into, and nothing is settled that only a person can settle', async () => {
    office = await Office.open(server.address);
    const { status, body } = await office.send('高台县村界.zip', surveyZip());
    expect(status).toBe(201);
    boundaries = body.id;
    expect(body).toMatchObject({ name: '高台县村界.zip', format: 'shapefile', problem: null, missing: ['crs'] });
    expect(body.choice).toMatchObject({ kind: 'communities', crs: null, fields: { code: 'XZQDM', name: 'XZQMC' } });
    expect(body.layers[0]?.fields.find(({ name }) => name === 'XZQMC')?.samples).toContain('莫𡐓村');
    expect(body.layers[0]?.crsGuesses[0]).toMatchObject({ crs: ZONE, swapAxes: false });
    const early = await office.start('run');
    expect([early.status, early.body.code]).toEqual([409, 'import-incomplete']);
  });

  it('are shown on the map by a guess before it is confirmed', async () => {
    const unconfirmed = await call<{ code: string }>(server.address, `${office.path}/sources/${boundaries}/features`);
    expect([unconfirmed.status, unconfirmed.body.code]).toEqual([400, 'bad-choice']);
    const { body } = await call<FeatureCollection>(server.address, `${office.path}/sources/${boundaries}/features?crs=${ZONE}`);
    expect(body.features).toHaveLength(3);
    const [[[x = 0, y = 0] = []] = []] = body.features.map(({ geometry }) => (geometry as Polygon).coordinates[0] ?? []);
    expect(x).toBeCloseTo(WEST, 1);
    expect(y).toBeCloseTo(SOUTH, 1);
    const strange = await call<{ code: string }>(server.address, `${office.path}/sources/${boundaries}/features?crs=EPSG:1`);
    expect(strange.body.code).toBe('bad-choice');
  });

  it('can be previewed, which stores nothing and lists every row that is refused', async () => {
    const { body } = await office.choose(boundaries, { crs: ZONE });
    expect(body.missing).toEqual([]);
    const sheet = await office.bring('楼栋.xlsx', await buildingSheet([...ROWS, ['=1+1', 0.5, 0.5, -3], ['L99', 50, 50, 4]]));
    expect(sheet).toMatchObject({ format: 'xlsx', missing: [], choice: { kind: 'buildings' } });
    expect(JSON.stringify(sheet)).not.toContain('13800138000');
    const status = await office.preview({ skipRefused: true });
    expect(status.problem).toBeNull();
    expect(status.phase).toBe('previewed');
    expect(status.report?.counts.communities).toEqual({ taken: 3, mended: 0, refused: 0 });
    expect(status.report?.counts.buildings).toMatchObject({ refused: 2 });
    expect(status.report?.dropped.map(({ personal }) => personal).sort()).toEqual(['person-name', 'phone']);
    expect(await counts()).toEqual(EMPTY);
  });

  it('have their findings in a table that a spreadsheet takes for no formula', async () => {
    const response = await fetch(`${server.address}${office.path}/findings.csv`);
    expect(response.headers.get('content-type')).toMatch(/text\/csv/);
    const bytes = new Uint8Array(await response.arrayBuffer());
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const [header, ...lines] = new TextDecoder().decode(bytes).trim().split('\r\n');
    expect(header).toBe('文件,内容,行号,字段,处理,原值,原因,经度,纬度');
    // Row 1 is the header of the sheet.
    expect(lines.some((line) => line.startsWith("楼栋.xlsx,楼栋,32,households,拒绝,'-3,"))).toBe(true);
    expect(lines.some((line) => line.startsWith('楼栋.xlsx,楼栋,33,,拒绝,'))).toBe(true);
    const english = await (await fetch(`${server.address}${office.path}/findings.csv?language=en`)).text();
    expect(english).toContain('The count is negative: -3.');
  });

  it('are stored without the bad rows, and twice the same changes nothing', async () => {
    const status = await office.run({ skipRefused: true });
    expect([status.phase, status.problem]).toEqual(['done', null]);
    const stored = await counts();
    expect(stored).toMatchObject({ building: 30, households: 300 });
    const { rows } = await ownerOf(server.database).query(`select name from region where level = 'community' order by code`);
    expect(rows.map(({ name }) => name)).toEqual(NAMES);
    const ended = await office.start('run');
    expect([ended.status, ended.body.code]).toEqual([409, 'import-ended']);

    const again = await Office.open(server.address);
    await again.bring('高台县村界.zip', surveyZip());
    await again.bring('楼栋.xlsx', await buildingSheet(ROWS));
    const second = await again.run();
    expect([second.problem, second.report?.unchanged]).toEqual([null, 33]);
    expect(await counts()).toEqual(stored);
  });

  it('keeps nothing personal', async () => {
    const { rows } = await ownerOf(server.database).query('select building::text as row from building');
    expect(JSON.stringify(rows)).not.toMatch(/王小明|13800138000/);
  });
});
