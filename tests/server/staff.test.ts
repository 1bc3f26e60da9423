// Staff of a grid: no identity numbers, phones only for those who draw or work in the county, dated statements without reasons.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Role } from '../../core/accounts/roles.ts';
import type { Clearance, GridFeature, OperationRecord } from '../../core/api/messages.ts';
import { Findings } from '../../core/import/findings.ts';
import { assignStaff } from '../../core/import/staff/assign-staff.ts';
import { inTransaction, SYSTEM, scoped } from '../../server/database/transaction.ts';
import { systemIdentity } from '../../server/http/identity.ts';
import { answerSeenBy, gridsSeenBy } from '../../server/staff/seen-by.ts';
import { readStaffedGrids } from '../../server/staff/store.ts';
import { writeStaff } from '../../server/staff/write-staff.ts';
import { call, PlanClient, post } from './client.ts';
import { COMMUNITIES, ownerOf, seedCounty, seedGrid, seedPlan, startTestServer, type TestServer } from './harness.ts';

const [EAST] = COMMUNITIES;
const WORKER = { role: '专职网格员', name: '张三', phone: '138 0013 8000' };

let server: TestServer;
let client: PlanClient;
let grid: number;
let blocks: readonly number[];

beforeAll(async () => {
  server = await startTestServer();
  blocks = (await seedCounty(server.database)).blocks[EAST] as number[];
  client = new PlanClient(server.address, await seedPlan(server.database));
  grid = await seedGrid(server.database, client.plan, EAST, blocks.slice(0, 3), '第一网格');
});
afterAll(() => server?.close());

const describeStaff = async (staff: unknown[]) =>
  client.operate(EAST, (await client.blocks(EAST)).revision, { type: 'describe', grid, set: { staff } } as never);

describe('what is entered', () => {
  test.each([
    ['name', [{ ...WORKER, name: '张三11010519491231002X' }]],
    ['role', [{ ...WORKER, role: '11010519491231002X' }]],
    ['phone', [{ ...WORKER, phone: '138****8000' }]],
    ['phone', [{ ...WORKER, phone: '请打办公室' }]],
  ])('an identity number or a masked phone in the %s is refused with its place, and nothing changes', async (field, staff) => {
    const before = await client.grids(EAST);
    const answer = await describeStaff(staff);
    expect(answer.status).toBe(400);
    expect(answer.body.at?.path).toContain(`staff.0.${field}`);
    expect(await client.grids(EAST)).toEqual(before);
  });

  test('the sentence says that it is an identity number', async () => {
    const { body } = await describeStaff([{ ...WORKER, name: '11010519491231002X' }]);
    expect(body.detail).toContain('身份证号');
  });

  test('the reason of an exception may hold none either', async () => {
    const { status } = await client.operate(EAST, (await client.blocks(EAST)).revision, {
      type: 'describe',
      grid,
      set: { reason: '户主 110105 19491231 002X 不同意' },
    });
    expect(status).toBe(400);
  });
});

describe('phones', () => {
  const asked = (region: string, ...roles: Role[]) => ({ region, roles: new Set(roles) });

  test('are whole for who draws or works in the county, masked for city and province, and in no history', async () => {
    expect((await describeStaff([WORKER])).status).toBe(200);
    const all = await client.grids(EAST);
    const phones = (asker: ReturnType<typeof asked>) =>
      gridsSeenBy(asker, all).features.flatMap(({ properties }) => properties.staff.map(({ phone }) => phone));
    expect(phones(asked('620724', 'viewer'))).toEqual([WORKER.phone]);
    expect(phones(asked('62', 'drafter'))).toEqual([WORKER.phone]);
    expect(phones(asked('6207', 'city'))).toEqual(['138****8000']);
    expect(phones(asked('62', 'province'))).toEqual(['138****8000']);
    const { body } = await call<OperationRecord[]>(server.address, `/api/plans/${client.plan}/operations?community=${EAST}`);
    expect(JSON.stringify(body)).toContain('张三');
    expect(JSON.stringify(body)).not.toContain('138');
  });

  test('an operation of a neighbour tells nothing of blocks out of reach', () => {
    const block = (community: string) => ({ properties: { community } });
    const answer = { grids: [] as GridFeature[], blocks: { changed: [block('620724100001'), block('620724101201')], removed: [] } };
    const seen = answerSeenBy(asked('620724100', 'drafter'), answer as never);
    expect(seen.blocks.changed).toEqual([block('620724100001')]);
  });
});

describe('statements on the staff', () => {
  const state = (body: object) => post<Clearance[]>(server.address, `/api/plans/${client.plan}/grids/${grid}/clearances`, body);
  const person = { role: WORKER.role, name: WORKER.name };

  test('are dated and named, hold no reason, and can be taken back', async () => {
    const { status, body } = await state({ ...person, cleared: true });
    expect(status).toBe(200);
    expect(body).toMatchObject([{ ...person, person: '演示' }]);
    expect(Date.parse(body[0]?.at ?? '')).toBeGreaterThan(0);
    expect((await client.grids(EAST)).features[0]?.properties.clearances).toEqual(body);
    expect((await state({ ...person, cleared: true, reason: '无' })).status).toBe(400);
    expect((await state({ ...person, cleared: false })).body).toEqual([]);
    expect((await client.grids(EAST)).features[0]?.properties.clearances).toEqual([]);
  });

  test('are about people of that grid only', async () => {
    expect(await state({ role: WORKER.role, name: '李四', cleared: true })).toMatchObject({ status: 404, body: { code: 'unknown-staff' } });
    const elsewhere = await post(server.address, `/api/plans/${client.plan}/grids/99999/clearances`, { ...person, cleared: true });
    expect(elsewhere).toMatchObject({ status: 404, body: { code: 'unknown-grid' } });
  });

  test('may be made while the plan is frozen, and are never altered', async () => {
    const plan = await seedPlan(server.database, EAST);
    const whole = await seedGrid(server.database, plan, EAST, blocks);
    await ownerOf(server.database).query('update grid set staff = $2 where id = $1', [whole, JSON.stringify([WORKER])]);
    await ownerOf(server.database).query(`update plan set state = 'submitted' where id = $1`, [plan]);
    const answer = await post(server.address, `/api/plans/${plan}/grids/${whole}/clearances`, { ...person, cleared: true });
    expect(answer.status).toBe(200);
    await expect(ownerOf(server.database).query(`update clearance set cleared = true`)).rejects.toMatchObject({ code: '23000' });
    await expect(ownerOf(server.database).query(`delete from clearance`)).rejects.toMatchObject({ code: '23000' });
  });
});

describe('a list of the staff', () => {
  test('is written as operations that can be undone; the same list again is none', async () => {
    const { database } = server;
    const own = await seedGrid(database, client.plan, EAST, blocks.slice(3), '第二网格');
    const listed = { role: '网格长', name: '李强', phone: '13900139000' };
    const revision = async () => (await client.blocks(EAST)).revision;
    const before = await revision();
    const write = async (): Promise<number> => {
      const grids = await readStaffedGrids(scoped(database, SYSTEM), client.plan);
      const row = { feature: 1, grid: '', gridName: '第二网格', community: '', member: listed };
      const { changes } = assignStaff([row], grids, new Findings());
      await inTransaction(database, SYSTEM, (db) => writeStaff(db, systemIdentity('test'), client.plan, changes));
      return changes.length;
    };
    const staffOf = async () => (await client.grids(EAST)).features.find(({ id }) => id === own)?.properties.staff;
    expect([await write(), await write()]).toEqual([1, 0]);
    expect([await staffOf(), await revision()]).toEqual([[listed], before + 1]);
    await client.operate(EAST, before + 1, { type: 'undo' });
    expect(await staffOf()).toEqual([]);
  });
});
