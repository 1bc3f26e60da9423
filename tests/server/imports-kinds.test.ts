// What offices bring after the ground is there: household lists, roads, old grids, staff, tables of codes, each by itself.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { box, building, collection, community, feature, SIDE, SOUTH, WEST } from '../core/import/collections.ts';
import { ownerOf, seedGrid, seedPlan, startTestServer, type TestServer } from './harness.ts';
import { BUILDINGS, county, parents } from './import-files.ts';
import { Office } from './office.ts';

let server: TestServer;
const EAST = '620724100001';
const degrees = { crs: 'EPSG:4490' };

beforeAll(async () => {
  server = await startTestServer();
  const office = await Office.open(server.address);
  for (const [name, content] of Object.entries(county())) await office.bring(`${name}.geojson`, JSON.stringify(content), degrees);
  const { problem } = await office.run();
  expect(problem).toBeNull();
});
afterAll(async () => {
  await server.close();
});

async function one<T>(query: string, values: unknown[] = []): Promise<T> {
  const { rows } = await ownerOf(server.database).query(query, values);
  return rows[0] as T;
}

const households = async (code: string): Promise<number> =>
  (await one<{ sum: number }>('select sum(households)::int as sum from block where living and community = $1', [code])).sum;

/** One file in an import of its own. */
async function bringAlone(name: string, content: string, change = {}, decisions = {}) {
  const office = await Office.open(server.address);
  const source = await office.bring(name, content, change);
  expect(source.missing).toEqual([]);
  return office.run(decisions);
}

it('a household list recounts the buildings that it names, and says which rows fit none', async () => {
  const list = ['楼栋编号,户数,人口', 'B0,9,20', 'B1,6,15', 'X,3,9'].join('\n');
  const refused = await bringAlone('户数.csv', list, { kind: 'households' });
  expect(refused.problem?.code).toBe('import-refused');
  expect(refused.report?.findings).toEqual([
    expect.objectContaining({ file: 'households', feature: 4, message: 'household-row-unmatched' }),
  ]);
  const before = await households(EAST);
  const { problem, report } = await bringAlone('户数.csv', list, { kind: 'households' }, { skipRefused: true });
  expect(problem).toBeNull();
  expect(await households(EAST)).toBe(before + 4 + 1);
  expect(report?.registers).toEqual([{ community: EAST, name: '社区1', households: before + 5, register: null, before }]);
  const again = await bringAlone('户数.csv', list, { kind: 'households' }, { skipRefused: true });
  expect(again.report?.unchanged).toBe(2);
});

it('buildings come into communities that are there, and those of before stay', async () => {
  const file = JSON.stringify(collection([building(0.55, 0.9, { id: 'neu', households: 7 })]));
  const { problem } = await bringAlone('楼栋.geojson', file, { ...degrees, kind: 'buildings' });
  expect(problem).toBeNull();
  expect(await one('select count(*)::int as count from building')).toEqual({ count: BUILDINGS + 1 });
  const outside = await bringAlone('楼栋.geojson', JSON.stringify(collection([building(40, 40)])), { ...degrees, kind: 'buildings' });
  expect(outside.problem?.code).toBe('import-refused');
});

it('roads come by themselves, and once', async () => {
  const line = {
    type: 'LineString' as const,
    coordinates: [
      [WEST, SOUTH + SIDE / 5],
      [WEST + SIDE, SOUTH + SIDE / 5],
    ],
  };
  const file = JSON.stringify(collection([feature(line, { class: 'lane', name: '小巷' })]));
  for (const unchanged of [0, 1]) {
    const { problem, report } = await bringAlone('道路.geojson', file, { ...degrees, kind: 'barriers' });
    expect([problem, report?.unchanged]).toEqual([null, unchanged]);
    expect(await one(`select count(*)::int as count from barrier where class = 'lane'`)).toEqual({ count: 1 });
  }
});

it('old grids of a department come as KML, and those outside of every community are refused', async () => {
  const placemark = (name: string, shift: number) => {
    const ring = [
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 1],
      [0, 0],
    ].map(([x = 0, y = 0]) => `${WEST + (x + shift) * SIDE},${SOUTH + y * SIDE}`);
    return `<Placemark><name>${name}</name><Polygon><outerBoundaryIs><LinearRing><coordinates>${ring.join(' ')}</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark>`;
  };
  const kml = `<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document>${placemark('城管一格', 0)}${placemark('远处', 90)}</Document></kml>`;
  const change = { kind: 'department-grids' as const, settings: { department: '城管' } };
  const refused = await bringAlone('城管网格.kml', kml, change);
  expect(refused.problem?.code).toBe('import-refused');
  expect(refused.report?.findings).toContainEqual(expect.objectContaining({ file: 'department-grids', feature: 2, verdict: 'refused' }));
  expect(await one('select count(*)::int as count from department_grid')).toEqual({ count: 0 });
  const { report } = await bringAlone('城管网格.kml', kml, change, { skipRefused: true });
  expect(report?.departmentGrids).toEqual([
    { department: 'city-management', county: { code: '620724', name: '高台县' }, added: 1, unchanged: 0, removed: 0 },
  ]);
});

it('staff goes to the grids of a plan', async () => {
  const plan = await seedPlan(server.database, '620724');
  const { rows } = await ownerOf(server.database).query<{ id: number }>('select id from block where living and community = $1', [EAST]);
  const grid = await seedGrid(
    server.database,
    plan,
    EAST,
    rows.map(({ id }) => id),
    '第一网格',
  );
  const list = '网格名称,角色,姓名,手机号,身份证号\n第一网格,专职网格员,张伟,13800138000,11010519491231002X\n';
  const { problem, report } = await bringAlone('网格员.csv', list, { kind: 'staff', settings: { plan: String(plan) } });
  expect(problem).toBeNull();
  expect(report?.dropped).toEqual([{ source: '网格员.csv', field: '身份证号', personal: 'id-number' }]);
  expect(await one('select staff from grid where id = $1', [grid])).toEqual({
    staff: [{ role: '专职网格员', name: '张伟', phone: '13800138000' }],
  });
});

it('a table of codes says what it would change, and changes that', async () => {
  const table = ['代码,名称', '620724100001,社区1', '620724100002,改名村', '620724101201,社区3', '620724100003,新村'].join('\n');
  const change = { kind: 'regions' as const, settings: { validFrom: '2024-01-01', source: '国家统计局' } };
  const office = await Office.open(server.address);
  await office.bring('区划代码.csv', table, change);
  const { report } = await office.preview();
  const kinds = report?.regions.map(({ kind, old, new: now }) => [kind, old?.code ?? null, now?.code ?? null]);
  expect(kinds).toContainEqual(['renamed', '620724100002', '620724100002']);
  expect(kinds).toContainEqual(['added', null, '620724100003']);
  expect(await one(`select name from region where code = '620724100002'`)).toEqual({ name: '社区2' });
  const done = await office.run({ successors: { '620724100002': '620724100002' } });
  expect([done.phase, done.problem]).toEqual(['done', null]);
  expect(await one(`select name from region where code = '620724100002'`)).toEqual({ name: '改名村' });
});

it('every import leaves a row in the log', async () => {
  const { count } = await one<{ count: number }>(`select count(*)::int as count from audit_entry where action = 'import'`);
  expect(count).toBeGreaterThanOrEqual(7);
});

it('finds a stored building by the address of a home in it, though the building has a name of its own', async () => {
  const named = building(0.45, 0.9, { id: 'benannt', name: '丁香苑', address: '滨河路8号2幢', households: 3 });
  await bringAlone('楼栋.geojson', JSON.stringify(collection([named])), { kind: 'buildings', ...degrees });
  const homes = ['滨河路8号2栋1单元101', '滨河路8号2栋1单元102', '滨河路8号2栋1单元201', '滨河路8号2栋1单元202'];
  const { problem } = await bringAlone('住户.csv', ['地址', ...homes].join('\n'), { kind: 'households' });
  expect(problem).toBeNull();
  expect(await one(`select name, address, households from building where source_id = 'benannt'`)).toEqual({
    ...{ name: '丁香苑', address: '滨河路8号2幢', households: 4 },
  });
});

it('a household list means the buildings of communities that hold, not those of one that has ended', async () => {
  const heir = '620724100009';
  const list = '楼栋编号,户数,人口\nB0,31,80\n';
  const table = ['代码,名称', `${heir},社区1`, '620724100002,改名村', '620724101201,社区3', '620724100003,新村'].join('\n');
  const change = { kind: 'regions' as const, settings: { validFrom: '2025-01-01', source: '国家统计局' } };
  expect((await bringAlone('区划代码.csv', table, change, { successors: { [EAST]: heir } })).problem).toBeNull();
  const early = await bringAlone('户数.csv', list, { kind: 'households' });
  expect(early.report?.findings).toMatchObject([{ feature: 2, message: 'household-row-unmatched' }]);

  const office = await Office.open(server.address);
  await office.bring('communities.geojson', JSON.stringify(collection([community(1, { ...parents, code: heir })])), degrees);
  await office.bring('buildings.geojson', JSON.stringify(collection([building(0.05, 0.1, { id: 'B0', households: 5 })])), degrees);
  expect((await office.run()).problem).toBeNull();
  const ended = await households(EAST);
  expect((await bringAlone('户数.csv', list, { kind: 'households' })).problem).toBeNull();
  expect([await households(heir), await households(EAST)]).toEqual([31, ended]);
});

it('a county that was called by its code bears the name that a later file gives it, and keeps that', async () => {
  const names: string[] = [];
  for (const county of [{}, { county: '山丹县' }, { county: '别名县' }]) {
    const far = community(1, { code: '620725100001', ...county }, box(WEST, SOUTH + 9 * SIDE, SIDE, SIDE));
    const { problem } = await bringAlone('communities.geojson', JSON.stringify(collection([far])), degrees);
    expect(problem).toBeNull();
    names.push((await one<{ name: string }>(`select name from region where code = '620725'`)).name);
  }
  expect(names).toEqual(['620725', '山丹县', '山丹县']);
});
