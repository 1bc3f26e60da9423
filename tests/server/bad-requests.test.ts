// Ten thousand bad requests: each is refused with a problem, the server stays up and the database as it was.
import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Problem } from '../../core/api/messages.ts';
import zh from '../../server/texts/zh.json' with { type: 'json' };
import { COMMUNITIES, ownerOf, seedCounty, seedGrid, seedPlan, startTestServer, type TestServer } from './harness.ts';

const REQUESTS = 10_000;
const AT_ONCE = 16;
const [COMMUNITY] = COMMUNITIES;

let server: TestServer;
let plan: number;
let grid: number;
beforeAll(async () => {
  server = await startTestServer();
  const { blocks } = await seedCounty(server.database);
  plan = await seedPlan(server.database);
  grid = await seedGrid(server.database, plan, COMMUNITY, blocks[COMMUNITY] ?? []);
});
afterAll(() => server?.close());

interface Bad {
  readonly method: string;
  readonly path: string;
  readonly type?: string;
  readonly body?: string;
}

const post = (path: string, body: unknown, type = 'application/json'): Bad => ({
  method: 'POST',
  path,
  type,
  body: typeof body === 'string' ? body : JSON.stringify(body),
});
const operate = (operation: unknown, more: object = {}): Bad =>
  post(`/api/plans/${plan}/operations`, { community: COMMUNITY, base: 0, operation, ...more });
const around = (longitude: number, latitude: number, size: number) => [
  [longitude, latitude],
  [longitude + size, latitude],
  [longitude + size, latitude + size],
  [longitude, latitude + size],
  [longitude, latitude],
];
/** Every kind of bad request; `n` makes each one a little different. */
const kinds: readonly ((n: number) => Bad)[] = [
  (n) => ({ method: 'GET', path: `/api/nothing/${n}` }),
  (n) => ({ method: 'GET', path: `/api/plans/${100_000 + n}` }),
  (n) => ({ method: 'GET', path: `/api/plans/${'9'.repeat(5 + (n % 40))}/grids` }),
  (n) => ({ method: 'GET', path: `/api/plans/${plan}/blocks?community=${n}` }),
  () => ({ method: 'GET', path: `/api/plans/${plan}/blocks?community=000000000000` }),
  () => ({ method: 'GET', path: `/api/plans/${plan}/blocks` }),
  () => ({ method: 'GET', path: '/api/plans/1;drop table plan'.replaceAll(' ', '%20') }),
  (n) => ({ method: 'GET', path: `/api/regions?parent=${encodeURIComponent(`'${n}`)}` }),
  () => ({ method: 'GET', path: '/api/regions/%00' }),
  (n) => ({ method: 'GET', path: `/api/codes/${n}x` }),
  () => ({ method: 'GET', path: '/api/%E0%A4%A' }),
  (n) => ({ method: 'GET', path: `/api/plans/${plan}/operations?limit=${-n}` }),
  (n) => ({ method: 'GET', path: `/api/plans/${plan}/export?format=f${n}` }),
  (n) => ({ method: 'GET', path: `/tiles/regions/${n}/-1/x` }),
  (n) => ({ method: 'GET', path: `/tiles/layer${n}/1/1/1` }),
  (n) => ({ method: 'GET', path: `/api/imports/${n}` }),
  (n) => ({ method: 'DELETE', path: `/api/plans/${plan}/${n}` }),
  (n) => post(`/api/plans/${plan}/operations`, '{"a":'.repeat(1 + (n % 50))),
  (n) => post(`/api/plans/${plan}/operations`, '['.repeat(1 + (n % 5_000))),
  () => post(`/api/plans/${plan}/operations`, ''),
  () => post(`/api/plans/${plan}/operations`, 'null'),
  () => post(`/api/plans/${plan}/operations`, '{}', 'text/plain'),
  () => post(`/api/plans/${plan}/operations`, '<x/>', 'application/xml'),
  (n) => post('/api/imports', { number: n }),
  () => post('/api/imports/none/preview', {}),
  () => post('/api/imports', 'x', 'multipart/form-data; boundary=b'),
  (n) => post('/api/plans', { name: '', region: String(n) }),
  () => post('/api/plans', { name: 'x', region: '999999' }),
  () => post('/api/plans', { name: 'x', region: '620724', profile: '__proto__' }),
  (n) => post(`/api/plans/${plan}/codes`, { community: n }),
  (n) => operate({ type: 'cut', line: around(10 + (n % 100), 10, 0.01) }),
  (n) => operate({ type: 'cut', line: [[n, n]] }),
  () =>
    operate({
      type: 'cut',
      line: [
        [null, 39],
        ['a', 39],
      ],
    }),
  () =>
    operate({
      type: 'cut',
      line: [
        [1e308, 39],
        [99, -1e308],
      ],
    }),
  () =>
    operate({
      type: 'cut',
      line: [
        [99.8, 39.4],
        [99.8, 39.4],
      ],
    }),
  () =>
    operate({
      type: 'carve',
      kind: 'dedicated',
      polygon: [
        [
          [99.8, 39.4],
          [99.802, 39.402],
          [99.802, 39.4],
          [99.8, 39.402],
          [99.8, 39.4],
        ],
      ],
    }),
  (n) => operate({ type: 'carve', kind: 'dedicated', polygon: [around(20 + (n % 50), 20, 0.1)] }),
  () => operate({ type: 'carve', kind: 'castle', polygon: [around(99.8, 39.4, 0.001)] }),
  () =>
    operate({
      type: 'reshape',
      grid,
      line: [
        [99, 39],
        [99.1, 39.1],
      ],
    }),
  (n) =>
    operate({
      type: 'reshape',
      grid: 1_000_000 + n,
      line: [
        [99.8, 39.4],
        [99.9, 39.5],
      ],
    }),
  () => operate({ type: 'merge', grids: [grid], into: grid }),
  (n) => operate({ type: 'merge', grids: [n + 500_000, grid], into: grid }),
  (n) => operate({ type: 'assign', blocks: [1_000_000 + n], to: 'new' }),
  (n) => operate({ type: 'assign', blocks: [2 ** 31 + n], to: 'new' }),
  () => operate({ type: 'assign', blocks: [], to: 'new' }),
  (n) => operate({ type: 'describe', grid, set: { name: 'x'.repeat(81 + (n % 1_000)) } }),
  () => operate({ type: 'describe', grid, set: { reason: 'a\u0000b' } }),
  () => operate({ type: 'describe', grid, set: { colour: 'red' } }),
  (n) => operate({ type: `t${n}` }),
  () => operate({ type: 'undo' }),
  () => operate({ type: 'redo' }),
  () => operate({ type: 'lock', grids: [grid] }, { base: 7 }),
  () => operate({ type: 'lock', grids: [grid] }, { community: '110101001001' }),
  () => operate({ type: 'lock', grids: [grid] }, { community: 'x' }),
  () => operate({ type: 'lock', grids: [grid] }, { extra: true }),
];
/** Above the limit of a megabyte: dear to send, so only now and then. */
const oversize = (): Bad => post(`/api/plans/${plan}/operations`, `"${'x'.repeat(1_200_000)}"`);
const OVERSIZE_EVERY = 500;

function send({ method, path, type, body }: Bad, language: string): Promise<{ status: number; type: string; text: string }> {
  return new Promise((resolve, reject) => {
    const headers = { 'accept-language': language, ...(type ? { 'content-type': type } : {}) };
    const request = httpRequest(server.address + path, { method, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, type: response.headers['content-type'] ?? '', text }));
    });
    request.on('error', reject);
    request.end(body);
  });
}

async function fingerprint(): Promise<unknown> {
  const { rows } = await ownerOf(server.database).query(
    `select (select md5(string_agg(t::text, ';' order by t.id)) from block t) as blocks, (select md5(string_agg(t::text, ';' order by t.id)) from grid t) as grids,
       (select md5(string_agg(t::text, ';' order by t.code)) from region t) as regions, (select count(*) from operation) as operations,
       (select md5(string_agg(t::text, ';' order by t.id)) from plan t) as plans, (select count(*) from grid_code) as codes,
       (select md5(string_agg(t::text, ';' order by t.plan, t.block)) from grid_block t) as assignments,
       (select md5(string_agg(t::text, ';' order by t.plan, t.community)) from plan_community t) as communities`,
  );
  return rows[0];
}

test(`${REQUESTS} bad requests change nothing`, { timeout: 15 * 60_000 }, async () => {
  const before = await fingerprint();
  const codes = new Set<string>();
  let next = 0;
  const sender = async (): Promise<void> => {
    for (let n = next++; n < REQUESTS; n = next++) {
      const bad = n % OVERSIZE_EVERY === 0 ? oversize() : (kinds[n % kinds.length] as (n: number) => Bad)(n);
      const english = n % 2 === 0;
      const { status, type, text } = await send(bad, english ? 'en' : 'zh');
      const what = `${bad.method} ${bad.path} ${bad.body?.slice(0, 200)} → ${status} ${text.slice(0, 300)}`;
      expect(status >= 400 && status < 500, what).toBe(true);
      expect(type, what).toContain('application/problem+json');
      const problem = JSON.parse(text) as Problem;
      expect(zh, what).toHaveProperty([problem.code]);
      expect(/\p{Script=Han}/u.test(problem.detail.replace(/“.*”/, '')), what).toBe(!english);
      codes.add(problem.code);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, sender));
  expect([...codes]).toEqual(
    expect.arrayContaining(['malformed-json', 'body-too-large', 'unsupported-content-type', 'line-misses-community', 'stale-base']),
  );
  expect(await fingerprint()).toEqual(before);
  expect((await fetch(`${server.address}/api/health`)).status).toBe(200);
});
