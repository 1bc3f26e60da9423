// Names of grids: two people may give the same one at the same moment, and what cannot be seen is no part of it.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { OperationAnswer } from '../../core/api/messages.ts';
import { PlanClient } from './client.ts';
import { ownerOf, seedCounty, seedGrid, seedPlan, startTestServer, type TestServer } from './harness.ts';

const [EAST, WEST] = ['620724100001', '620724100002'];
let server: TestServer;
let client: PlanClient;
const grids: number[] = [];

beforeAll(async () => {
  server = await startTestServer();
  const { blocks } = await seedCounty(server.database);
  const plan = await seedPlan(server.database);
  for (const community of [EAST, WEST]) grids.push(await seedGrid(server.database, plan, community, blocks[community] ?? [], community));
  client = new PlanClient(server.address, plan);
});

afterAll(() => server?.close());

const rename = (community: string, base: number, name: string) =>
  client.operate(community, base, { type: 'describe', grid: grids[community === EAST ? 0 : 1] as number, set: { name } });

test('the same name given in two communities of a town at once is a fault of both', async () => {
  for (let round = 0; round < 10; round++) {
    const answers = await Promise.all([rename(EAST, round, `第${round}网格`), rename(WEST, round, `第${round}网格`)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    const { rows } = await ownerOf(server.database).query<{ faults: number }>(
      `select (select count(*)::int from jsonb_array_elements(issues) as issue where issue ->> 'check' = 'name') as faults
       from plan_community where plan = $1 and community = any($2) order by community`,
      [client.plan, [EAST, WEST]],
    );
    expect(rows.map(({ faults }) => faults)).toEqual([1, 1]);
  }
});

test('a name is kept as it is seen: without zero-width, direction and control characters', async () => {
  const { body } = await rename(EAST, 10, '\u202e东\u200b街\ufeff第一\n网格\u0007');
  expect((body as OperationAnswer).grids.map(({ properties }) => properties.name)).toEqual(['东街第一 网格']);
});

test('a name of which nothing is seen is refused', async () => {
  const { status, body } = await rename(EAST, 11, '\u200b\u2060\u00ad');
  expect(status).toBe(400);
  expect(body).toMatchObject({ code: 'bad-request', at: { path: 'operation.set.name' } });
});
