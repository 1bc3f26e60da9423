// What somebody with an account of their own, or none, tries against everybody else; each of these once went through.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PlanDetail } from '../../core/api/messages.ts';
import { COUNTY, NEIGHBOURS, ownerOf, seedCounty, seedNeighbour, seedPlan } from './harness.ts';
import { Browser, type PeopleServer, startPeopleServer } from './people.ts';

let server: PeopleServer;
/** A drafter of one of the two towns of the county. */
let town: Browser;
/** Of the whole county. */
let plan: number;

beforeAll(async () => {
  server = await startPeopleServer();
  await seedCounty(server.database);
  await seedNeighbour(server.database);
  plan = await seedPlan(server.database);
  await server.person('town', '620724100', ['drafter']);
  town = new Browser(server.address);
  expect((await town.signIn('town')).status).toBe(200);
});
afterAll(() => server?.close());

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
  while (response.status === 409)
    response = await browser.raw('/api/imports', { method: 'POST', body: form.has('communities') ? form : null });
  const { id } = (await response.json()) as { id: string };
  for (;;) {
    const { body } = await browser.get<{ phase: string; problem: { code: string } | null; report: { findings: unknown } | null }>(
      `/api/imports/${id}`,
    );
    if (body.phase === 'done' || body.phase === 'failed') return JSON.stringify([body.problem, body.report?.findings]);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
