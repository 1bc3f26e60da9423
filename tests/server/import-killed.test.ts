// Never half: the server is killed while it writes an import; what was stored before is there, and nothing else.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ImportStatus } from '../../core/api/import-messages.ts';
import { openDatabase } from '../../server/database/open.ts';
import { call } from './client.ts';
import { freshPlace, type Place } from './harness.ts';
import { contentOf } from './import-desk.ts';

const TIMEOUT_MILLISECONDS = 10 * 60_000;
const PAUSE_MILLISECONDS = 20;
/** Of the demo county. */
const BUILDINGS = 24_693;
const COMMAND = fileURLToPath(new URL('../../bin/onegrid.js', import.meta.url));

let place: Place;
beforeAll(async () => {
  place = await freshPlace();
});
afterAll(() => place?.remove());

async function serve(): Promise<{ server: ChildProcess; address: string }> {
  const server = spawn(process.execPath, [COMMAND, 'serve'], { env: { ...process.env, ...place.variables, PORT: '0' }, stdio: 'pipe' });
  const [line] = (await once(createInterface({ input: server.stdout }), 'line')) as [string];
  return { server, address: (JSON.parse(line) as { address: string }).address };
}

async function stored(): Promise<Record<string, string>> {
  const database = await openDatabase(place.settings);
  return contentOf(database).finally(() => database.close());
}

async function demo(): Promise<FormData> {
  const form = new FormData();
  for (const name of ['communities', 'buildings', 'barriers']) {
    const path = fileURLToPath(new URL(`../../fixtures/gaotai/${name}.geojson.gz`, import.meta.url));
    form.set(name, new Blob([new Uint8Array(await readFile(path))]), `${name}.geojson.gz`);
  }
  return form;
}

test('an import that is killed in the middle of writing leaves nothing, or is there as a whole', {
  timeout: TIMEOUT_MILLISECONDS,
}, async () => {
  const before = await stored();
  const { server, address } = await serve();
  const { body } = await call<ImportStatus>(address, '/api/imports', { method: 'POST', body: await demo() });
  for (;;) {
    const status = await call<ImportStatus>(address, `/api/imports/${body.id}`);
    expect(status.body.problem).toBeNull();
    if (status.body.phase === 'writing' || status.body.phase === 'done') break;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MILLISECONDS));
  }
  server.kill('SIGKILL');
  await once(server, 'exit');
  const after = await stored();
  // The last word of the server may be older than what it did since: then all of it is there.
  const isWhole = after.building?.startsWith(`${BUILDINGS} `) && after.audit_entry?.startsWith('1 ');
  if (!isWhole) expect(after).toEqual(before);

  const again = await serve();
  expect((await fetch(`${again.address}/api/health`)).status).toBe(200);
  again.server.kill('SIGTERM');
  expect((await once(again.server, 'exit'))[0]).toBe(0);
});
