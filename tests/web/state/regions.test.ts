// The regions of the plan in hand over a real server that answers when the test lets it.
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createRegionClient } from '../../../web/api/region-client.ts';
import { createRegions } from '../../../web/state/regions.ts';

let server: Server;
/** Questions for regions that are not answered yet, by the region. */
let open: Map<string, ServerResponse>;
let regions: ReturnType<typeof createRegions>;

beforeEach(async () => {
  open = new Map();
  server = createServer(({ url = '' }, answer) => {
    const within = new URL(url, 'http://local').searchParams.get('within');
    if (within === null) answer.setHeader('content-type', 'application/json').end('[]');
    else open.set(within, answer);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  regions = createRegions(createRegionClient(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, () => 'zh'));
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

/** Answers the question for a region; it knows one community there. */
function answer(region: string): void {
  const community = {
    code: `${region}100001`,
    name: '',
    level: 'community',
    validFrom: null,
    validTo: null,
    bounds: null,
    formerName: null,
  };
  open
    .get(region)
    ?.setHeader('content-type', 'application/json')
    .end(JSON.stringify([community]));
}
const known = (): string[] => [...regions.getState().regions.keys()];
const asked = (...codes: string[]) => expect.poll(() => [...open.keys()].sort()).toEqual(codes);

test('of the plan that was opened last are shown, however late those of the one before arrive', async () => {
  const { read } = regions.getState();
  const reads = ['620723', '620724'].map(read);
  await asked('620723', '620724');
  answer('620724');
  await reads[1];
  expect(known()).toEqual(['620724100001']);
  answer('620723');
  await reads[0];
  expect(known()).toEqual(['620724100001']);
});

test('are forgotten when they cannot be read', async () => {
  const { read } = regions.getState();
  const first = read('620724');
  await asked('620724');
  answer('620724');
  await first;
  const second = read('620723');
  await asked('620723', '620724');
  open.get('620723')?.writeHead(500).end();
  await second;
  expect(known()).toEqual([]);
});
