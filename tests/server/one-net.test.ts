// Departments' old grids on a real database: taken in, replaced by a newer file, laid beside a plan, taken over as its start, exported.
import readExcelFile from 'read-excel-file/node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OperationRecord, Problem } from '../../core/api/messages.ts';
import type { OneNetOverview } from '../../core/api/one-net-messages.ts';
import type { ReadDepartmentGrid } from '../../core/one-net/read-department-grids.ts';
import { inTransaction, SYSTEM } from '../../server/database/transaction.ts';
import { settleDepartmentGrids, writeDepartmentGrids } from '../../server/one-net/store.ts';
import { call, PlanClient, post } from './client.ts';
import {
  COMMUNITIES,
  COUNTY,
  NEIGHBOUR,
  ownerOf,
  type SeededCounty,
  seedCounty,
  seedGrid,
  seedNeighbour,
  seedPlan,
  square,
  startTestServer,
  type TestServer,
} from './harness.ts';

const [EAST, WEST, VILLAGE] = COMMUNITIES;
/** The server as it imports: everything is in reach, the importer reaches their county. */
const BY = { region: COUNTY };

let server: TestServer;
let county: SeededCounty;

beforeAll(async () => {
  server = await startTestServer();
  county = await seedCounty(server.database);
  await seedNeighbour(server.database);
});
afterAll(() => server?.close());

let rowNumber = 0;
const old = (
  name: string,
  column: number,
  row: number,
  width: number,
  height: number,
  department = 'city-management',
): ReadDepartmentGrid => ({
  ...{ feature: ++rowNumber, department, code: name === '' ? '' : `CG-${name}`, name, area: [square(column, row, width, height)] },
});
const write = (rows: readonly ReadDepartmentGrid[], by = BY) =>
  inTransaction(server.database, SYSTEM, (db) => writeDepartmentGrids(db, by, rows));
const stored = async (department: string) =>
  (
    await ownerOf(server.database).query(`select id, name, home, outside_share from department_grid where department = $1 order by id`, [
      department,
    ])
  ).rows;

/** Blocks of 0.001°: 东街 is columns 0–2 of rows 0–1, 西街 columns 3–4, 渠口村 row 2. */
const FORMER = () => [old('一片', 0, 0, 2, 2), old('二片', 2, 0, 1.8, 2), old('三片', 3.8, 0, 1.2, 2)];

describe('taking old grids in', () => {
  test('the same file twice changes nothing, a newer one takes the place of the former and says so', async () => {
    expect(await write(FORMER())).toMatchObject({
      changes: [{ department: 'city-management', county: { code: COUNTY, name: '高台县' }, added: 3, unchanged: 0, removed: 0 }],
      outside: [],
    });
    const before = await stored('city-management');
    expect(before.map(({ home }) => home)).toEqual([EAST, EAST, WEST]);
    expect(await write(FORMER())).toMatchObject({ changes: [{ added: 0, unchanged: 3, removed: 0 }] });
    expect(await stored('city-management')).toEqual(before);

    const newer = [...FORMER().slice(0, 2), old('新三片', 3.8, 0, 1.2, 2)];
    expect(await write(newer)).toMatchObject({ changes: [{ added: 1, unchanged: 2, removed: 1 }] });
    expect((await stored('city-management')).map(({ name }) => name)).toEqual(['一片', '二片', '新三片']);
    await write(FORMER());
  });

  test('another department and another county keep theirs', async () => {
    await write([old('卫片', 0, 0, 5, 2, 'health')]);
    await write([old('邻片', 5, 0, 2, 2)], { region: NEIGHBOUR });
    expect(await write([old('新卫片', 0, 0, 5, 1, 'health')])).toMatchObject({ changes: [{ added: 1, removed: 1 }] });
    expect((await stored('city-management')).map(({ name }) => name)).toEqual(expect.arrayContaining(['一片', '邻片']));
  });

  test('what lies in no community, or beyond the reach of the importer, is named and not stored', async () => {
    const rows = [old('远片', 40, 40, 1, 1, 'emergency'), old('邻片', 5, 0, 1, 1, 'emergency'), old('半片', 0, -1, 1, 2, 'emergency')];
    const { outside } = await write(rows);
    expect(outside).toEqual(rows.slice(0, 2).map(({ feature }) => feature));
    const [half] = await stored('emergency');
    expect(half).toMatchObject({ name: '半片', home: EAST });
    expect(half.outside_share).toBeCloseTo(0.5, 3);
  });
});

describe('beside a plan', () => {
  let client: PlanClient;
  const overview = async (query = ''): Promise<OneNetOverview> =>
    (await call<OneNetOverview>(server.address, `/api/plans/${client.plan}/one-net${query}`)).body;

  beforeAll(async () => {
    client = new PlanClient(server.address, await seedPlan(server.database));
    const east = county.blocks[EAST] as number[];
    await seedGrid(server.database, client.plan, EAST, [east[0], east[1], east[3], east[4]] as number[], '东一网格');
    await seedGrid(server.database, client.plan, EAST, [east[2], east[5]] as number[], '东二网格');
  });

  test('each old grid has its new ones by households and area, left-overs first', async () => {
    const { departments, rows, counts } = await overview('?department=city-management');
    expect(departments.map(({ department, grids }) => [department, grids])).toEqual([
      ['city-management', 3],
      ['emergency', 1],
      ['health', 1],
    ]);
    expect(rows.map(({ name, verdict, leftOver, households, left }) => [name, verdict, leftOver, households, left.households])).toEqual([
      ['三片', 'left-out', true, 120, 120],
      ['二片', 'mapped', true, 240, 120],
      ['一片', 'mapped', false, 240, 0],
    ]);
    const [first] = rows.find(({ name }) => name === '一片')?.to ?? [];
    expect(first).toMatchObject({ name: '东一网格', community: '东街社区', households: 240, share: 1 });
    expect(first?.areaM2).toBeCloseTo(rows.find(({ name }) => name === '一片')?.areaM2 ?? 0, 0);
    expect(counts).toMatchObject({ grids: 3, leftOver: 2, households: 600, householdsLeft: 240 });
    expect((await overview()).department).toBe('city-management');
    expect((await overview('?department=nobody')).rows).toEqual([]);
    expect(await overview('?department=城管局')).toEqual(await overview('?department=city-management'));
  });

  test('the old grids come as GeoJSON for the map', async () => {
    const { body } = await call<{ features: { properties: object }[] }>(
      server.address,
      `/api/plans/${client.plan}/one-net/grids?department=city-management`,
    );
    expect(body.features.map(({ properties }) => properties)).toMatchObject([{ name: '一片' }, { name: '三片' }, { name: '二片' }]);
    expect((await call(server.address, `/api/plans/${client.plan}/one-net/grids?department=城管`)).body).toEqual(body);
  });

  test('the crosswalk as CSV: UTF-8 with its mark, codes whole, nothing that a spreadsheet would reckon; and the log says so', async () => {
    await write([{ ...old('=1+1', 0, 0, 2, 2, 'party'), code: '620724100001001' }]);
    const response = await fetch(`${server.address}/api/plans/${client.plan}/one-net/export?format=csv`);
    const bytes = new Uint8Array(await response.arrayBuffer());
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const lines = new TextDecoder().decode(bytes).trim().split('\r\n');
    expect(lines[0]).toContain('部门,原网格编号,原网格名称');
    expect(lines).toContainEqual(expect.stringContaining(`党建,620724100001001\u00A0,'=1+1,东街社区,240,`));
    expect(lines).toContainEqual(expect.stringMatching(/^城管,CG-二片\u00A0,二片,.*,240,\d+,未并入,,,120,\d+,50$/));
    const { rows } = await ownerOf(server.database).query(`select action, detail from audit_entry order by id desc limit 1`);
    expect(rows[0]).toMatchObject({ action: 'export', detail: { format: 'csv', crosswalk: 6 } });
  });

  test('and as a workbook', async () => {
    const response = await fetch(`${server.address}/api/plans/${client.plan}/one-net/export?department=党委`);
    expect(response.headers.get('content-disposition')).toContain('.xlsx');
    const [sheet] = await readExcelFile(Buffer.from(await response.arrayBuffer()));
    const rows = sheet?.data ?? [];
    expect(rows[1]?.slice(0, 5)).toEqual(['党建', '620724100001001', '=1+1', '东街社区', 240]);
    await ownerOf(server.database).query(`delete from department_grid where department = 'party'`);
  });

  test('an unknown plan and a department that is none', async () => {
    expect((await call<Problem>(server.address, '/api/plans/987654/one-net')).body.code).toBe('unknown-plan');
    expect((await call<Problem>(server.address, `/api/plans/${client.plan}/one-net/grids`)).status).toBe(400);
  });
});

describe('a plan started from a department', () => {
  test('proposed with its conflicts, accepted as one operation each, taken back by undo', async () => {
    const client = new PlanClient(server.address, await seedPlan(server.database));
    const status = await client.proposed({ department: 'city-management' });
    // The village has none of the department's grids, and is left alone.
    expect(status.communities.map(({ community, state, after }) => [community, state, after.grids])).toEqual([
      [EAST, 'proposed', 2],
      [WEST, 'proposed', 2],
    ]);
    const kinds = (community: string) =>
      status.communities.find((one) => one.community === community)?.conflicts?.map(({ kind, grids }) => `${kind} ${grids.join()}`);
    expect(kinds(EAST)).toEqual(expect.arrayContaining(['several-communities 二片', 'size-below 一片']));
    // The name stays with the community that holds most of the old grid.
    expect(kinds(WEST)).toEqual(expect.arrayContaining(['several-communities 二片', 'renamed 二片']));
    expect((await client.grids()).features).toEqual([]);

    const accepted = await post(server.address, `/api/plans/${client.plan}/divisions/${status.id}/accept`, {});
    expect(accepted.body).toEqual({ accepted: [EAST, WEST], stale: [], refused: [] });
    const names = async (community: string) => (await client.grids(community)).features.map(({ properties }) => properties.name).sort();
    expect(await names(EAST)).toEqual(['一片', '二片']);
    expect(await names(WEST)).toEqual(['三片', '西街二片']);
    const [record] = (await call<OperationRecord[]>(server.address, `/api/plans/${client.plan}/operations?community=${EAST}`)).body;
    expect(record?.operation).toMatchObject({ type: 'adopt', department: 'city-management' });
    const after = (await call<OneNetOverview>(server.address, `/api/plans/${client.plan}/one-net?department=city-management`)).body;
    expect(after.counts).toMatchObject({ leftOver: 0, householdsLeft: 0, split: 1, mapped: 2 });

    expect((await client.operate(EAST, 1, { type: 'undo' })).status).toBe(200);
    expect(await names(EAST)).toEqual([]);
  });

  test('a community without such grids, and one that was changed meanwhile', async () => {
    const client = new PlanClient(server.address, await seedPlan(server.database));
    const none = await client.propose({ department: 'city-management', region: VILLAGE });
    expect([none.status, none.body.code]).toEqual([422, 'no-department-grids']);
    const { id } = await client.proposed({ department: 'city-management', region: EAST });
    await client.operate(EAST, 0, { type: 'assign', blocks: [...(county.blocks[EAST] as number[])], to: 'new' });
    const accepted = await post(server.address, `/api/plans/${client.plan}/divisions/${id}/accept`, {});
    expect(accepted.body).toMatchObject({ accepted: [], stale: [EAST] });
    expect((await client.grids(EAST)).features).toHaveLength(1);
  });
});

test('what lies in a community that has ended belongs to the one in its place, and its ground counts once', async () => {
  const heir = '620724101209';
  const owner = ownerOf(server.database);
  await owner.query(`update region set valid_to = '2023-12-31' where code = $1`, [VILLAGE]);
  await write([old('半片', 0, 2, 1, 2, 'letters')]);
  expect(await stored('letters')).toMatchObject([{ home: VILLAGE }]);
  await owner.query(
    `with heir as (
       insert into region (code, name, parent, kind, outline) select $2, name, left($2, 9), kind, outline from region where code = $1 returning code
     )
     insert into block (community, households, population, buildings, shape)
     select heir.code, 0, 0, 0, shape from heir, block where community = $1`,
    [VILLAGE, heir],
  );
  const ids = (await stored('letters')).map(({ id }) => id);
  await inTransaction(server.database, SYSTEM, (db) => settleDepartmentGrids(db, ids));
  const [half] = await stored('letters');
  expect(half.home).toBe(heir);
  expect(half.outside_share).toBeCloseTo(0.5, 3);
});
