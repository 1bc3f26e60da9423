// What the whole application writes into its audit log, who may read it, and the command that proves it.
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AuditHead, AuditRecord, OperationAnswer, PlanDetail, ProfileVersion } from '../../core/api/messages.ts';
import { audit } from '../../server/audit/audit.ts';
import type { AuditVerification } from '../../server/audit/verify.ts';
import { openDatabase } from '../../server/database/open.ts';
import { inTransaction, SYSTEM } from '../../server/database/transaction.ts';
import { systemIdentity } from '../../server/http/identity.ts';
import { startServer } from '../../server/serve.ts';
import { COMMUNITIES, COUNTY, freshPlace, ownerOf, type Place, seedCounty } from './harness.ts';
import { Browser, type PeopleServer, startPeopleServer } from './people.ts';

const COMMAND = fileURLToPath(new URL('../../bin/onegrid.js', import.meta.url));
const EMBEDDED = !process.env.DATABASE_URL;

interface Ended {
  readonly code: number;
  readonly output: string;
  readonly said: string;
}

/** Runs the command on that database; the server of an embedded one has to be stopped. */
function onegrid(place: Place, ...words: readonly string[]): Promise<Ended> {
  return new Promise((resolve) => {
    const env = { ...process.env, LANG: 'en_US.UTF-8', LC_ALL: 'en_US.UTF-8', ...place.variables };
    const child = execFile(process.execPath, [COMMAND, ...words], { env }, (_error, output, said) => {
      resolve({ code: child.exitCode ?? -1, output, said });
    });
  });
}

describe('the server', () => {
  let server: PeopleServer;
  let drafter: Browser;
  let auditor: Browser;
  let elsewhere: Browser;
  let plan: PlanDetail;

  beforeAll(async () => {
    server = await startPeopleServer();
    await seedCounty(server.database);
    await server.person('drafter', COUNTY, ['drafter']);
    await server.person('auditor', '6207', ['auditor']);
    await server.person('elsewhere', '6208', ['auditor']);
    await server.person('province', '62', ['province']);
    [drafter, auditor, elsewhere] = ['a', 'b', 'c'].map(() => new Browser(server.address)) as [Browser, Browser, Browser];
    await drafter.signIn('drafter');
    await auditor.signIn('auditor');
    await elsewhere.signIn('elsewhere');
    plan = (await drafter.post<PlanDetail>('/api/plans', { name: '秘密名称', region: COUNTY })).body;
  });
  afterAll(() => server.close());

  const log = async (browser: Browser, query = ''): Promise<AuditRecord[]> => {
    const { status, body } = await browser.get<AuditRecord[]>(`/api/audit${query}`);
    expect(status, JSON.stringify(body)).toBe(200);
    return body;
  };

  async function edit(): Promise<OperationAnswer> {
    const [community] = COMMUNITIES;
    const blocks = await drafter.get<{ features: { properties: { id: number } }[]; onegrid?: unknown }>(
      `/api/plans/${plan.id}/blocks?community=${community}`,
    );
    const base = (await drafter.get<PlanDetail>(`/api/plans/${plan.id}`)).body.communities.find(({ code }) => code === community)?.revision;
    const operation = { type: 'assign', blocks: [blocks.body.features[0]?.properties.id], to: 'new' };
    const { status, body } = await drafter.post<OperationAnswer>(`/api/plans/${plan.id}/operations`, { community, base, operation });
    expect(status, JSON.stringify(body)).toBe(200);
    return body;
  }

  test('writes who did what to which, and nothing of the content', async () => {
    const { operation } = await edit();
    await drafter.raw(`/api/plans/${plan.id}/export?format=geojson`);
    const rows = await log(auditor);
    const of = (action: string) => rows.filter((row) => row.action === action);
    expect(of('plan-made')).toMatchObject([{ actor: 'drafter', organ: '政法委', region: COUNTY, subject: `plan/${plan.id}` }]);
    expect(of('edit')).toMatchObject([
      { actor: 'drafter', region: COMMUNITIES[0], subject: `plan/${plan.id}`, detail: { operation, type: 'assign' } },
    ]);
    expect(of('export')).toMatchObject([{ subject: `plan/${plan.id}`, detail: { format: 'geojson' } }]);
    expect(of('sign-in').map(({ actor }) => actor)).toEqual(['auditor', 'drafter']);
    expect(JSON.stringify(rows)).not.toContain('秘密名称');
  });

  test('an edit that is refused leaves no row', async () => {
    const before = (await log(auditor, '?action=edit')).length;
    const { status } = await drafter.post(`/api/plans/${plan.id}/operations`, {
      community: COMMUNITIES[0],
      base: 1,
      operation: { type: 'merge', grids: [999_999, 999_998], into: 999_999 },
    });
    expect(status).toBe(422);
    expect(await log(auditor, '?action=edit')).toHaveLength(before);
  });

  test('every refusal is written: without a session, and without the right', async () => {
    expect((await new Browser(server.address).get('/api/plans')).status).toBe(401);
    expect((await drafter.get('/api/audit')).status).toBe(403);
    expect((await drafter.get('/api/audit/export')).status).toBe(403);
    expect((await drafter.get('/api/audit/head')).status).toBe(403);
    const rows = await log(auditor, '?action=refusal');
    expect(rows.map(({ actor, subject, detail }) => [actor, subject, detail.status, detail.code])).toEqual([
      ['drafter', 'GET /api/audit/head', 403, 'not-permitted'],
      ['drafter', 'GET /api/audit/export', 403, 'not-permitted'],
      ['drafter', 'GET /api/audit', 403, 'not-permitted'],
      ['', 'GET /api/plans', 401, 'sign-in-needed'],
    ]);
    expect(rows.every(({ address }) => address?.includes('127.0.0.1'))).toBe(true);
  });

  test('an auditor sees what concerns their own region or every region, and nothing else', async () => {
    const province = new Browser(server.address);
    await province.signIn('province');
    const { body: profile } = await province.get<ProfileVersion>('/api/profiles/gansu-2023');
    const content = { ...(profile.content as object), name: { zh: '改', en: 'Changed' } };
    const made = await province.post('/api/profiles/gansu-2023', { base: profile.version, content, note: 'n' });
    expect(made.status, JSON.stringify(made.body)).toBe(201);
    expect((await log(elsewhere, '?action=profile'))[0]).toMatchObject({ actor: 'province', subject: 'profile/gansu-2023', region: '*' });
    const regions = new Set((await log(elsewhere)).map(({ region }) => region));
    expect([...regions].sort()).toEqual(['*', '6208']);
    expect((await log(auditor)).some(({ region }) => region.startsWith('6208'))).toBe(false);
    expect(await log(auditor, '?query=6208')).toEqual([]);
  });

  test('searches by action, person, words and day, page by page', async () => {
    const all = await log(auditor);
    expect((await log(auditor, '?limit=2')).map(({ id }) => id)).toEqual(all.slice(0, 2).map(({ id }) => id));
    const second = all[1]?.id;
    expect((await log(auditor, `?before=${second}&limit=1`)).map(({ id }) => id)).toEqual([all[2]?.id]);
    expect((await log(auditor, '?actor=DRAFT')).every(({ actor }) => actor === 'drafter')).toBe(true);
    expect(await log(auditor, `?query=plan/${plan.id}&action=plan-made`)).toHaveLength(1);
    const [to, from] = [all[0], all.at(-1)].map((row) => new Date(Date.parse(row?.at ?? '') + 8 * 3_600_000).toISOString().slice(0, 10));
    expect(await log(auditor, `?from=${from}&to=${to}`)).toHaveLength((await log(auditor)).length);
    expect(await log(auditor, '?to=2020-01-01')).toEqual([]);
    expect((await auditor.get('/api/audit?action=everything')).status).toBe(400);
    expect((await auditor.get('/api/audit?from=yesterday')).status).toBe(400);
  });

  test('saves a file that a spreadsheet opens and takes nothing in it for a formula', async () => {
    await inTransaction(server.database, SYSTEM, (db) =>
      audit(db, { ...systemIdentity('=HYPERLINK("http://x")'), region: COUNTY }, { action: 'sign-out', subject: '+1,"quoted"' }),
    );
    const response = await auditor.raw('/api/audit/export', { headers: { 'accept-language': 'zh' } });
    const bytes = Buffer.from(await response.arrayBuffer());
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const text = bytes.toString('utf8');
    expect(text).toContain('操作人');
    expect(text).toContain(`"'=HYPERLINK(""http://x"")"`);
    expect(text).toContain(`"'+1,""quoted"""`);
    expect(text).not.toMatch(/(^|,)"?[=+@]/m);
    expect(text).not.toContain('6208');
    expect(text.split('\r\n').length).toBeGreaterThan((await log(auditor)).length - 2);
    expect((await log(auditor, '?action=export&query=audit'))[0]).toMatchObject({ actor: 'auditor', subject: 'audit' });
  });

  test('tells the head of the chain, which every row up to it is behind', async () => {
    await edit();
    await expect.poll(async () => (await log(auditor, '?limit=1'))[0]?.position).toBeGreaterThan(0);
    const { body: head } = await auditor.get<AuditHead>('/api/audit/head');
    const sealed = await ownerOf(server.database).query('select position, digest from audit_seal order by position desc limit 1');
    expect(head).toEqual(sealed.rows[0]);
    const own = (await log(auditor)).find(({ position }) => position === head.position);
    if (own) expect(own.digest).toBe(head.digest);
  });

  test('proves the chain while the server runs, also against a head that was noted down; only to auditors', async () => {
    const { body: head } = await auditor.get<AuditHead>('/api/audit/head');
    const whole = await auditor.get<AuditVerification>(`/api/audit/verification?head=${head.digest}`);
    expect(whole).toMatchObject({ status: 200, body: { findings: [] } });
    expect(whole.body.sealed).toBeGreaterThan(0);
    const cut = await auditor.get<AuditVerification>(`/api/audit/verification?head=${'0123456789abcdef'.repeat(4)}`);
    expect(cut.body.findings).toMatchObject([{ kind: 'tail-cut' }]);
    expect((await auditor.get('/api/audit/verification?head=abc')).status).toBe(400);
    expect((await drafter.get('/api/audit/verification')).status).toBe(403);
  });
});

describe('onegrid audit', () => {
  let place: Place;
  let head: AuditHead;

  /** Opens the database without a server, as its owner, past the triggers. */
  async function past(...statements: readonly string[]): Promise<void> {
    const database = await openDatabase(place.settings);
    try {
      await inTransaction(database, SYSTEM, async (db) => {
        await db.query('set local role none');
        await db.query('set local session_replication_role = replica');
        for (const statement of statements) await db.query(statement);
      });
    } finally {
      await database.close();
    }
  }

  beforeAll(async () => {
    // A process that ends between the commit and the seal leaves rows like these.
    place = await freshPlace();
    const database = await openDatabase(place.settings);
    await inTransaction(database, SYSTEM, async (db) => {
      for (let i = 1; i <= 5; i += 1) await audit(db, systemIdentity('test'), { action: 'edit', subject: `plan/${i}` });
    });
    await database.close();
  });
  afterAll(() => place.remove());

  test('says what waits for a seal; the next start seals it', async () => {
    const before = await onegrid(place, 'audit', 'verify');
    expect([before.code, JSON.parse(before.output)]).toMatchObject([0, { sealed: 0, unsealed: 5, findings: [] }]);
    const server = await startServer(place.settings);
    await server.stop();
    const after = await onegrid(place, 'audit', 'verify');
    const verification = JSON.parse(after.output) as AuditVerification;
    expect([after.code, verification]).toMatchObject([0, { sealed: 5, unsealed: 0, findings: [] }]);
    head = verification.head;
    expect(after.said).toContain('5 rows');
  });

  test('writes the log into a file, and that it did', async () => {
    const out = join(place.settings.dataDir, 'log.csv');
    const { code, output } = await onegrid(place, 'audit', 'export', '--out', EMBEDDED ? out : '/dev/null');
    expect([code, JSON.parse(output)]).toMatchObject([0, { rows: 6 }]);
    if (EMBEDDED) expect(await readFile(out, 'utf8')).toMatch(/^\uFEFF.*\r\n6,,.*onegrid audit.*,export,audit,/);
  });

  test('refuses what is no digest', async () => {
    expect(await onegrid(place, 'audit', 'verify', '--head', 'abc')).toMatchObject({ code: 2, output: '' });
  });

  test('finds a changed row and says where; exit code 1', async () => {
    await past(`update audit_entry set subject = 'plan/33' where id = 3`);
    const { code, output, said } = await onegrid(place, 'audit', 'verify');
    expect([code, JSON.parse(output).findings]).toEqual([1, [{ kind: 'entry-changed', position: 3, entry: 3 }]]);
    expect(said).toContain('Position 3');
    await past(`update audit_entry set subject = 'plan/3' where id = 3`);
    expect((await onegrid(place, 'audit', 'verify')).code).toBe(0);
  });

  test('finds a cut end by the head that was noted down', async () => {
    expect((await onegrid(place, 'audit', 'verify', '--head', head.digest)).code).toBe(0);
    await past('delete from audit_entry where id > 3', 'delete from audit_seal where position > 3', 'delete from audit_unsealed');
    const { code, output } = await onegrid(place, 'audit', 'verify', '--head', head.digest.toUpperCase());
    const { findings } = JSON.parse(output) as AuditVerification;
    expect([code, findings[0]]).toEqual([1, { kind: 'tail-cut', position: null, entry: null }]);
  });

  test.runIf(EMBEDDED)('finds it by the file beside the data, too, and a file that was spoilt', async () => {
    const { code, output } = await onegrid(place, 'audit', 'verify');
    expect([code, JSON.parse(output).findings]).toEqual([1, [{ kind: 'tail-cut', position: head.position, entry: null }]]);
    await writeFile(join(place.settings.dataDir, 'audit-head.json'), '{}');
    expect(JSON.parse((await onegrid(place, 'audit', 'verify')).output).findings).toMatchObject([{ kind: 'head-unreadable' }]);
  });
});
