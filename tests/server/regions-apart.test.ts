// Every operation, asked by every kind of account about things of another region: refused, or answered exactly as if they did not exist.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DEMO_ACCOUNTS, type DemoAccount } from '../../core/accounts/demo-accounts.ts';
import { permissionsOf } from '../../core/accounts/roles.ts';
import type { ApiOperation } from '../../server/http/api-document.ts';
import { post } from './client.ts';
import {
  COMMUNITIES,
  COUNTY,
  NEIGHBOUR,
  NEIGHBOURS,
  ownerOf,
  seedCounty,
  seedGrid,
  seedNeighbour,
  seedPlan,
  startTestServer,
  type TestServer,
} from './harness.ts';

/** What there is in the other region, and the same kind of name for what there is nowhere. */
interface Names {
  readonly plan: number | string;
  readonly grid: number | string;
  readonly region: string;
  readonly community: string;
  readonly code: string;
  readonly division: string;
  readonly import: string;
  readonly filing: number | string;
  readonly account: number | string;
}

let server: TestServer;
let own: number;
let theirs: Names;
const NOWHERE: Names = {
  plan: 987_654,
  grid: 987_655,
  region: '510199',
  community: '510199001001',
  code: '510199001001001',
  division: '00000000-0000-4000-8000-000000000000',
  import: '00000000-0000-4000-8000-000000000001',
  filing: 987_656,
  account: 987_657,
};

beforeAll(async () => {
  server = await startTestServer();
  await seedCounty(server.database);
  const there = await seedNeighbour(server.database);
  // Numbers that occur in no answer by chance.
  for (const [table, last] of [
    ['plan', 771_000],
    ['grid', 772_000],
    ['filing', 773_000],
  ] as const) {
    await ownerOf(server.database).query(`select setval(pg_get_serial_sequence($1, 'id'), $2)`, [table, last]);
  }
  own = await seedPlan(server.database);
  const plan = await seedPlan(server.database, NEIGHBOUR);
  const [community] = NEIGHBOURS;
  await ownerOf(server.database).query(
    `insert into department_grid (department, name, area, home) select 'health', '邻片', outline, code from region where code = $1`,
    [community],
  );
  const grid = await seedGrid(server.database, plan, community, there.blocks[community] as number[], '邻村第一网格');
  const codes = await post<{ issued: { code: string }[] }>(server.address, `/api/plans/${plan}/codes`, {});
  const division = await post<{ id: string }>(server.address, `/api/plans/${plan}/divisions`, { region: community, options: { parts: 2 } });
  const opened = await post<{ id: string }>(server.address, '/api/imports', {});
  const { rows } = await ownerOf(server.database).query<{ id: number }>(
    `insert into filing (direction, digest, city, city_name, state, content, bytes, actor)
     values ('received', repeat('a', 64), '5001', '邻市', 'received', '\\x00', 1, 'x') returning id`,
  );
  theirs = {
    plan,
    grid,
    region: NEIGHBOUR,
    community,
    code: codes.body.issued[0]?.code as string,
    division: division.body.id,
    import: opened.body.id,
    filing: (rows[0] as { id: number }).id,
    account: NOWHERE.account,
  };
});
afterAll(() => server?.close());

/** A request that would do something, were it one's own; `own` is a plan in reach. */
interface Probe {
  readonly path: string;
  readonly body?: unknown;
}

const divide = { options: { parts: 2 } };
const plain = (path: string) => (): Probe[] => [{ path }];

/** By method and path of the operation. */
const PROBES: Readonly<Record<string, (names: Names, own: number) => Probe[]>> = {
  'get /api/regions': ({ region }) => [
    { path: `/api/regions?parent=${region}` },
    { path: `/api/regions?within=${region}&ended=true` },
    { path: `/api/regions?within=${region}&on=2026-03-01` },
  ],
  'get /api/region-tables': plain('/api/region-tables'),
  'get /api/regions/{region}': ({ region, community }) => [{ path: `/api/regions/${region}` }, { path: `/api/regions/${community}` }],
  'post /api/plans': ({ region }) => [{ path: '/api/plans', body: { name: '方案', region } }],
  'get /api/plans/{plan}': ({ plan }) => [{ path: `/api/plans/${plan}` }],
  ...Object.fromEntries(
    ['grids', 'blocks', 'buildings', 'barriers', 'institutions', 'operations', 'checks'].map((part) => [
      `get /api/plans/{plan}/${part}`,
      ({ plan, community }: Names, mine: number) => [
        { path: `/api/plans/${plan}/${part}?community=${community}` },
        { path: `/api/plans/${mine}/${part}?community=${community}` },
      ],
    ]),
  ),
  'post /api/profiles/{id}/preview': ({ plan }) => [{ path: '/api/profiles/gansu-2023/preview', body: { plan, content: {} } }],
  'post /api/plans/{plan}/profile': ({ plan }) => [{ path: `/api/plans/${plan}/profile`, body: { version: 1 } }],
  'post /api/plans/{plan}/operations': ({ plan, community, grid }, mine) => {
    const body = { community, base: 0, operation: { type: 'lock', grids: [987_655] } };
    return [
      { path: `/api/plans/${plan}/operations`, body },
      { path: `/api/plans/${mine}/operations`, body },
      {
        path: `/api/plans/${mine}/operations`,
        body: { community: COMMUNITIES[0], base: 0, operation: { type: 'describe', grid: Number(grid), set: { name: '新' } } },
      },
    ];
  },
  'post /api/plans/{plan}/codes': ({ plan, community }, mine) => [
    { path: `/api/plans/${plan}/codes`, body: {} },
    { path: `/api/plans/${mine}/codes`, body: { community } },
  ],
  'get /api/plans/{plan}/codes': ({ plan }) => [{ path: `/api/plans/${plan}/codes` }],
  'get /api/codes': ({ code }) => [{ path: `/api/codes?query=${code.slice(0, 12)}` }],
  'get /api/codes/{code}': ({ code }) => [{ path: `/api/codes/${code}` }],
  'get /api/codes/{code}/explanation': ({ code }) => [{ path: `/api/codes/${code}/explanation` }],
  'post /api/code-ranges': ({ region }) => [{ path: '/api/code-ranges', body: { scheme: 'gb15', region, first: 1, last: 9, note: '' } }],
  'post /api/schemes/{id}/preview': ({ plan }) => [{ path: '/api/schemes/gb15/preview', body: { plan, content: {} } }],
  'post /api/plans/{plan}/scheme': ({ plan }) => [{ path: `/api/plans/${plan}/scheme`, body: { scheme: 'gb15', version: 1 } }],
  'get /api/plans/{plan}/steps': ({ plan }) => [{ path: `/api/plans/${plan}/steps` }],
  'post /api/plans/{plan}/steps': ({ plan }) => [
    { path: `/api/plans/${plan}/steps`, body: { step: 'submit', action: 'take' } },
    { path: `/api/plans/${plan}/steps`, body: { step: 'approve', action: 'return', reason: '改' } },
  ],
  'post /api/plans/{plan}/adjustment': ({ plan, community }) => [
    { path: `/api/plans/${plan}/adjustment`, body: { name: '调整', communities: [community] } },
  ],
  'get /api/plans/{plan}/comparison': ({ plan }, mine) => [
    { path: `/api/plans/${plan}/comparison?with=${mine}` },
    { path: `/api/plans/${mine}/comparison?with=${plan}` },
  ],
  'get /api/layout': ({ region }) => [{ path: `/api/layout?region=${region}&date=2026-03-01` }],
  'get /api/layout/export': ({ region }) => [{ path: `/api/layout/export?region=${region}&date=2026-03-01` }],
  'get /api/layout/dates': ({ region }) => [{ path: `/api/layout/dates?region=${region}` }],
  'post /api/plans/{plan}/divisions': ({ plan, community }, mine) => [
    { path: `/api/plans/${plan}/divisions`, body: { region: community, ...divide } },
    { path: `/api/plans/${mine}/divisions`, body: { region: community, ...divide } },
  ],
  'get /api/plans/{plan}/divisions/{division}': ({ plan, division }, mine) => [
    { path: `/api/plans/${plan}/divisions/${division}` },
    { path: `/api/plans/${mine}/divisions/${division}` },
  ],
  'post /api/plans/{plan}/divisions/{division}/cancel': ({ plan, division }) => [
    { path: `/api/plans/${plan}/divisions/${division}/cancel`, body: {} },
  ],
  'delete /api/plans/{plan}/divisions/{division}': ({ plan, division }) => [{ path: `/api/plans/${plan}/divisions/${division}` }],
  'get /api/plans/{plan}/divisions/{division}/layout': ({ plan, division, community }) => [
    { path: `/api/plans/${plan}/divisions/${division}/layout?community=${community}` },
  ],
  'post /api/plans/{plan}/divisions/{division}/accept': ({ plan, division }) => [
    { path: `/api/plans/${plan}/divisions/${division}/accept`, body: {} },
  ],
  ...Object.fromEntries(
    ['', '/grids', '/export'].map((part) => [
      `get /api/plans/{plan}/one-net${part}`,
      ({ plan }: Names) => [{ path: `/api/plans/${plan}/one-net${part}?department=health` }],
    ]),
  ),
  'get /api/plans/{plan}/export': ({ plan }) => [{ path: `/api/plans/${plan}/export` }],
  ...Object.fromEntries(
    ['get /api/imports/{id}', 'delete /api/imports/{id}', 'get /api/imports/{id}/findings.csv', 'post /api/imports/{id}/cancel'].map(
      (operation) => [operation, (names: Names) => [{ path: (operation.split(' ')[1] as string).replace('{id}', names.import) }]],
    ),
  ),
  ...Object.fromEntries(
    ['sources', 'preview', 'run'].map((part) => [
      `post /api/imports/{id}/${part}`,
      (names: Names) => [{ path: `/api/imports/${names.import}/${part}`, body: {} }],
    ]),
  ),
  'patch /api/imports/{id}/sources/{source}': (names) => [{ path: `/api/imports/${names.import}/sources/a`, body: { swapAxes: true } }],
  'delete /api/imports/{id}/sources/{source}': (names) => [{ path: `/api/imports/${names.import}/sources/a` }],
  'get /api/imports/{id}/sources/{source}/features': (names) => [{ path: `/api/imports/${names.import}/sources/a/features` }],
  'get /api/plans/{plan}/events': ({ plan }) => [{ path: `/api/plans/${plan}/events` }],
  'put /api/plans/{plan}/presence': ({ plan }) => [{ path: `/api/plans/${plan}/presence`, body: { tab: 'a', name: '', community: null } }],
  'post /api/plans/{plan}/grids/{grid}/clearances': ({ plan, grid }, mine) =>
    [plan, mine].map((which) => ({
      path: `/api/plans/${which}/grids/${grid}/clearances`,
      body: { role: '专职网格员', name: '张三', cleared: true },
    })),
  'post /api/accounts/{id}': ({ account }) => [{ path: `/api/accounts/${account}`, body: { disabled: true } }],
  'post /api/filings': ({ plan }) => [{ path: '/api/filings', body: { plans: [plan] } }],
  ...Object.fromEntries(
    ['filings', 'inbox'].flatMap((room) =>
      ['', '/package', '/layout', '/report', '/receipt', '/receipt.html'].map((part) => [
        `get /api/${room}/{filing}${part}`,
        ({ filing }: Names) => [{ path: `/api/${room}/${filing}${part}` }],
      ]),
    ),
  ),
  'post /api/inbox/{filing}/decision': ({ filing }) => [
    { path: `/api/inbox/${filing}/decision`, body: { decision: 'return', remarks: '改' } },
  ],
  // Lists of what is one's own: the same whatever there is elsewhere.
  'get /api/plans': plain('/api/plans'),
  'get /api/waiting': plain('/api/waiting'),
  'get /api/code-ranges': plain('/api/code-ranges?scheme=gb15'),
  'get /api/filings': plain('/api/filings'),
  'get /api/inbox': plain('/api/inbox'),
  'get /tiles/{layer}/{z}/{x}/{y}': plain('/tiles/regions/14/12735/6269'),
};

/** Nothing in them belongs to a region, or they are about whoever asks; tests of their own look at them. */
const COMMON = new Set([
  'get /api/health',
  'get /api/session',
  'post /api/session',
  'delete /api/session',
  'post /api/session/second-factor',
  'post /api/session/password',
  'get /api/accounts',
  'post /api/accounts',
  'get /api/profiles',
  'post /api/profiles',
  'get /api/profiles/{id}',
  'post /api/profiles/{id}',
  'get /api/profiles/{id}/versions',
  'get /api/schemes',
  'post /api/schemes',
  'get /api/schemes/{id}',
  'post /api/schemes/{id}',
  'get /api/schemes/{id}/versions',
  'post /api/imports',
  'post /api/demo',
  'post /api/inbox',
  'post /api/filings/receipts',
  'get /api/audit',
  'get /api/audit/export',
  'get /api/audit/head',
  'get /api/audit/verification',
  'get /api/session/single-sign-on',
  'get /api/session/single-sign-on/return',
]);

const nameOf = ({ method, path }: ApiOperation): string => `${method} ${path}`;

async function signedIn({ login }: DemoAccount): Promise<string> {
  const response = await fetch(`${server.address}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ demo: login }),
  });
  expect(response.status).toBe(200);
  return (response.headers.get('set-cookie') ?? '').split(';')[0] as string;
}

interface Seen {
  readonly status: number;
  readonly text: string;
}

/** Names of things are taken out of the answer: a sentence that repeats what was asked for is no difference. */
async function ask(cookie: string, method: string, { path, body }: Probe, names: Names): Promise<Seen> {
  const gone = new AbortController();
  const response = await fetch(server.address + path, {
    method: method.toUpperCase(),
    signal: gone.signal,
    headers: { cookie, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  if (response.headers.get('content-type')?.startsWith('text/event-stream')) {
    gone.abort();
    return { status: response.status, text: 'stream' };
  }
  const text = await response.text();
  const values = Object.values(names)
    .map(String)
    .sort((a, b) => b.length - a.length);
  return { status: response.status, text: values.reduce((rest, value) => rest.replaceAll(value, '·'), text) };
}

test('every operation is probed here, or named as one that is about no region', () => {
  const unknown = server.context.api.operations.map(nameOf).filter((name) => !(name in PROBES) && !COMMON.has(name));
  expect(unknown).toEqual([]);
});

describe.each(DEMO_ACCOUNTS.filter(({ region }) => region !== '*'))('$name ($region)', (account) => {
  test('sees and does nothing in another region, and cannot tell what there is', async () => {
    const cookie = await signedIn(account);
    const permissions = permissionsOf(account.roles);
    for (const operation of server.context.api.operations) {
      const probes = PROBES[nameOf(operation)];
      if (!probes) continue;
      const there = probes(theirs, own);
      const nowhere = probes(NOWHERE, own);
      for (const [i, probe] of there.entries()) {
        const label = `${operation.method} ${probe.path}`;
        const seen = await ask(cookie, operation.method, probe, theirs);
        const missing = await ask(cookie, operation.method, nowhere[i] as Probe, NOWHERE);
        expect(seen, label).toEqual(missing);
        const permitted = operation.needs === null || [operation.needs].flat().some((permission) => permissions.has(permission));
        if (!permitted) expect(seen.status, label).toBe(403);
        expect(seen.text, label).not.toContain('邻');
      }
    }
  }, 120_000);
});

test('the neighbour’s things are still as they were, and are there for those who reach them', async () => {
  const { rows } = await ownerOf(server.database).query(
    `select (select count(*)::int from operation) as operations, (select count(*)::int from clearance) as clearances,
       (select array_agg(state order by id) from plan) as states, (select state from filing) as filing,
       (select count(*)::int from plan where region = $1) as plans`,
    [NEIGHBOUR],
  );
  expect(rows).toEqual([{ operations: 0, clearances: 0, states: ['draft', 'draft'], filing: 'received', plans: 1 }]);
  const everybody = await fetch(`${server.address}/api/plans/${theirs.plan}/grids?community=${theirs.community}`);
  expect(await everybody.text()).toContain('邻村第一网格');
  expect((await fetch(`${server.address}/api/regions/${COUNTY}`)).status).toBe(200);
});
