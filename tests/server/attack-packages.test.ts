// Packages and receipts that somebody made up to change what is not theirs; each of these once went through.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CodeRecord, FilingRecord, Problem } from '../../core/api/messages.ts';
import type { Scheme } from '../../core/codes/scheme.ts';
import { schemeOf } from '../../core/codes/schemes.ts';
import { sm3 } from '../../core/filing/digest.ts';
import { buildPackage } from '../../core/filing/package.ts';
import { registerForeign } from '../../server/codes/foreign.ts';
import { inTransaction, scoped } from '../../server/database/transaction.ts';
import { buildFiling } from '../../server/filings/build.ts';
import { filingOf } from '../../server/filings/decide.ts';
import { inFilingThread } from '../../server/filings/filing-threads.ts';
import { takeReceipt } from '../../server/filings/receipt.ts';
import { receiveFiling } from '../../server/filings/receive.ts';
import { exportedPackage } from '../../server/filings/routes.ts';
import { performStep } from '../../server/lifecycle/perform-step.ts';
import { readStatus } from '../../server/lifecycle/status.ts';
import { filedCounty } from '../core/filing/filed-county.ts';
import { type Files, jsonOf, mended, opened, putJson } from '../core/filing/opened.ts';
import { seedCity } from './filing-desk.ts';
import { ownerOf } from './harness.ts';
import {
  cityAffairs,
  cityCommittee,
  citySafety,
  countyCommittee,
  drawnPlan,
  problemIn,
  province as provinceOfCity,
  settle,
  submit,
} from './lifecycle-people.ts';
import { Browser, type PeopleServer, startPeopleServer } from './people.ts';

/** Of another city of the same province; the second is in no book yet. */
const THEIRS = ['990201001001001', '990301001001001'] as const;

let server: PeopleServer;
let province: Browser;
/** Of a package without faults. */
let files: Files;

beforeAll(async () => {
  files = opened(await buildPackage(filedCounty()));
  server = await startPeopleServer();
  await server.person('province', '99', ['province']);
  province = new Browser(server.address);
  await province.signIn('province');
  const official = [{ code: THEIRS[0], name: '邻市网格' }];
  await inTransaction(server.database, { region: '99' }, (db) => registerForeign(db, schemeOf('gb15') as Scheme, official, [], 'x'));
});
afterAll(() => server?.close());

test('a city does not end the codes of another', async () => {
  const { features } = jsonOf<{ features: [{ properties: { plan: number; code: string } }] }>(files, 'communities.geojson');
  const { plan, code: community } = features[0].properties;
  const changes = THEIRS.map((from) => ({ plan, community, from, fromName: '', to: null, kind: 'end', reason: '撤销' }));
  putJson(files, 'changes.json', { changes });

  const { status, body } = await upload(mended(files));
  expect([status, body.state]).toEqual([201, 'refused']);
  const errors = body.findings.filter(({ severity }) => severity === 'error');
  expect(errors.map(({ message, file, at }) => [message, file, at])).toEqual(
    THEIRS.map((code) => ['change-of-other-city', 'changes.json', code]),
  );
  expect((await province.post<FilingRecord>(`/api/inbox/${body.id}/decision`, { decision: 'accept' })).body.code).toBe('filing-has-errors');
  expect((await province.get<CodeRecord>(`/api/codes/${THEIRS[0]}`)).body.state).toBe('official');
  expect((await province.get<CodeRecord>(`/api/codes/${THEIRS[1]}`)).status).toBe(404);
});

test('a border made to be slow does not hold off everybody else', async () => {
  const changed = new Map(files);
  const layout = jsonOf<{ features: [{ geometry: { coordinates: number[][][][] } }] }>(changed, 'layout.geojson');
  const ring = layout.features[0].geometry.coordinates[0]?.[0] as number[][];
  const [west = 0, south = 0] = ring[0] as number[];
  const zigzag = Array.from({ length: 50_000 }, (_, i) => [west + (i % 2 ? 0.003 : -0.003), south + (i / 50_000) * 0.004]);
  ring.splice(1, 0, ...zigzag);
  putJson(changed, 'layout.geojson', layout);
  const path = join(await mkdtemp(join(tmpdir(), 'onegrid-attacks-')), 'package.zip');
  await writeFile(path, mended(changed));
  expect(await problemIn(inFilingThread('verify', { path }, undefined, 5_000))).toBe('filing-too-slow');
  await rm(dirname(path), { recursive: true });
});

describe('one installation for everybody', () => {
  let plan: number;
  const sign = (digest: string): Promise<void> =>
    performStep(server.context, plan, { step: 'approve', action: 'sign', digest }, countyCommittee);

  beforeAll(async () => {
    await seedCity(server.database);
    plan = await drawnPlan(server.database);
    await submit(server.context, plan);
  });

  test('nobody signs what was put in the place of what they saw', async () => {
    const { digest: seen } = await readStatus(server.database, plan, countyCommittee);
    await performStep(server.context, plan, { step: 'approve', action: 'return', reason: '改名' }, countyCommittee);
    await ownerOf(server.database).query(`update grid set name = '另一网格' where plan = $1 and name = '西街网格'`, [plan]);
    await submit(server.context, plan);
    expect(await problemIn(sign(seen))).toBe('step-content-changed');
    const { digest, state } = await readStatus(server.database, plan, countyCommittee);
    expect(state).toBe('submitted');
    await sign(digest);
  });

  test('a city makes nothing official by a receipt of its own while the province has the package', async () => {
    for (const organ of [cityCommittee, citySafety, cityAffairs]) await settle(server.context, plan, organ);
    const record = await sent(await buildFiling(server.context, [plan], cityCommittee));
    const { digest, city, cityName, parts } = record;
    const content = await exportedPackage(server.context, record, citySafety);
    const path = join(await mkdtemp(join(tmpdir(), 'onegrid-attacks-')), 'package.zip');
    await writeFile(path, content);
    expect((await receiveFiling(server.database, { path, digest }, provinceOfCity)).record.state).toBe('received');
    await rm(dirname(path), { recursive: true });

    const decided = parts.map(({ region, regionName }) => ({
      ...{ plan, region, regionName, decision: 'accepted' as const, remarks: '', codes: 3 },
    }));
    const forged = {
      format: 1 as const,
      package: digest,
      city,
      cityName,
      decidedAt: '2026-03-01T00:00:00.000Z',
      decidedBy: '省',
      organ: '省',
    };
    const rowsOf = decided.map((part) => [part.plan, part.region, part.regionName, part.decision, part.remarks, part.codes]);
    const seal = sm3(new TextEncoder().encode(JSON.stringify([...Object.values(forged), rowsOf])));
    const receipt = { ...forged, parts: decided, digest: seal };
    expect(await problemIn(takeReceipt(server.context, receipt, cityCommittee))).toBe('receipt-differs');
    expect((await readStatus(server.database, plan, cityCommittee)).state).toBe('filed');
  });

  test('nobody takes a package along without a row in the log', async () => {
    const { rows } = await ownerOf(server.database).query(
      `select actor, region, detail ->> 'format' as format from audit_entry where action = 'export'`,
    );
    expect(rows).toEqual([{ actor: citySafety.name, region: '6207', format: 'zip' }]);
  });
});

const sent = (filing: number): Promise<FilingRecord> => filingOf(scoped(server.database, cityCommittee), 'sent', filing);

async function upload(bytes: Uint8Array): Promise<{ status: number; body: FilingRecord & Problem }> {
  const form = new FormData();
  form.set('package', new Blob([bytes as BlobPart]), '../../package.zip');
  const response = await province.raw('/api/inbox', { method: 'POST', body: form });
  return { status: response.status, body: (await response.json()) as FilingRecord & Problem };
}
