// What nobody foresaw: the answer says that it went wrong, and nothing of the inside.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ownerOf, startTestServer, type TestServer } from './harness.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
  await ownerOf(server.database).query('alter table plan rename to plan_that_went_away');
});
afterAll(() => server?.close());

test.each([
  ['zh', '服务器内部错误,数据未作任何改动。'],
  ['en', 'Something went wrong inside the server; nothing was changed.'],
])('a table that is not there is an internal error in %s', async (language, detail) => {
  const response = await fetch(`${server.address}/api/plans`, { headers: { 'accept-language': language } });
  const text = await response.text();
  expect([response.status, response.headers.get('content-type')]).toEqual([500, expect.stringContaining('application/problem+json')]);
  expect(Object.keys(JSON.parse(text)).sort()).toEqual(['code', 'detail', 'status', 'title', 'type']);
  expect(JSON.parse(text)).toMatchObject({ status: 500, code: 'internal', detail });
  const heads = JSON.stringify([...response.headers]);
  for (const inside of ['select', 'relation', '42P01', 'node_modules', '.ts', 'Error:', 'stack'])
    expect(`${heads} ${text}`).not.toContain(inside);
});

test('and the server goes on answering', async () => {
  await ownerOf(server.database).query('alter table plan_that_went_away rename to plan');
  expect(await (await fetch(`${server.address}/api/plans`)).json()).toEqual([]);
});
