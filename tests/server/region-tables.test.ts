// Tables of region codes in the database: what they bring and end, what stays, and what is read of a day.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ImportSource, ImportStatus, RegionChange } from '../../core/api/import-messages.ts';
import type { PlanDetail, Region, RegionTable } from '../../core/api/messages.ts';
import type { Successors } from '../../core/regions/compare.ts';
import type { TableRegion } from '../../core/regions/table.ts';
import { inTransaction, SYSTEM } from '../../server/database/transaction.ts';
import { systemIdentity } from '../../server/http/identity.ts';
import { NO_DECISIONS, runImport } from '../../server/imports/run-import.ts';
import { groundSources } from '../../server/imports/source-to-read.ts';
import { applyTable, previewTable } from '../../server/regions/tables.ts';
import { gaotaiRows, qianjiangRows, type TableRow, tableOf } from '../core/regions/county-tables.ts';
import { call, PlanClient, post } from './client.ts';
import { COMMUNITIES, COUNTY, ownerOf, seedCounty, seedGrid, seedPlan, startTestServer, type TestServer } from './harness.ts';
import { county, writeFiles } from './import-files.ts';

const SOURCE = '国家统计局';
const OFFICE = systemIdentity('王科长');
let server: TestServer;

const take = (table: readonly TableRegion[], validFrom: string, successors: Successors = {}, by = OFFICE): Promise<RegionChange[]> =>
  inTransaction(server.database, SYSTEM, (db) => applyTable(db, by, table, { validFrom, source: SOURCE }, successors));
const preview = (table: readonly TableRegion[], validFrom: string, by = OFFICE): Promise<RegionChange[]> =>
  inTransaction(server.database, SYSTEM, (db) => previewTable(db, by, table, { validFrom, source: SOURCE }));
const get = async <T>(path: string): Promise<T> => (await call<T>(server.address, path)).body;
const on = (date: string, within: string) => get<Region[]>(`/api/regions?within=${within}&on=${date}`);
const codesOf = (regions: readonly { code: string }[]) => regions.map(({ code }) => code);
const count = async (table: string): Promise<number> =>
  Number((await ownerOf(server.database).query(`select count(*) as n from ${table}`)).rows[0].n);

describe('two counties through time', () => {
  const GONE = '620724100003';
  const RECODED = ['620724100005', '620724100999'] as const;
  const RENAMED = '620724100001';
  const ADDED = '620724100998';
  const first = (): TableRow[] => [...gaotaiRows(), ...qianjiangRows()];
  const second = (): TableRow[] => [
    ...first()
      .filter(({ code }) => code !== GONE)
      .map((row) => (row.code === RECODED[0] ? { ...row, code: RECODED[1] } : row))
      .map((row) => (row.code === RENAMED ? { ...row, name: '东城社区居民委员会' } : row)),
    { code: ADDED, name: '高铁新城社区居民委员会', parentName: '城关镇' },
  ];

  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server?.close());

  test('the first brings names without boundaries', async () => {
    const changes = await take(tableOf(first()), '2022-12-31');
    expect(changes).toHaveLength(tableOf(first()).length);
    expect(new Set(changes.map(({ kind }) => kind))).toEqual(new Set(['added']));
    const towns = await get<Region[]>('/api/regions?parent=620724');
    expect(towns[0]).toMatchObject({
      code: '620724100',
      name: '城关镇',
      bounds: null,
      households: 0,
      validFrom: '2022-12-31',
      validTo: null,
    });
    const listed = await get<Region[]>('/api/regions?within=500114');
    expect(codesOf(listed.filter(({ level }) => level === 'community'))).toEqual(codesOf(qianjiangRows() as { code: string }[]).sort());
    expect(await get<Region>('/api/regions/620724100001')).toMatchObject({ name: '新建东村居民委员会', kind: 'urban', bounds: null });
  });

  test('a plan cannot be made where there are names only; the map is empty, not broken', async () => {
    expect((await post(server.address, '/api/plans', { name: '方案', region: '620724' })).status).toBe(404);
    expect((await fetch(`${server.address}/tiles/regions/10/796/386`)).status).toBeLessThan(300);
  });

  test('the newer one says what changes before it is taken, with what it guesses', async () => {
    const changes = await preview(tableOf(second()), '2023-12-31');
    expect(changes.map(({ kind, old, new: now, confirmed }) => [kind, old?.code, now?.code, confirmed])).toEqual([
      ['renamed', RENAMED, RENAMED, false],
      ['removed', GONE, undefined, false],
      ['recoded', ...RECODED, false],
      ['added', undefined, ADDED, true],
    ]);
    expect(changes[1]?.candidates.length).toBeGreaterThan(0);
    expect(codesOf(await on('2024-01-01', '620724100'))).toContain(GONE);
  });

  test('taken in, each day has its regions; the ended ones stay and name their successor', async () => {
    const regions = await count('region');
    await take(tableOf(second()), '2023-12-31', { [RECODED[0]]: RECODED[1], [GONE]: RENAMED });
    expect(await count('region')).toBe(regions + 2);
    for (const [date, rows] of [
      ['2022-12-31', first()],
      ['2023-12-30', first()],
      ['2023-12-31', second()],
    ] as const) {
      for (const county of ['620724', '500114']) {
        const expected = tableOf(rows).filter(({ code }) => code.startsWith(county) && code.length === 12);
        const found = (await on(date, county)).filter(({ level }) => level === 'community');
        expect(
          found.map(({ code, name }) => ({ code, name })),
          `${date} ${county}`,
        ).toEqual(expected);
      }
    }
    expect(await get<Region>(`/api/regions/${GONE}`)).toMatchObject({ validTo: '2023-12-31', successor: RENAMED });
    expect(await get<Region>(`/api/regions/${RECODED[0]}`)).toMatchObject({ successor: RECODED[1] });
    expect(await get<Region>(`/api/regions/${RENAMED}`)).toMatchObject({ formerName: '新建东村居民委员会', validFrom: '2023-12-31' });
    expect(await get<Region>(`/api/regions/${ADDED}`)).toMatchObject({ formerName: null });
    expect(codesOf(await get<Region[]>('/api/regions?parent=620724100'))).not.toContain(GONE);
    expect(codesOf(await get<Region[]>('/api/regions?within=620724100&ended=true'))).toContain(GONE);
  });

  test('the same table once more changes nothing', async () => {
    const before = [await count('region'), await count('region_past'), await count('region_table'), await count('audit_entry')];
    expect(await take(tableOf(second()), '2023-12-31', { [RECODED[0]]: RECODED[1], [GONE]: RENAMED })).toEqual([]);
    expect([await count('region'), await count('region_past'), await count('region_table'), await count('audit_entry')]).toEqual(before);
  });

  test('one that comes back under its code has two lives', async () => {
    const changes = await take(tableOf(first()), '2024-12-31');
    expect(changes.find((change) => change.new?.code === GONE)).toMatchObject({ kind: 'added', old: { code: GONE } });
    const there = await Promise.all(
      ['2022-12-31', '2024-06-30', '2024-12-31'].map(async (date) => codesOf(await on(date, '620724100')).includes(GONE)),
    );
    expect(there).toEqual([true, false, true]);
    expect((await get<Region[]>('/api/regions?parent=620724100')).find(({ code }) => code === RENAMED)?.name).toBe('新建东村居民委员会');
    expect((await on('2024-06-30', '620724100')).find(({ code }) => code === RENAMED)?.name).toBe('东城社区居民委员会');
  });

  test('who took which table in, and when, is kept and in the log', async () => {
    const tables = await get<RegionTable[]>('/api/region-tables');
    expect(tables.map(({ validFrom, source, actor }) => [validFrom, source, actor])).toEqual(
      ['2024-12-31', '2023-12-31', '2022-12-31'].map((date) => [date, SOURCE, '王科长']),
    );
    expect(tables[1]).toMatchObject({ added: 1, removed: 0, renamed: 1, recoded: 2, rows: tableOf(second()).length });
    const { rows } = await ownerOf(server.database).query(`select action, actor from audit_entry where subject = $1`, [
      `region-table/${tables[1]?.id}`,
    ]);
    expect(rows).toEqual([{ action: 'import', actor: '王科长' }]);
  });

  test.each<[string, string, Successors, typeof OFFICE, string]>([
    ['older than one that is there', '2021-12-31', {}, OFFICE, 'table-outdated'],
    ['no day', '2023-02-30', {}, OFFICE, 'table-date-invalid'],
    ['a day to come', '9999-01-01', {}, OFFICE, 'table-date-future'],
    ['a successor that it does not have', '2024-12-31', { [GONE]: '620724100888' }, OFFICE, 'table-successor-unknown'],
    ['regions beyond the account', '2024-12-31', {}, { ...OFFICE, region: '620724' }, 'table-beyond-region'],
  ])('refused, and nothing changes: %s', async (_, date, successors, by, reason) => {
    const before = [await count('region'), await count('region_past'), await count('region_table')];
    await expect(take(tableOf(first()), date, successors, by)).rejects.toMatchObject({ reason });
    expect([await count('region'), await count('region_past'), await count('region_table')]).toEqual(before);
  });

  test('whoever reaches a county names what is in it, not what is above', async () => {
    const county = { ...OFFICE, region: '620724' };
    const named = tableOf([...gaotaiRows(), { code: '62', name: '别名省' }, { code: '620724', name: '高台县' }]);
    expect(await take(named, '2024-12-31', {}, county)).toEqual([]);
    expect(await get<Region>('/api/regions/620724')).toMatchObject({ name: '高台县' });
    expect(await get<Region>('/api/regions/62')).not.toMatchObject({ name: '别名省' });
  });
});

describe('communities with ground', () => {
  const [EAST, WEST, VILLAGE] = COMMUNITIES;
  const HEIR = '620724100009';
  const rows = (...communities: [code: string, name: string][]): TableRow[] => communities.map(([code, name]) => ({ code, name }));
  const whole = rows([EAST, '东街社区'], [WEST, '西街社区'], [VILLAGE, '渠口村']);
  const newer = rows([HEIR, '东街社区居民委员会'], [WEST, '西街社区'], [VILLAGE, '渠口村']);
  let plan: number;

  beforeAll(async () => {
    server = await startTestServer();
    const { blocks } = await seedCounty(server.database);
    plan = await seedPlan(server.database);
    await seedGrid(server.database, plan, EAST, (blocks[EAST] as number[]).slice(0, 3), '东街社区第一网格');
    await seedGrid(server.database, plan, EAST, (blocks[EAST] as number[]).slice(3), '东街社区第二网格');
    expect((await new PlanClient(server.address, plan).issueCodes()).status).toBe(200);
    await take(tableOf(whole), '2022-12-31');
  });
  afterAll(() => server?.close());

  test('a table that has them as they are changes nothing about them', async () => {
    expect(await get<Region>(`/api/regions/${EAST}`)).toMatchObject({ households: 360, validFrom: null, validTo: null });
  });

  test('the change says how many plans, grids and official codes speak of it', async () => {
    const codes = `insert into grid_code_event (code, state, actor) select code, 'filed', 'x' from grid_code`;
    await ownerOf(server.database).query(codes);
    await ownerOf(server.database).query(codes.replace('filed', 'official'));
    expect(await preview(tableOf(newer), '2023-12-31')).toMatchObject([
      { kind: 'recoded', old: { code: EAST }, new: { code: HEIR }, plans: 1, grids: 2, officialCodes: 2 },
    ]);
  });

  test('one that ends keeps outline, blocks, grids and codes; its grids are said to have stale codes', async () => {
    const kept = ['block', 'grid', 'grid_block', 'grid_code', 'building'];
    const before = await Promise.all(kept.map(count));
    await take(tableOf(newer), '2023-12-31', { [EAST]: HEIR });
    expect(await Promise.all(kept.map(count))).toEqual(before);
    expect(await get<Region>(`/api/regions/${EAST}`)).toMatchObject({ validTo: '2023-12-31', successor: HEIR, households: 360 });
    expect(await get<Region>(`/api/regions/${COUNTY}`)).toMatchObject({ households: 540 });
    const client = new PlanClient(server.address, plan);
    const issues = (await client.checks()).issues.filter(({ check, community }) => check === 'code' && community === EAST);
    expect(issues).toMatchObject([{ message: 'code-region-ended-several', measured: 2 }]);
    const { communities } = await get<PlanDetail>(`/api/plans/${plan}`);
    expect(communities.find(({ code }) => code === EAST)).toMatchObject({ grids: 2, warnings: expect.any(Number) });
  });

  test('a new plan has neither what has ended nor what has no boundary', async () => {
    const made = await post<PlanDetail>(server.address, '/api/plans', { name: '新方案', region: COUNTY });
    expect(codesOf(made.body.communities)).toEqual([WEST, VILLAGE]);
    expect(made.body.communities.every(({ bounds, inside }) => [...bounds, ...inside].every(Number.isFinite))).toBe(true);
  });

  test('its successor may lie in its place', async () => {
    await ownerOf(server.database).query(`update region set outline = (select outline from region where code = $1) where code = $2`, [
      EAST,
      HEIR,
    ]);
    await inTransaction(server.database, SYSTEM, (db) =>
      db.query(
        `insert into block (community, households, population, buildings, shape) select $2, 0, 0, 0, shape from block where community = $1`,
        [EAST, HEIR],
      ),
    );
    const { body } = await post<PlanDetail>(server.address, '/api/plans', { name: '接替', region: COUNTY });
    expect(codesOf(body.communities)).toEqual([WEST, HEIR, VILLAGE]);
    const shapes = `select md5(string_agg(ST_AsText(shape), ' ' order by id)) as shapes from block where community = '${EAST}'`;
    const { rows: before } = await ownerOf(server.database).query(shapes);
    const cut = await new PlanClient(server.address, body.id).operate(HEIR, 0, {
      type: 'cut',
      line: [
        [99.7995, 39.4005],
        [99.8035, 39.4005],
      ],
    });
    expect(cut.status).toBe(200);
    // What lies below it and has ended is not beside it.
    expect((await ownerOf(server.database).query(shapes)).rows).toEqual(before);
  });

  test('back again under its code, its grids are no longer stale', async () => {
    await take(tableOf(whole), '2024-12-31');
    const issues = (await new PlanClient(server.address, plan).checks()).issues.filter(({ message }) => message.startsWith('code-region'));
    expect(issues).toEqual([]);
  });
});

describe('boundaries that come after the table', () => {
  const codes = { first: '620724100001', second: '620724100002', village: '620724101201' };
  const table = [
    { code: codes.first, name: '社区一', parentName: '城关镇' },
    { code: codes.second, name: '社区2', parentName: '城关镇' },
    { code: codes.village, name: '社区3', parentName: '渠口镇' },
    { code: '620724101202', name: '没有边界村', parentName: '渠口镇' },
  ];
  const bring = async () => {
    const files = await writeFiles(county());
    const outcome = await runImport(server.database, groundSources(files.paths), { by: OFFICE, decisions: NO_DECISIONS, store: true });
    await files.remove();
    return outcome;
  };

  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server?.close());

  test('a community that has ended is refused, with its successor', async () => {
    await take(tableOf(table), '2021-12-31');
    const recoded = table.map((row) => (row.code === codes.second ? { ...row, code: '620724100009' } : row));
    await take(tableOf(recoded), '2022-12-31', { [codes.second]: '620724100009' });
    const { problem, report } = await bring();
    expect(problem?.code).toBe('import-refused');
    expect(report?.findings).toContainEqual(
      expect.objectContaining({
        message: 'community-ended',
        feature: 2,
        values: { code: codes.second, name: '社区2', end: '2022-12-31', heir: '620724100009 社区2' },
      }),
    );
  });

  test('the others receive their ground and keep the name of the table', async () => {
    await take(tableOf(table), '2023-12-31');
    const regions = await count('region');
    const { problem, report } = await bring();
    expect(problem).toBeNull();
    expect(report?.findings.filter(({ message }) => message === 'name-by-table')).toMatchObject([{ feature: 1, verdict: 'mended' }]);
    expect(await count('region')).toBe(regions);
    const found = await get<Region[]>('/api/regions?within=620724');
    const named = found.map(({ code, name, bounds }) => [code.slice(6), name, bounds !== null]);
    expect(named).toEqual([
      ['100', '城关镇', true],
      ['100001', '社区一', true],
      ['100002', '社区2', true],
      ['101', '渠口镇', true],
      ['101201', '社区3', true],
      ['101202', '没有边界村', false],
    ]);
    const made = await post<PlanDetail>(server.address, '/api/plans', { name: '方案', region: '620724' });
    expect(codesOf(made.body.communities)).toEqual(Object.values(codes));
  });
});

describe('a file of codes through the import', () => {
  const file = readFileSync(new URL('../core/regions/qianjiang_500114.csv', import.meta.url), 'utf8');
  const newer = file.replace('500114001002,南海城社区居民委员会', '500114001099,南海城社区居民委员会');

  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server?.close());

  const send = <T>(path: string, method: string, body: unknown): Promise<{ status: number; body: T }> =>
    call<T>(server.address, path, { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

  /** The report of a preview, or of a run. */
  async function bring(text: string, validFrom: string, step: 'preview' | 'run', successors: Successors = {}): Promise<ImportStatus> {
    const { id } = (await post<ImportStatus>(server.address, '/api/imports', {})).body;
    const form = new FormData();
    form.set('file', new Blob([text]), '黔江区.csv');
    const added = await call<ImportSource>(server.address, `/api/imports/${id}/sources`, { method: 'POST', body: form });
    expect(added.body.choice).toMatchObject({
      kind: 'regions',
      fields: { code: 'code12', name: 'name', parent: 'street9', parentName: 'street_name' },
    });
    const path = `/api/imports/${id}/sources/${added.body.id}`;
    expect((await send<ImportSource>(path, 'PATCH', { settings: { validFrom, source: SOURCE } })).body.missing).toEqual([]);
    expect((await send(`/api/imports/${id}/${step}`, 'POST', { successors })).status).toBe(202);
    for (;;) {
      const status = await get<ImportStatus>(`/api/imports/${id}`);
      if (['previewed', 'done', 'failed'].includes(status.phase)) return status;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  test('brings the county; the newer file shows its changes first, and the run writes what was confirmed', async () => {
    const first = await bring(file, '2022-12-31', 'run');
    expect(first).toMatchObject({ phase: 'done', problem: null, report: { counts: { regions: { refused: 0 } } } });
    const regions = await count('region');
    const { report } = await bring(newer, '2023-12-31', 'preview');
    expect(report?.regions).toMatchObject([{ kind: 'recoded', old: { code: '500114001002' }, new: { code: '500114001099' } }]);
    expect(await count('region')).toBe(regions);
    await bring(newer, '2023-12-31', 'run', { '500114001002': '500114001099' });
    expect(await get<Region>('/api/regions/500114001002')).toMatchObject({ validTo: '2023-12-31', successor: '500114001099' });
    expect((await bring(newer, '2023-12-31', 'run')).report?.regions).toEqual([]);
  });

  test('an older file is refused with both days', async () => {
    const { phase, problem } = await bring(file, '2021-12-31', 'run');
    expect(phase).toBe('failed');
    expect(problem?.detail).toContain('2023-12-31');
  });
});

describe('whatever the tables are', () => {
  beforeEach(async () => {
    server = await startTestServer();
  });
  const row = fc.record({
    code: fc.constantFrom('620724100001', '620724100002', '620724100201', '620724101001', '620724101002'),
    name: fc.constantFrom('东街社区', '东街居委会', '西街社区', '西街村'),
  });
  const fixed = { code: '620724199001', name: '城外社区' };
  const table = fc.uniqueArray(row, { selector: ({ code }) => code, minLength: 1 }).map((rows) => tableOf([...rows, fixed]));

  test('the regions of its day are those of the table, and none is ever removed', async () => {
    let year = 1000;
    await fc.assert(
      fc.asyncProperty(fc.array(table, { minLength: 1, maxLength: 3 }), async (tables) => {
        for (const regions of tables) {
          year += 1;
          const before = await count('region');
          await take(regions, `${year}-12-31`);
          expect(await count('region')).toBeGreaterThanOrEqual(before);
          const found = (await on(`${year}-12-31`, '620724')).map(({ code, name }) => [code, name]);
          expect(found.filter(([code]) => code?.length === 12)).toEqual(
            regions.filter(({ code }) => code.length === 12).map(({ code, name }) => [code, name]),
          );
          expect(await take(regions, `${year}-12-31`)).toEqual([]);
        }
      }),
      { numRuns: 15 },
    );
    await server.close();
  });
});
