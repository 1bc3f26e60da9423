// Filing on the real database: a city's settled plans go up as a package, a province decides, its receipt comes back.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CodeRecord, FilingReceipt, FilingRecord, PackageFinding, PlanDetail } from '../../core/api/messages.ts';
import { buildFiling } from '../../server/filings/build.ts';
import { performStep } from '../../server/lifecycle/perform-step.ts';
import { performOperation } from '../../server/operations/perform.ts';
import { branchPlan } from '../../server/plans/branch.ts';
import { mended, opened, resealed } from '../core/filing/opened.ts';
import { FilingDesk, rewritten, seedCity, withDeclaredSize } from './filing-desk.ts';
import { ownerOf, startTestServer, type TestServer } from './harness.ts';
import { cityCommittee, county, drawnPlan, problemIn, toSettled } from './lifecycle-people.ts';

const EAST = '620724100001';
const TOWNS = ['620724100', '620724101'] as const;

/** Where city and province work in one installation. */
let home: TestServer;
/** A province that has nothing but the files it is sent. */
let elsewhere: TestServer;
let city: FilingDesk;
let province: FilingDesk;
let stranger: FilingDesk;

beforeAll(async () => {
  [home, elsewhere] = await Promise.all([startTestServer(), startTestServer()]);
  await seedCity(home.database);
  city = await FilingDesk.open(home, 'demo-city-zfw');
  province = await FilingDesk.open(home, 'demo-province');
  stranger = await FilingDesk.open(elsewhere, 'demo-province');
});
afterAll(() => Promise.all([home?.close(), elsewhere?.close()]));

async function settledPlan(region?: string): Promise<number> {
  const plan = await drawnPlan(home.database, region === undefined ? {} : { region });
  await toSettled(home.context, plan);
  return plan;
}

async function filed(...plans: number[]): Promise<{ sent: FilingRecord; bytes: Uint8Array }> {
  const { status, body } = await city.post<FilingRecord>('/api/filings', { plans });
  expect(body).toMatchObject({ direction: 'sent', state: 'filed' });
  expect(status).toBe(201);
  return { sent: body, bytes: await city.package(body.id) };
}

const stateOf = async (plan: number) => (await city.get<PlanDetail>(`/api/plans/${plan}`)).body.state;
const codeAt = async (desk: FilingDesk, code: string) => (await desk.get<CodeRecord>(`/api/codes/${code}`)).body;
const errorsOf = ({ findings }: FilingRecord): PackageFinding[] => findings.filter(({ severity }) => severity === 'error');
const decide = (desk: FilingDesk, filing: number, decision: object) => desk.post<FilingRecord>(`/api/inbox/${filing}/decision`, decision);
const receiptOf = async (desk: FilingDesk, filing: number) => (await desk.get<FilingReceipt>(`/api/inbox/${filing}/receipt`)).body;

async function codesOf(plan: number): Promise<string[]> {
  const { rows } = await ownerOf(home.database).query<{ code: string }>('select code from grid where plan = $1 and living order by code', [
    plan,
  ]);
  return rows.map(({ code }) => code);
}

/** What the log says was done with it, beside who took a copy along. */
async function auditedAt(server: TestServer, subject: string): Promise<string[]> {
  const { rows } = await ownerOf(server.database).query<{ action: string }>(
    `select action from audit_entry where subject = $1 and action <> 'export' order by id`,
    [subject],
  );
  return rows.map(({ action }) => action);
}

describe('a province that has nothing but the file', () => {
  let plan: number;
  let sent: FilingRecord;
  let bytes: Uint8Array;
  let received: FilingRecord;
  let codes: string[];

  test('the city files, and everything the province needs is in the package', async () => {
    plan = await settledPlan();
    codes = await codesOf(plan);
    ({ sent, bytes } = await filed(plan));
    expect(sent).toMatchObject({ city: '6207', cityName: '张掖市', bytes: bytes.length });
    expect(sent.parts).toMatchObject([{ plan, region: '620724', regionName: '高台县', grids: 3, households: 900, decision: 'open' }]);
    expect(errorsOf(sent)).toEqual([]);
    expect(await stateOf(plan)).toBe('filed');
    expect((await codeAt(city, codes[0] as string)).state).toBe('filed');
    const { headers } = await city.fetch(`/api/filings/${sent.id}/package`);
    expect(decodeURIComponent(headers.get('content-disposition') ?? '')).toMatch(/张掖市-\d{4}-\d\d-\d\d-\d+\.zip/);
    expect(await auditedAt(home, `filing/${sent.id}`)).toEqual(['filing-built']);
  });

  test('what was filed once is not filed again', async () => {
    const { status, body } = await city.post('/api/filings', { plans: [plan] });
    expect([status, body.code]).toEqual([409, 'plan-not-settled']);
  });

  test('it is received, shown on the map and as a report', async () => {
    const { status, body } = await stranger.upload(bytes);
    expect(status).toBe(201);
    expect(body).toMatchObject({ state: 'received', digest: sent.digest, city: '6207', cityName: '张掖市' });
    expect(errorsOf(body)).toEqual([]);
    received = body;
    const layout = await stranger.get<{ features: { properties: { code: string } }[]; communities: { features: unknown[] } }>(
      `/api/inbox/${received.id}/layout`,
    );
    expect(layout.body.features.map(({ properties }) => properties.code)).toEqual(codes);
    expect(layout.body.communities.features).toHaveLength(3);
    const one = await stranger.get<{ features: { properties: { community: string } }[] }>(
      `/api/inbox/${received.id}/layout?community=${EAST}`,
    );
    expect(one.body.features.map(({ properties }) => properties.community)).toEqual([EAST]);
    const report = await stranger.fetch(`/api/inbox/${received.id}/report`);
    expect(report.headers.get('content-security-policy')).toMatch(/^sandbox; default-src 'none'/);
    expect(await report.text()).toContain('高台县');
    expect(await auditedAt(elsewhere, `filing/${received.id}`)).toEqual(['filing-received']);
  });

  test('the same package twice is answered with the first', async () => {
    const { status, body } = await stranger.upload(bytes);
    expect(status).toBe(200);
    expect(body).toEqual(received);
  });

  test('there is no receipt before a decision, and none is made without a word on what is returned', async () => {
    expect((await stranger.get(`/api/inbox/${received.id}/receipt`)).body.code).toBe('nothing-decided');
    expect((await decide(stranger, received.id, { decision: 'return' })).body.code).toBe('remarks-needed');
    expect((await decide(stranger, received.id, { decision: 'accept', plans: [plan + 1000] })).body.code).toBe('part-not-in-filing');
  });

  test('accepted, its codes are official there; its receipt makes them official at home', async () => {
    const { status, body } = await decide(stranger, received.id, { decision: 'accept', remarks: '同意' });
    expect(body).toMatchObject({ state: 'accepted', parts: [{ decision: 'accepted', remarks: '同意' }] });
    expect(status).toBe(200);
    for (const code of codes) expect(await codeAt(stranger, code)).toMatchObject({ state: 'official', plan: null });
    expect((await decide(stranger, received.id, { decision: 'accept' })).body.code).toBe('part-decided');

    const receipt = await receiptOf(stranger, received.id);
    expect(receipt).toMatchObject({ package: sent.digest, organ: '政法委', parts: [{ plan, decision: 'accepted', codes: 3 }] });
    const page = await stranger.fetch(`/api/inbox/${received.id}/receipt.html`);
    const html = await page.text();
    expect(html).toContain(receipt.digest);
    expect(html).not.toContain('<script');

    const forged = { ...receipt, parts: receipt.parts.map((part) => ({ ...part, decision: 'returned' as const })) };
    expect((await city.post('/api/filings/receipts', forged)).body.code).toBe('receipt-changed');
    expect(await stateOf(plan)).toBe('filed');
    const taken = await city.post<FilingRecord>('/api/filings/receipts', receipt);
    expect(taken.body).toMatchObject({ state: 'accepted', parts: [{ decision: 'accepted', remarks: '同意' }] });
    expect(await stateOf(plan)).toBe('official');
    expect((await codeAt(city, codes[0] as string)).state).toBe('official');
    expect((await city.post<FilingRecord>('/api/filings/receipts', receipt)).body).toEqual(taken.body);
    expect(await auditedAt(home, `filing/${sent.id}`)).toEqual(['filing-built', 'receipt-taken']);
  });

  test('a package that gives codes anew which are official there is refused', async () => {
    const other = await settledPlan();
    const { bytes: package2 } = await filed(other);
    const fresh = await codesOf(other);
    const stolen = rewritten(package2, (text) => fresh.reduce((all, code, i) => all.replaceAll(code, codes[i] as string), text));
    const { body } = await stranger.upload(stolen);
    expect(body.state).toBe('refused');
    expect(errorsOf(body)).toContainEqual(expect.objectContaining({ message: 'code-taken', file: 'layout.geojson', at: 'feature 1' }));
    expect((await decide(stranger, body.id, { decision: 'accept' })).body.code).toBe('filing-has-errors');
  });

  test('an adjustment keeps official codes, and the code that it ends retires with two successors', async () => {
    const branch = await branchPlan(home.database, plan, { name: '适时调整', communities: [EAST] }, county);
    const { rows } = await ownerOf(home.database).query<{ id: number; code: string; blocks: number[] }>(
      `select id, code, array(select block from grid_block where grid_block.grid = grid.id order by block) as blocks
       from grid where plan = $1 and living`,
      [branch],
    );
    const [former] = rows as [(typeof rows)[number]];
    await performOperation(
      home.context,
      branch,
      { community: EAST, base: 0, operation: { type: 'assign', blocks: former.blocks.slice(0, 3), to: 'new', kind: 'urban' } },
      county,
    );
    await toSettled(home.context, branch);
    const successors = await codesOf(branch);
    expect(successors).not.toContain(former.code);
    const adjusted = await filed(branch);
    const arrived = await stranger.upload(adjusted.bytes);
    expect(errorsOf(arrived.body)).toEqual([]);
    expect((await decide(stranger, arrived.body.id, { decision: 'accept' })).body.state).toBe('accepted');
    const ended = await codeAt(stranger, former.code);
    expect(ended.state).toBe('retired');
    expect(ended.successors.map(({ code, kind }) => `${kind} ${code}`)).toEqual(successors.map((code) => `split ${code}`));
    await city.post('/api/filings/receipts', await receiptOf(stranger, arrived.body.id));
    expect((await codeAt(city, former.code)).state).toBe('retired');
    expect(await stateOf(branch)).toBe('official');
  });
});

describe('city and province in one installation', () => {
  test('single counties are accepted and returned, each once, and the plans follow at once', async () => {
    const plans = [await settledPlan(TOWNS[0]), await settledPlan(TOWNS[1])] as const;
    const { sent, bytes } = await filed(...plans);
    const { body: received } = await province.upload(bytes);
    expect(errorsOf(received)).toEqual([]);
    const first = await decide(province, received.id, { decision: 'accept', plans: [plans[0]] });
    expect(first.body.state).toBe('partly-accepted');
    expect([await stateOf(plans[0]), await stateOf(plans[1])]).toEqual(['official', 'filed']);
    expect((await receiptOf(province, received.id)).parts.map(({ plan }) => plan)).toEqual([plans[0]]);
    expect((await decide(province, received.id, { decision: 'return', plans: [...plans], remarks: '重划' })).body.code).toBe(
      'part-decided',
    );
    expect(await stateOf(plans[1])).toBe('filed');

    const second = await decide(province, received.id, { decision: 'return', remarks: '渠口村边界有误' });
    expect(second.body.parts).toMatchObject([{ decision: 'accepted' }, { decision: 'returned', remarks: '渠口村边界有误' }]);
    expect(await stateOf(plans[1])).toBe('returned');
    expect((await city.get<FilingRecord>(`/api/filings/${sent.id}`)).body).toMatchObject({
      state: 'partly-accepted',
      parts: second.body.parts,
    });
    const taken = await city.post<FilingRecord>('/api/filings/receipts', await receiptOf(province, received.id));
    expect(taken.status).toBe(200);
    expect(await auditedAt(home, `filing/${received.id}`)).toEqual(['filing-received', 'accept', 'return']);
  });

  test('a city sees what it filed, the province what its cities filed, a county nothing', async () => {
    const plan = await settledPlan();
    const { sent, bytes } = await filed(plan);
    const { body: received } = await province.upload(bytes);
    const inHouse = await FilingDesk.open(home, 'demo-county');
    expect((await city.get<FilingRecord[]>('/api/filings')).body.map(({ id }) => id)).toContain(sent.id);
    expect((await province.get<FilingRecord[]>('/api/filings')).body.map(({ id }) => id)).toContain(sent.id);
    expect((await inHouse.get<FilingRecord[]>('/api/filings')).body).toEqual([]);
    const hidden = await inHouse.get(`/api/filings/${sent.id}`);
    const absent = await inHouse.get('/api/filings/999999');
    expect([hidden.status, hidden.body.code]).toEqual([absent.status, absent.body.code]);
    expect(hidden.status).toBe(404);
    expect((await province.get(`/api/filings/${received.id}`)).status).toBe(404);
    expect((await province.get(`/api/inbox/${sent.id}`)).status).toBe(404);
    expect((await city.get('/api/inbox')).status).toBe(403);
    expect((await province.post('/api/filings', { plans: [plan] })).status).toBe(403);
  });

  test('a plan that is returned while its package is built is not filed', async () => {
    const plan = await settledPlan();
    let returned: Promise<void> | undefined;
    const clock = (): Date => {
      returned = performStep(home.context, plan, { step: 'file', action: 'return', reason: '再议' }, cityCommittee);
      return new Date();
    };
    expect(await problemIn(buildFiling({ ...home.context, clock }, [plan], cityCommittee))).toBe('plan-changed-meanwhile');
    await returned;
    expect(await stateOf(plan)).toBe('returned');
    expect((await city.get<FilingRecord[]>('/api/filings')).body.flatMap(({ parts }) => parts).some((part) => part.plan === plan)).toBe(
      false,
    );
  });

  test('plans that are not settled, or overlap, or are not there are not filed', async () => {
    const draft = await drawnPlan(home.database);
    const [whole, part] = [await settledPlan(), await settledPlan(TOWNS[1])];
    const problem = async (plans: number[]) => (await city.post('/api/filings', { plans })).body.code;
    expect(await problem([draft])).toBe('plan-not-settled');
    expect(await problem([whole, part])).toBe('plans-overlap');
    expect(await problem([whole, 999_999])).toBe('unknown-plan');
    expect(await problem([])).toBe('bad-request');
    expect([await stateOf(whole), await stateOf(part)]).toEqual(['settled', 'settled']);
  });

  test('what the regions and books here say otherwise is named', async () => {
    const { bytes } = await filed(await settledPlan());
    const east = (text: string): string => text.replace(/\b99\.8\d*/g, (x) => String(Math.round((Number(x) + 0.001) * 1e7) / 1e7));
    await ownerOf(home.database).query(`update region set name = '东街新村' where code = $1`, [EAST]);
    const { body } = await province.upload(rewritten(bytes, east));
    await ownerOf(home.database).query(`update region set name = '东街社区' where code = $1`, [EAST]);
    expect(body.state).toBe('refused');
    const found = body.findings.map(({ severity, message, at }) => `${severity} ${message} ${at}`);
    expect(found).toContain(`error community-outline ${EAST}`);
    expect(found).toContain(`warning community-name ${EAST}`);
    expect(found.filter((one) => one.startsWith('error code-in-use'))).toHaveLength(3);
  });
});

describe('what is no sound package of this province is refused and kept', () => {
  let bytes: Uint8Array;
  beforeAll(async () => {
    ({ bytes } = await filed(await settledPlan()));
  });

  const flipped = (at: number): Uint8Array => bytes.map((byte, i) => (i === at ? byte ^ 1 : byte));

  test.each<[string, (length: number) => number, string]>([
    ['in a file', (length) => Math.floor(length / 3), 'zip-data-changed'],
    ['in the directory', (length) => length - 400, 'zip-header-differs'],
    ['in the seal', (length) => length - 1, 'zip-seal-broken'],
  ])('one changed byte %s', async (_, place, message) => {
    const changed = flipped(place(bytes.length));
    const { status, body } = await stranger.upload(changed);
    expect([status, body.state, body.parts]).toEqual([201, 'refused', []]);
    const found = body.findings.find((one) => one.message === message);
    expect(found?.sentence.zh).toMatch(message === 'zip-seal-broken' ? /封签/ : /字节/);
    expect((await stranger.get(`/api/inbox/${body.id}/layout`)).body.code).toBe('filing-unreadable');
    const kept = await stranger.fetch(`/api/inbox/${body.id}/package`);
    expect(new Uint8Array(await kept.arrayBuffer())).toEqual(changed);
    expect(await auditedAt(elsewhere, `filing/${body.id}`)).toEqual(['filing-refused']);
  });

  test.each<[string, () => Uint8Array, string]>([
    ['nothing at all', () => new Uint8Array(), 'zip-not-zip'],
    ['garbage', () => new TextEncoder().encode('这不是备案包'.repeat(1_000)), 'zip-not-zip'],
    ['half a package', () => bytes.slice(0, bytes.length / 2), 'zip-cut-off'],
    ['a zip bomb', () => resealed(withDeclaredSize(bytes, 'buildings.geojson', 0xf000_0000)), 'file-too-large'],
  ])('%s', async (_, made, message) => {
    const { status, body } = await stranger.upload(made());
    expect([status, body.state]).toEqual([201, 'refused']);
    expect(body.findings.map((one) => one.message)).toContain(message);
  });

  test("another province's city", async () => {
    const foreign = rewritten(bytes, (text) => text.replaceAll('620724', '510724').replaceAll('"6207"', '"5107"'));
    const { body } = await stranger.upload(foreign);
    expect(body).toMatchObject({ state: 'refused', city: '62', cityName: '张掖市' });
    expect(errorsOf(body)).toEqual([expect.objectContaining({ message: 'city-out-of-reach', at: '5107' })]);
  });

  test('numbers outside the ranges that were handed out', async () => {
    await ownerOf(elsewhere.database).query(
      `insert into code_range (scheme, region, first, last, actor) values ('gb15', '620724', 500, 600, '省')`,
    );
    const { body } = await stranger.upload(bytes);
    expect(errorsOf(body).map(({ message }) => message)).toEqual(['code-range', 'code-range', 'code-range']);
  });

  test('a form without a package, and one that is none', async () => {
    expect((await stranger.post('/api/inbox', {})).status).toBe(415);
    expect((await stranger.upload(mended(opened(bytes)), 'letter')).body.code).toBe('bad-upload');
  });
});
