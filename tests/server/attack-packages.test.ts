// Packages and receipts that somebody made up to change what is not theirs; each of these once went through.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CodeRecord, FilingRecord, Problem } from '../../core/api/messages.ts';
import type { Scheme } from '../../core/codes/scheme.ts';
import { schemeOf } from '../../core/codes/schemes.ts';
import { buildPackage } from '../../core/filing/package.ts';
import { registerForeign } from '../../server/codes/foreign.ts';
import { inTransaction } from '../../server/database/transaction.ts';
import { filedCounty } from '../core/filing/filed-county.ts';
import { jsonOf, mended, opened, putJson } from '../core/filing/opened.ts';
import { Browser, type PeopleServer, startPeopleServer } from './people.ts';

/** Of another city of the same province; the second is in no book yet. */
const THEIRS = ['990201001001001', '990301001001001'] as const;

let server: PeopleServer;
let province: Browser;

beforeAll(async () => {
  server = await startPeopleServer();
  await server.person('province', '99', ['province']);
  province = new Browser(server.address);
  await province.signIn('province');
  const official = [{ code: THEIRS[0], name: '邻市网格' }];
  await inTransaction(server.database, { region: '99' }, (db) => registerForeign(db, schemeOf('gb15') as Scheme, official, [], 'x'));
});
afterAll(() => server?.close());

test('a city does not end the codes of another', async () => {
  const files = opened(await buildPackage(filedCounty()));
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

async function upload(bytes: Uint8Array): Promise<{ status: number; body: FilingRecord & Problem }> {
  const form = new FormData();
  form.set('package', new Blob([bytes as BlobPart]), '../../package.zip');
  const response = await province.raw('/api/inbox', { method: 'POST', body: form });
  return { status: response.status, body: (await response.json()) as FilingRecord & Problem };
}
