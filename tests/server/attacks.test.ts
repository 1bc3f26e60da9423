// What somebody with an account of their own, or none, tries against everybody else; each of these once went through.
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import express from 'express';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { LifecycleStatus, PlanDetail } from '../../core/api/messages.ts';
import { applyChange } from '../../server/accounts/administer.ts';
import { openSession } from '../../server/accounts/sign-in.ts';
import { type Account, findAccount } from '../../server/accounts/store.ts';
import { SYSTEM, scoped } from '../../server/database/transaction.ts';
import { ApiDocument } from '../../server/http/api-document.ts';
import { authorise } from '../../server/http/authorise.ts';
import { systemIdentity } from '../../server/http/identity.ts';
import { answerProblem } from '../../server/http/problem.ts';
import { COMMUNITIES, COUNTY, NEIGHBOURS, ownerOf, seedCounty, seedNeighbour, seedPlan } from './harness.ts';
import { Browser, type PeopleServer, startPeopleServer } from './people.ts';

const BASE_MAP = 'tiles of an internal map';

let folder: string;
let server: PeopleServer;
/** A drafter of one of the two towns of the county. */
let town: Browser;
/** Of the whole county. */
let plan: number;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'onegrid-attacks-'));
  await writeFile(join(folder, 'map.pmtiles'), BASE_MAP);
  server = await startPeopleServer({ BASE_MAP_KIND: 'pmtiles', BASE_MAP_URL: join(folder, 'map.pmtiles') });
  await seedCounty(server.database);
  await seedNeighbour(server.database);
  plan = await seedPlan(server.database);
  await server.person('town', '620724100', ['drafter']);
  town = new Browser(server.address);
  expect((await town.signIn('town')).status).toBe(200);
});
afterAll(async () => {
  await server?.close();
  await rm(folder, { recursive: true, force: true });
});

describe('a drafter of one town', () => {
  test('does not give the plan of the whole county other rules', async () => {
    const { status, body } = await town.post(`/api/plans/${plan}/profile`, { profile: 'qianjiang-2022', version: 1 });
    expect([status, body.code]).toEqual([403, 'region-out-of-reach']);
    expect((await town.get<PlanDetail>(`/api/plans/${plan}`)).body.profile).toBe('gansu-2023');
  });

  test('does not let the plan of the whole county follow another code scheme', async () => {
    const { status, body } = await town.post(`/api/plans/${plan}/scheme`, { scheme: 'cjt349-20', version: 1 });
    expect([status, body.code]).toEqual([404, 'unknown-plan']);
    expect((await town.get<PlanDetail>(`/api/plans/${plan}`)).body.scheme).toBe('gb15');
  });

  test('does not learn what the checks found in another town', async () => {
    const found = JSON.stringify([{ check: 'size', severity: 'warning', excused: false }]);
    await ownerOf(server.database).query(`update plan_community set issues = $2, warnings = 1 where plan = $1 and community = $3`, [
      plan,
      found,
      COMMUNITIES[2],
    ]);
    expect((await town.get<LifecycleStatus>(`/api/plans/${plan}/steps`)).body.warnings).toEqual([]);
  });

  test.each(['62', '6207', COUNTY])('puts no plan of region %s before everybody there', async (region) => {
    const { status, body } = await town.post('/api/plans', { name: '伪造方案', region });
    expect([status, body.code]).toEqual([404, 'unknown-region']);
    const { rows } = await ownerOf(server.database).query(`select id from plan where name = '伪造方案'`);
    expect(rows).toEqual([]);
  });

  test('does not learn from an import which communities there are in another county', async () => {
    const [there] = NEIGHBOURS;
    const answers = await Promise.all([there, '500114001099'].map((code) => importOf(town, code)));
    const [known, unknown] = answers.map((answer) => answer.replaceAll(there, '·').replaceAll('500114001099', '·'));
    expect(known).toEqual(unknown);
  });
});

describe('nobody in particular', () => {
  test.each(['GET', 'HEAD', 'POST'])('reaches with %s no route that forgot to say what it needs', async (method) => {
    const app = express().use(authorise(new ApiDocument(), async () => null));
    let reached = 0;
    app.all('/api/forgotten', (_request, response) => {
      reached += 1;
      response.end();
    });
    const listening = app.use(answerProblem).listen(0, '127.0.0.1');
    await once(listening, 'listening');
    const { port } = listening.address() as AddressInfo;
    for (const path of ['/api/forgotten', '/API/Forgotten/', '/api/forgotten?x=/']) {
      expect((await fetch(`http://127.0.0.1:${port}${path}`, { method })).status).toBe(404);
    }
    expect(reached).toBe(0);
    listening.close();
  });

  test('finds no code of a single sign-on in what the server notes of its own failures', async () => {
    const noted = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const app = express().get('/return', () => {
      throw new Error('broken');
    });
    const listening = app.use(answerProblem).listen(0, '127.0.0.1');
    await once(listening, 'listening');
    const { port } = listening.address() as AddressInfo;
    expect((await fetch(`http://127.0.0.1:${port}/return?code=secret`)).status).toBe(500);
    expect(noted.mock.calls.map(([line]) => line)).toEqual(['GET /return:']);
    noted.mockRestore();
    listening.close();
  });

  test('does not get at the base map of the office', async () => {
    const path = '/base-map.pmtiles';
    expect((await new Browser(server.address).get(path)).body.code).toBe('sign-in-needed');
    expect(await (await town.raw(path)).text()).toBe(BASE_MAP);
  });
});

test('whoever knows an old password is not let in by it while another is being set', async () => {
  const { context } = server;
  const id = await server.person('slow', COUNTY, ['viewer']);
  const account = (await findAccount(scoped(context.database, SYSTEM), 'slow')) as Account;
  await applyChange(context, systemIdentity('test'), id, { password: 'another good password' });
  const opening = openSession(context, account, { address: '', token: null }, { attempt: null, proven: false, byPassword: true });
  await expect(opening).rejects.toMatchObject({ code: 'sign-in-failed' });
});

test.each(['events/', 'EVENTS'])('live updates asked for as %s end with the session, too', async (name) => {
  const browser = new Browser(server.address);
  await browser.signIn('town');
  const stream = await browser.raw(`/api/plans/${plan}/${name}`);
  expect(stream.status).toBe(200);
  await browser.signOut();
  // Runs into the time limit of the test where nothing ends it.
  await (async () => {
    for await (const _ of stream.body ?? []);
  })().catch(() => undefined);
});

/** Code of the problem and the findings of an import of one square community. */
async function importOf(browser: Browser, code: string): Promise<string> {
  const square = [
    [
      [99, 30],
      [99.002, 30],
      [99.002, 30.002],
      [99, 30.002],
      [99, 30],
    ],
  ];
  const one = (geometry: object, properties: object) =>
    new Blob([JSON.stringify({ type: 'FeatureCollection', features: [{ type: 'Feature', properties, geometry }] })]);
  const form = new FormData();
  form.append('communities', one({ type: 'Polygon', coordinates: square }, { code, name: '某村' }), 'communities.geojson');
  form.append('buildings', one({ type: 'Point', coordinates: [99.001, 30.001] }, { households: 3 }), 'buildings.geojson');
  let response = await browser.raw('/api/imports', { method: 'POST', body: form });
  // One import at a time.
  while (response.status === 409) {
    await pause(20);
    response = await browser.raw('/api/imports', { method: 'POST', body: form });
  }
  if (response.status !== 202) throw new Error(`the import was not taken: ${await response.text()}`);
  const { id } = (await response.json()) as { id: string };
  for (;;) {
    const { body } = await browser.get<{ phase: string; problem: { code: string } | null; report: { findings: unknown } | null }>(
      `/api/imports/${id}`,
    );
    if (body.phase === 'done' || body.phase === 'failed') return JSON.stringify([body.problem, body.report?.findings]);
    await pause(100);
  }
}
