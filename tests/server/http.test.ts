// What every request meets: problems in two languages, limits, health, API document, live updates, the built page.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Health, Problem } from '../../core/api/messages.ts';
import type { PlanFailureCode } from '../../core/plan/failure.ts';
import { EventHub } from '../../server/events/hub.ts';
import { answerProblem } from '../../server/http/problem.ts';
import { requestLimit, safeHeaders } from '../../server/http/protect.ts';
import { MAX_JSON_BYTES } from '../../server/http/request.ts';
import { staticRoutes } from '../../server/http/static.ts';
import en from '../../server/texts/en.json' with { type: 'json' };
import zh from '../../server/texts/zh.json' with { type: 'json' };
import { seedCounty, seedPlan, startTestServer, type TestServer } from './harness.ts';

let server: TestServer;
let plan: number;

beforeAll(async () => {
  server = await startTestServer();
  await seedCounty(server.database);
  plan = await seedPlan(server.database);
});
afterAll(() => server?.close());

const ask = (path: string, init: RequestInit = {}) => fetch(server.address + path, init);
const json = (body: string): RequestInit => ({ method: 'POST', headers: { 'content-type': 'application/json' }, body });

/** The answer is a problem of that status and code, and tells nothing about the inside. */
async function problem(response: Response, status: number, code: string): Promise<Problem> {
  const text = await response.text();
  expect(response.headers.get('content-type')).toContain('application/problem+json');
  expect(text).not.toMatch(/node_modules|\.ts:|at \w+ \(/);
  const body = JSON.parse(text) as Problem;
  expect(body).toMatchObject({ type: 'about:blank', status, code });
  expect(response.status).toBe(status);
  expect(body.detail.length).toBeGreaterThan(4);
  return body;
}

describe('sentences', () => {
  const failures: Record<PlanFailureCode, true> = {
    'unknown-block': true,
    'unknown-grid': true,
    'grid-locked': true,
    'line-misses-community': true,
    'line-misses-grid': true,
    'line-does-not-split': true,
    'line-tangled': true,
    'line-ends-off-border': true,
    'polygon-outside-community': true,
    'polygon-self-intersects': true,
    'merge-needs-two': true,
    'kind-needs-area': true,
    'kind-has-area': true,
    'nothing-to-divide': true,
    'kinds-differ': true,
    'parts-exceed-blocks': true,
    'profile-without-cells': true,
    'cells-need-grids': true,
    'grid-fits-one-cell': true,
    'too-many-cells': true,
    'cell-across-grids': true,
    'nothing-to-change': true,
    'nothing-to-undo': true,
    'nothing-to-redo': true,
  };

  test('every code has both languages, naming the same values', () => {
    const names = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
    expect(Object.keys(zh).sort()).toEqual(Object.keys(en).sort());
    for (const [code, text] of Object.entries(zh)) expect(names((en as Record<string, string>)[code] ?? ''), code).toEqual(names(text));
    for (const text of Object.values(zh)) expect(text).toMatch(/\p{Script=Han}/u);
  });
  test('every failure of a plan operation has one', () => {
    for (const code of Object.keys(failures)) expect(zh).toHaveProperty([code]);
  });
});

describe('bad requests', () => {
  const operations = () => `/api/plans/${plan}/operations`;

  test('the language follows Accept-Language, Chinese where nothing is said', async () => {
    const details = await Promise.all(
      ['', 'en-GB,en;q=0.9', 'zh-CN', 'fr', 'en;q=0.2,zh;q=0.8'].map(async (language) => {
        const response = await ask('/api/nothing', language ? { headers: { 'accept-language': language } } : {});
        return (await problem(response, 404, 'not-found')).detail;
      }),
    );
    expect(details.map((detail) => /\p{Script=Han}/u.test(detail))).toEqual([true, false, true, true, true]);
  });
  test('malformed JSON', async () => {
    await problem(await ask(operations(), json('{"community": ')), 400, 'malformed-json');
    await problem(await ask(operations(), json('"text"')), 400, 'malformed-json');
  });
  test('a field of the wrong type is named with its path', async () => {
    const body = { community: '620724100001', base: 0, operation: { type: 'assign', blocks: [1, 'x'], to: 'new' } };
    const answer = await problem(await ask(operations(), json(JSON.stringify(body))), 400, 'bad-request');
    expect(answer.at).toEqual({ path: 'operation.blocks.1' });
    expect(answer.detail).toContain('number');
  });
  test('a body above the limit', async () => {
    const answer = await problem(await ask(operations(), json(JSON.stringify({ x: 'x'.repeat(MAX_JSON_BYTES) }))), 413, 'body-too-large');
    expect(answer.detail).toContain(String(MAX_JSON_BYTES));
  });
  test('another content type', async () => {
    await problem(
      await ask(operations(), { method: 'POST', headers: { 'content-type': 'text/xml' }, body: '<x/>' }),
      415,
      'unsupported-content-type',
    );
    await problem(await ask(operations(), { method: 'POST', body: new Uint8Array([1, 2]) }), 415, 'unsupported-content-type');
  });
  test('unknown ids and addresses', async () => {
    await problem(await ask('/api/plans/99999'), 404, 'unknown-plan');
    await problem(await ask('/api/plans/99999999999999999999'), 404, 'unknown-plan');
    await problem(await ask('/api/plans/1%20or%201'), 404, 'unknown-plan');
    await problem(await ask('/api/regions/999999'), 404, 'unknown-region');
    await problem(await ask('/api/plans/%E0%A4%A'), 400, 'bad-request');
  });
  test('a character that no database column holds', async () => {
    const body = { name: 'a\u0000b', region: '620724' };
    await problem(await ask('/api/plans', json(JSON.stringify(body))), 400, 'bad-value');
  });
});

describe('health and the document of the interface', () => {
  test('health names engine and versions', async () => {
    const health = (await (await ask('/api/health')).json()) as Health;
    expect(health).toMatchObject({
      status: 'ready',
      loading: null,
      database: { engine: process.env.DATABASE_URL ? 'server' : 'embedded' },
    });
    expect(health.database.postgresql).toMatch(/^\d+\.\d+/);
    expect(health.database.postgis).toMatch(/^3\.\d+\.\d+/);
  });
  test('the document has every address with the schemas that check it', async () => {
    const document = (await (await ask('/api/openapi.json')).json()) as { openapi: string; paths: Record<string, object> };
    expect(document.openapi).toBe('3.1.0');
    expect(Object.keys(document.paths)).toEqual(
      expect.arrayContaining(['/api/health', '/api/regions', '/api/plans/{plan}/events', '/tiles/{layer}/{z}/{x}/{y}']),
    );
    const parameters = ['parent', 'within', 'on', 'ended'].map((name) => ({ name, in: 'query', required: false }));
    expect(document.paths['/api/regions']).toMatchObject({ get: { parameters } });
  });
});

describe('live updates', () => {
  test('a subscriber hears the events of its plan, and only those', async () => {
    const other = await seedPlan(server.database);
    const gone = new AbortController();
    const response = await ask(`/api/plans/${plan}/events`, { signal: gone.signal });
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    const decoder = new TextDecoder();
    const read = async () => decoder.decode((await reader.read()).value, { stream: true });
    let heard = await read();
    server.context.events.publish(other, { type: 'codes', data: 'other' });
    server.context.events.publish(plan, { type: 'blocks', data: { community: '东街\n社区' } });
    while (!/blocks.*\n\n$/s.test(heard)) heard += await read();
    expect(heard).toBe(': open\n\nevent: blocks\ndata: {"community":"东街\\n社区"}\n\n');
    gone.abort();
  });
  test('an unknown plan has none', async () => {
    await problem(await ask('/api/plans/99999/events'), 404, 'unknown-plan');
  });
  test.runIf(process.env.DATABASE_URL)(
    'processes that share a server hear each other; what is too large becomes a request to reload',
    async () => {
      const hub = await EventHub.open(server.settings);
      const heard: unknown[] = [];
      const both = new Promise<void>((resolve) => {
        hub.subscribe(plan, (event) => heard.push(event) === 2 && resolve());
      });
      server.context.events.publish(plan, { type: 'operation', data: '小' });
      server.context.events.publish(plan, { type: 'operation', data: '大'.repeat(4000) });
      await both;
      expect(heard).toEqual([
        { type: 'operation', data: '小' },
        { type: 'refresh', data: null },
      ]);
      await hub.close();
    },
  );
});

describe('the built page', () => {
  test('hashed files are kept, the page is asked for each time, unknown paths get the page', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'onegrid-web-'));
    await mkdir(join(folder, 'assets'));
    await writeFile(join(folder, 'index.html'), '<title>OneGrid</title>');
    await writeFile(join(folder, 'assets', 'app-1a2b.js'), '1');
    const site = createServer(express().use(staticRoutes(folder)));
    await new Promise<void>((listening) => site.listen(0, '127.0.0.1', listening));
    const get = (path: string) =>
      fetch(`http://127.0.0.1:${(site.address() as AddressInfo).port}${path}`, { headers: { accept: 'text/html' } });
    const [page, deep, file, lostFile, lostCall] = await Promise.all(
      ['/', '/plans/3', '/assets/app-1a2b.js', '/assets/old.js', '/api/x'].map(get),
    );
    expect(await page?.text()).toContain('OneGrid');
    expect(page?.headers.get('cache-control')).toBe('no-cache');
    expect(await deep?.text()).toContain('OneGrid');
    expect(file?.headers.get('cache-control')).toContain('immutable');
    expect([lostFile?.status, lostCall?.status]).toEqual([404, 404]);
    site.close();
    await rm(folder, { recursive: true });
  });
});

describe('what the browser is told', () => {
  test('no script but our own, no frame, no other host; nothing about the program', async () => {
    const { headers } = await ask('/api/health');
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/(^|;)script-src 'self'(;|$)/);
    expect(policy).toMatch(/(^|;)default-src 'self'(;|$)/);
    expect(policy).toMatch(/(^|;)connect-src 'self'(;|$)/);
    expect(policy).toMatch(/(^|;)frame-ancestors 'none'(;|$)/);
    expect(policy).not.toMatch(/unsafe-eval|upgrade-insecure|https?:/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-powered-by')).toBeNull();
  });

  test('a configured base map may be asked, and no other host', async () => {
    const other = express().use(
      safeHeaders({ baseMap: { kind: 'xyz', url: 'https://t{s}.example.cn/{z}/{x}/{y}.png?key=1', attribution: '' } }),
      (_request, response) => void response.end(),
    );
    const listening = createServer(other).listen(0);
    const { port } = listening.address() as AddressInfo;
    const policy = (await fetch(`http://127.0.0.1:${port}/`)).headers.get('content-security-policy');
    listening.close();
    expect(policy).toMatch(/connect-src 'self' https:\/\/\*\.example\.cn(;|$)/);
    expect(policy).toMatch(/script-src 'self'(;|$)/);
  });
});

test('an address that asks too often is told when to come back', async () => {
  const app = express().use(requestLimit({ requestsPerMinute: 3 }), (_request, response) => void response.json({}));
  app.use(answerProblem);
  const listening = createServer(app).listen(0);
  const { port } = listening.address() as AddressInfo;
  const answers = [];
  for (let i = 0; i < 4; i++) answers.push(await fetch(`http://127.0.0.1:${port}/`));
  listening.close();
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429]);
  expect(Number(answers[3]?.headers.get('retry-after'))).toBeGreaterThan(0);
  await problem(answers[3] as Response, 429, 'too-many-requests');
});
