// An import over HTTP: all of it is stored, or nothing; every mistake is named with file, feature and reason.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ImportStatus } from '../../core/api/import-messages.ts';
import type { BlockCollection, Health, PlanDetail, Problem } from '../../core/api/messages.ts';
import { box, building, collection, community, SIDE, SOUTH, WEST } from '../core/import/collections.ts';
import { call, post } from './client.ts';
import { ownerOf, startTestServer, type TestServer } from './harness.ts';
import { BUILDINGS, county, HOUSEHOLDS_PER_BUILDING, parents } from './import-files.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(async () => {
  await server.close();
});

function form(files: Readonly<Record<string, unknown>>, fields: Readonly<Record<string, string>> = {}): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  for (const [name, content] of Object.entries(files)) {
    const part = content instanceof Uint8Array ? content : typeof content === 'string' ? content : JSON.stringify(content);
    data.set(name, new Blob([part as BlobPart]), `${name}.geojson`);
  }
  return data;
}

const send = (files: Readonly<Record<string, unknown>>, fields?: Readonly<Record<string, string>>) =>
  call<ImportStatus & Problem>(server.address, '/api/imports', { method: 'POST', body: form(files, fields) });

async function statusOf(id: string, language = 'zh'): Promise<ImportStatus> {
  const { body } = await call<ImportStatus>(server.address, `/api/imports/${id}`, { headers: { 'accept-language': language } });
  if (!body.phase) throw new Error(`the import has no phase: ${JSON.stringify(body)}`);
  return body;
}

const PAUSE_MILLISECONDS = 50;
const pause = () => new Promise((resolve) => setTimeout(resolve, PAUSE_MILLISECONDS));

async function finished(id: string): Promise<ImportStatus> {
  for (;;) {
    const status = await statusOf(id);
    if (status.phase === 'done' || status.phase === 'failed') return status;
    await pause();
  }
}

async function importAll(files: Readonly<Record<string, unknown>>, fields?: Readonly<Record<string, string>>): Promise<ImportStatus> {
  const { status, body } = await send(files, fields);
  expect(status).toBe(202);
  return finished(body.id);
}

async function rowCounts(): Promise<Record<string, number>> {
  const tables = ['region', 'block', 'building', 'barrier', 'institution'];
  const { rows } = await ownerOf(server.database).query<Record<string, number>>(
    `select ${tables.map((table) => `(select count(*) from ${table}) as ${table}`).join(', ')}`,
  );
  return rows[0] as Record<string, number>;
}

const nothing = { region: 0, block: 0, building: 0, barrier: 0, institution: 0 };

describe('bad input stores nothing', () => {
  it.each<[string, Record<string, unknown>, string]>([
    ['a file that is no JSON', { ...county(), communities: '{' }, 'file-not-json'],
    ['a packed file that is broken', { ...county(), buildings: Uint8Array.from([0x1f, 0x8b, 1, 2, 3]) }, 'file-broken'],
    [
      'no households at all',
      { ...county(), buildings: collection([building(0.5, 0.5, { households: undefined })]) },
      'file-without-households',
    ],
    ['a community without a code', { ...county(), communities: collection([community(1), community(2, { code: '' })]) }, 'import-refused'],
    ['one building outside', { ...county(), buildings: collection([building(0.5, 0.5), building(9, 9)]) }, 'import-refused'],
  ])('%s', async (_, files, code) => {
    const status = await importAll(files);
    expect(status.phase).toBe('failed');
    expect(status.problem).toMatchObject({ status: 422, code });
    expect(await rowCounts()).toEqual(nothing);
  });

  it('and says what is wrong where, in the language of the reader', async () => {
    const files = { ...county(), buildings: collection([building(0.5, 0.5), building(9, 9), building(0.1, 0.1, { households: -4 })]) };
    const { id, report } = await importAll(files);
    expect(report?.counts.buildings).toEqual({ taken: 1, mended: 0, refused: 2 });
    expect(report?.findings).toEqual([
      expect.objectContaining({ file: 'buildings', feature: 3, field: 'households', verdict: 'refused', message: 'count-negative' }),
      expect.objectContaining({ file: 'buildings', feature: 2, verdict: 'refused', message: 'outside-communities' }),
    ]);
    expect((await statusOf(id, 'zh')).problem?.detail).toMatch(/未导入任何内容/);
    expect((await statusOf(id, 'en')).problem?.detail).toMatch(/nothing was imported/);
  });

  it('nor do requests that are no upload', async () => {
    const json = await post<Problem>(server.address, '/api/imports', county());
    expect([json.status, json.body.code]).toEqual([400, 'bad-request']);
    const { buildings } = county();
    const incomplete = await send({ buildings });
    expect([incomplete.status, incomplete.body.code]).toEqual([400, 'bad-upload']);
    const unknownFile = await send({ ...county(), roads: buildings });
    expect([unknownFile.status, unknownFile.body.code]).toEqual([400, 'bad-upload']);
    const unknownField = await send(county(), { skip: 'yes' });
    expect([unknownField.status, unknownField.body.code]).toEqual([400, 'bad-request']);
    const broken = await call<Problem>(server.address, '/api/imports', {
      method: 'POST',
      headers: { 'content-type': 'multipart/form-data; boundary=x' },
      body: '--x\r\nContent-Disposition: form-data; name="communities"; f',
    });
    expect([broken.status, broken.body.code]).toEqual([400, 'bad-upload']);
    const unknown = await call<Problem>(server.address, '/api/imports/none');
    expect([unknown.status, unknown.body.code]).toEqual([404, 'unknown-import']);
    expect(await rowCounts()).toEqual(nothing);
  });
});

describe('a large import', () => {
  const demo = async (name: string) =>
    new Uint8Array(await readFile(fileURLToPath(new URL(`../../fixtures/gaotai/${name}.geojson.gz`, import.meta.url))));

  it('can be cancelled, keeps others waiting meanwhile, and leaves nothing behind', async () => {
    const files = { communities: await demo('communities'), buildings: await demo('buildings'), barriers: await demo('barriers') };
    const { body } = await send(files);
    const second = await send(county());
    expect([second.status, second.body.code]).toEqual([409, 'import-running']);
    // Not later: on the embedded engine a request waits for the transaction that writes, and may be answered after its commit.
    while ((await statusOf(body.id)).phase === 'reading') await pause();
    const cancelled = await call<ImportStatus>(server.address, `/api/imports/${body.id}`, { method: 'DELETE' });
    expect(cancelled.status).toBe(202);
    const status = await finished(body.id);
    expect(status.problem?.code).toBe('import-cancelled');
    expect(await rowCounts()).toEqual(nothing);
  });
});

describe('a good import', () => {
  it('is stored with its regions, blocks and buildings, and can be planned on at once', async () => {
    const { phase, fraction, report } = await importAll(county());
    expect([phase, fraction]).toEqual(['done', 1]);
    expect(report?.findings).toEqual([]);
    expect(report?.households).toBe(BUILDINGS * HOUSEHOLDS_PER_BUILDING);
    expect(report?.counties).toEqual([{ code: '620724', name: '高台县' }]);
    // Three communities, two towns, county, city, province.
    expect(await rowCounts()).toMatchObject({ region: 8, building: BUILDINGS, barrier: 2, block: report?.blocks });

    const plan = await post<PlanDetail>(server.address, '/api/plans', { name: '试划', region: '620724' });
    expect(plan.body.communities.map(({ code, households }) => [code, households])).toEqual([
      ['620724100001', 105],
      ['620724100002', 105],
      ['620724101201', 90],
    ]);
    const blocks = await call<BlockCollection>(server.address, `/api/plans/${plan.body.id}/blocks?community=620724100001`);
    expect(blocks.body.features).toHaveLength(3);
  });

  it('names the regions above and joins the outlines of their children', async () => {
    const { rows } = await ownerOf(server.database).query(
      `select code, name, round((ST_Area(outline) * 1e4)::numeric, 4)::float as squares from region where length(code) < 12 order by code`,
    );
    expect(rows).toEqual([
      { code: '62', name: '甘肃省', squares: 3 },
      { code: '6207', name: '张掖市', squares: 3 },
      { code: '620724', name: '高台县', squares: 3 },
      { code: '620724100', name: '城关镇', squares: 2 },
      { code: '620724101', name: '渠口镇', squares: 1 },
    ]);
  });

  it('changes nothing when it is taken twice', async () => {
    const before = await rowCounts();
    const again = await importAll(county());
    expect(again.problem).toBeNull();
    // Three communities, all buildings, two streets.
    expect(again.report?.unchanged).toBe(3 + BUILDINGS + 2);
    expect(await rowCounts()).toEqual(before);
  });

  it('is refused where it lies on what is there already', async () => {
    const before = await rowCounts();
    const across = community(9, { ...parents, code: '620724103001', town: '巷道镇' }, box(WEST + SIDE / 2, SOUTH + SIDE / 2, SIDE, SIDE));
    const { problem } = await importAll({ communities: collection([across]), buildings: collection([building(0.9, 0.9)]) });
    expect(problem?.code).toBe('import-refused');
    expect(await rowCounts()).toEqual(before);
  });

  it('leaves refused rows out when it is told to', async () => {
    const north = (number: number) =>
      community(
        number,
        { ...parents, code: `62072410200${number}`, town: '南华镇' },
        box(WEST + (number - 1) * SIDE, SOUTH + 5 * SIDE, SIDE, SIDE),
      );
    const files = { communities: collection([north(1), north(2)]), buildings: collection([building(0.5, 5.5), building(9, 9)]) };
    const { problem, report } = await importAll(files, { skipRefused: 'true' });
    expect(problem).toBeNull();
    expect(report?.counts.buildings).toEqual({ taken: 1, mended: 0, refused: 1 });
    expect(report?.households).toBe(2);
  });

  it('keeps the mark of files that say of themselves that they are made up', async () => {
    const synthetic = async () => (await call<Health>(server.address, '/api/health')).body.map.synthetic;
    expect(await synthetic()).toBe(false);
    const far = community(9, { ...parents, code: '620724103001', town: '巷道镇' }, box(WEST, SOUTH + 9 * SIDE, SIDE, SIDE));
    const communities = collection([far]);
    const { problem } = await importAll({ communities, buildings: { ...collection([building(0.5, 9.5)]), synthetic: true } });
    expect(problem).toBeNull();
    expect(await synthetic()).toBe(true);
    const { rows } = await ownerOf(server.database).query('select code from region where synthetic');
    expect(rows).toEqual([{ code: '620724' }]);
  });
});
