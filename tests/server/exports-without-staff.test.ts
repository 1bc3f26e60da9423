// Every file of a layout leaves the house without its staff: no name, no phone.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { GridCollection } from '../../core/api/messages.ts';
import { type RunningServer, startServer } from '../../server/serve.ts';
import { call } from './client.ts';
import { COUNTY, freshPlace, ownerOf, type Place, seedCounty } from './harness.ts';
import { drawnPlan, toOfficial } from './lifecycle-people.ts';

const ONEGRID = fileURLToPath(new URL('../../bin/onegrid.js', import.meta.url));
const WORKER = { role: '专职网格员', name: '张三', phone: '13800138000' };

let place: Place;
let server: RunningServer | null = null;
let plan: number;
let folder: string;

beforeAll(async () => {
  place = await freshPlace();
  folder = await mkdtemp(join(tmpdir(), 'onegrid-exports-'));
  server = await startServer(place.settings);
  const { database } = server.context;
  await seedCounty(database);
  plan = await drawnPlan(database);
  await ownerOf(database).query('update grid set staff = $2 where plan = $1', [plan, JSON.stringify([WORKER])]);
  await toOfficial(server.context, plan, '2026-03-01');
});
afterAll(async () => {
  await server?.stop();
  await place.remove();
  await rm(folder, { recursive: true, force: true });
});

/** The grids are all there. */
function expectNoStaff(file: string): void {
  expect(JSON.parse(file).features).toHaveLength(3);
  for (const personal of [WORKER.name, WORKER.phone, '"staff"', '"clearances"']) expect(file).not.toContain(personal);
}

test('those that the server gives away', async () => {
  const address = server?.address ?? '';
  const { body } = await call<GridCollection>(address, `/api/plans/${plan}/grids`);
  expect(body.features.map(({ properties }) => properties.staff)).toEqual([[WORKER], [WORKER], [WORKER]]);
  for (const path of [`/api/plans/${plan}/export`, `/api/layout/export?region=${COUNTY}&date=2026-03-01`]) {
    expectNoStaff(await (await fetch(`${address}${path}`)).text());
  }
});

test('the one that the command line writes', async () => {
  await server?.stop();
  server = null;
  const out = join(folder, 'layout.geojson');
  const env = { ...process.env, ...place.variables };
  await promisify(execFile)(process.execPath, [ONEGRID, 'export', '--plan', String(plan), '--out', out], { env });
  expectNoStaff(await readFile(out, 'utf8'));
});
