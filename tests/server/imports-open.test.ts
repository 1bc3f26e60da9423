// Open imports: whose they are, how they end, and that nothing of them stays behind.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { DEMO_ACCOUNTS } from '../../core/accounts/demo-accounts.ts';
import type { ImportStatus, SourceChoice } from '../../core/api/import-messages.ts';
import { systemIdentity } from '../../server/http/identity.ts';
import { inspectFile } from '../../server/imports/inspect-source.ts';
import { isRunning, type OpenImport } from '../../server/imports/open-import.ts';
import { OpenImports } from '../../server/imports/open-imports.ts';
import { NO_DECISIONS } from '../../server/imports/run-import.ts';
import { cleanChoice } from '../../server/imports/source-to-read.ts';
import { startServer } from '../../server/serve.ts';
import { removeLeftovers } from '../../server/sources/folder.ts';
import { inTurn } from '../../server/sources/in-turn.ts';
import { type Answer, call } from './client.ts';
import { freshPlace, ownerOf, startTestServer, type TestServer } from './harness.ts';
import { county } from './import-files.ts';
import { Office } from './office.ts';

/** Files that the server looks into at a time. */
const AT_ONCE = 2;
const PAUSE_MILLISECONDS = 50;
const pause = () => new Promise((resolve) => setTimeout(resolve, PAUSE_MILLISECONDS));

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(async () => {
  await server.close();
});

const folders = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith(`onegrid-import-${process.pid}-`));

async function rows(): Promise<unknown> {
  const answer = await ownerOf(server.database).query(
    `select (select count(*)::int from region) as region, (select count(*)::int from block) as block,
       (select count(*)::int from building) as building, (select count(*)::int from barrier) as barrier`,
  );
  return answer.rows[0];
}
const NOTHING = { region: 0, block: 0, building: 0, barrier: 0 };

describe('an import that is removed', () => {
  it('stops what is being read for it, and leaves its place to others', async () => {
    const imports = new OpenImports(server.database);
    const before = folders().length;
    const { id, folder, removed } = imports.open(systemIdentity('test'));
    const path = join(folder, 'communities');
    await writeFile(path, JSON.stringify(county().communities));
    const reading = Array.from({ length: 3 }, () => inspectFile({ path, name: 'communities.geojson', bytes: 0 }, [], removed));
    imports.remove(id);
    expect((await Promise.allSettled(reading)).map((end) => end.status === 'rejected' && end.reason.code)).toEqual(
      Array(3).fill('unknown-import'),
    );
    expect(folders()).toHaveLength(before);
  });
});

describe('a cancelled import', () => {
  const demo = async (name: string) =>
    new Uint8Array(await readFile(fileURLToPath(new URL(`../../fixtures/gaotai/${name}.geojson.gz`, import.meta.url))));

  it('leaves nothing behind, whatever it was at, and can be taken up again', async () => {
    const office = await Office.open(server.address);
    for (const name of ['communities', 'buildings', 'barriers']) {
      await office.bring(`${name}.geojson.gz`, await demo(name), { crs: 'EPSG:4490' });
    }
    for (const phase of ['reading', 'validating'] as const) {
      await office.start('run');
      expect((await office.reached(phase)).phase).toBe(phase);
      if (phase === 'reading') {
        const under = await office.choose('any', { swapAxes: true });
        expect([under.status, under.body.code]).toEqual([409, 'import-under-way']);
      }
      await call(server.address, `${office.path}/cancel`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' });
      const { phase: end, problem, sources } = await office.reached();
      expect([end, problem?.code, sources.length]).toEqual(['failed', 'import-cancelled', 3]);
      expect(await rows()).toEqual(NOTHING);
    }
    const before = folders().length;
    await call(server.address, office.path, { method: 'DELETE' });
    expect((await call(server.address, office.path)).status).toBe(404);
    expect(folders()).toHaveLength(before - 1);
  }, 180_000);

  it('stores nothing shortly before it writes and while it does, either', async () => {
    // Not over HTTP: on the embedded engine a request waits for the transaction, and may be answered after the commit.
    const imports = new OpenImports(server.database);
    const by = systemIdentity('test');
    const { id, folder } = imports.open(by);
    for (const kind of ['communities', 'buildings'] as const) {
      const path = join(folder, kind);
      await writeFile(path, await demo(kind));
      const file = { id: kind, path, name: `${kind}.geojson`, bytes: 0, format: 'geojson', layers: [], attribution: null } as const;
      imports.putSource(id, { ...file, layers: [], choice: cleanChoice(kind), problem: null, sample: null });
    }
    const afterwards = async (): Promise<void> => undefined;
    const opened = () => imports.find(id, by) as OpenImport;
    for (const phase of ['building-blocks', 'writing'] as const) {
      imports.start(id, { decisions: NO_DECISIONS, asked: false, store: true, afterwards, onPlansChanged: () => undefined });
      while (isRunning(opened()) && opened().progress.phase !== phase) await setImmediate();
      expect(opened().progress.phase).toBe(phase);
      imports.cancel(id);
      while (isRunning(opened())) await pause();
      expect(opened().problem?.code).toBe('import-cancelled');
      expect(await rows()).toEqual(NOTHING);
    }
    imports.remove(id);
  }, 180_000);
});

describe('two people', () => {
  const signedIn = async (demo: string): Promise<Record<string, string>> => {
    const response = await fetch(`${server.address}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ demo }),
    });
    return { cookie: (response.headers.get('set-cookie') ?? '').split(';')[0] as string };
  };

  it('do not see each other’s imports, nor can tell that there are any', async () => {
    const drafter = DEMO_ACCOUNTS.find(({ roles }) => roles.includes('drafter'));
    const own = await Office.open(server.address, await signedIn(drafter?.login ?? ''));
    const { body: source } = await own.send('楼栋.geojson', JSON.stringify(county().buildings));
    expect(source.choice.kind).toBe('buildings');
    expect((await own.status()).sources).toHaveLength(1);
    const stranger = new Office(server.address, own.id);
    const answers: Answer<unknown>[] = [
      await call(server.address, own.path),
      await call(server.address, own.path, { method: 'DELETE' }),
      await stranger.choose(source.id, { swapAxes: true }),
      await stranger.start('run'),
      await call(server.address, `${own.path}/findings.csv`),
    ];
    const nowhere = (await call<ImportStatus>(server.address, '/api/imports/00000000-0000-4000-8000-000000000000')).status;
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => nowhere));
    expect((await own.status()).sources).toHaveLength(1);
  });
});

/** Takes every place at which files are looked into; returns how to give them back, which the end of the test does at the latest. */
function holdReading(): () => void {
  let letRead = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    letRead = resolve;
  });
  for (let place = 0; place < AT_ONCE; place++) void inTurn(() => held);
  onTestFinished(letRead);
  return letRead;
}

describe('a file that is looked into', () => {
  it('cannot change what is being imported meanwhile', async () => {
    const office = await Office.open(server.address);
    const { communities, buildings } = county();
    await office.bring('村社区.geojson', JSON.stringify(communities), { crs: 'EPSG:4490' });
    const source = await office.bring('楼栋.geojson', JSON.stringify(buildings), { crs: 'EPSG:4490' });
    const letRead = holdReading();
    const changing = office.choose(source.id, { encoding: 'GB18030' });
    await pause();
    expect((await office.start('preview')).status).toBe(202);
    letRead();
    const changed = await changing;
    expect([changed.status, changed.body.code]).toEqual([409, 'import-under-way']);
    expect((await office.reached()).phase).toBe('previewed');
  });

  it('keeps what people change while it is read in another encoding', async () => {
    const office = await Office.open(server.address);
    const { body: sent } = await office.send('楼栋.geojson', JSON.stringify(county().buildings));
    const letRead = holdReading();
    const reading = office.choose(sent.id, { encoding: 'GB18030' });
    expect((await office.choose(sent.id, { crs: 'EPSG:4490' })).body.choice.crs).toBe('EPSG:4490');
    letRead();
    const { body: read } = await reading;
    expect(read.choice).toMatchObject({ encoding: 'GB18030', crs: 'EPSG:4490' });
    expect((await office.status()).sources).toMatchObject([{ choice: { encoding: 'GB18030', crs: 'EPSG:4490' } }]);
  });

  it('shows no number of a person among its values', async () => {
    const office = await Office.open(server.address);
    const rows = Array.from({ length: 9 }, (_, i) => `${i},${i}号楼,二楼住户 13800138000,门朝南\n`).join('');
    const { body } = await office.send('楼栋.csv', `编号,楼栋名称,备注,说明\n${rows}9,9号楼,证 11010519491231002X,门朝北\n`);
    expect(body.layers[0]?.fields.map(({ name }) => name)).toEqual(['编号', '楼栋名称', '备注', '说明']);
    expect(JSON.stringify(body)).toContain('门朝南');
    expect(JSON.stringify(body)).not.toMatch(/13800138000|11010519491231002X/);
  });
});

describe('a file that cannot be read', () => {
  it('says why, keeps the import from running, and can be taken out', async () => {
    const office = await Office.open(server.address);
    const { status, body } = await office.send('楼栋.xlsx', Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]));
    expect([status, body.format]).toEqual([201, null]);
    expect(body.problem?.code).toMatch(/^file-/);
    expect(body.problem?.detail).toMatch(/[\u4e00-\u9fff]/);
    const start = await office.start('preview');
    expect([start.status, start.body.code]).toEqual([409, 'import-incomplete']);
    expect(start.body.detail).toContain('楼栋.xlsx');
    const removed = await call<ImportStatus>(server.address, `${office.path}/sources/${body.id}`, { method: 'DELETE' });
    expect(removed.body.sources).toEqual([]);
  });

  it('is no reason to take what a person may not choose', async () => {
    const office = await Office.open(server.address);
    const { body } = await office.send('楼栋.geojson', JSON.stringify(county().buildings));
    const changes: Partial<SourceChoice>[] = [
      { crs: 'EPSG:1' },
      { layer: 'none' },
      { fields: { households: 'nowhere' } },
      { fields: { colour: 'households' } },
    ];
    for (const change of changes) {
      const answer = await office.choose(body.id, change);
      expect([answer.status, answer.body.code]).toEqual([400, 'bad-choice']);
    }
  });
});

describe('an import that nobody ends', () => {
  it('goes with its files when it is not used', async () => {
    const imports = new OpenImports(server.database, { idleMilliseconds: 4 * PAUSE_MILLISECONDS });
    const by = systemIdentity('test');
    const { id, folder } = imports.open(by);
    expect(existsSync(folder)).toBe(true);
    while (existsSync(folder)) await pause();
    expect(imports.find(id, by)).toBeNull();
  });

  it('gives way to newer ones of the same person', () => {
    const imports = new OpenImports(server.database);
    const by = systemIdentity('test');
    const opened = Array.from({ length: 9 }, () => imports.open(by));
    const other = imports.open(systemIdentity('other'));
    expect(opened.map(({ id }) => imports.find(id, by) !== null)).toEqual([false, ...opened.slice(1).map(() => true)]);
    expect(existsSync(opened[0]?.folder ?? '')).toBe(false);
    for (const { id } of [...opened, other]) imports.remove(id);
  });

  it('is forgotten by a server that starts anew, and what a killed one left is removed', async () => {
    const place = await freshPlace();
    const first = await startServer(place.settings);
    const office = await Office.open(first.address);
    expect((await office.status()).phase).toBe('choosing');
    await first.stop();
    // No process has the number 4999999. Whole at once: another server that starts beside this one removes it, too.
    const made = mkdtempSync(join(tmpdir(), 'onegrid-left-'));
    const left = join(tmpdir(), `onegrid-import-4999999-${basename(made)}`);
    mkdirSync(join(made, 'sub'));
    renameSync(made, left);
    const second = await startServer(place.settings);
    expect((await call(second.address, office.path)).status).toBe(404);
    expect(existsSync(left)).toBe(false);
    await second.stop();
    await place.remove();
    removeLeftovers();
    rmSync(left, { recursive: true, force: true });
  });
});
