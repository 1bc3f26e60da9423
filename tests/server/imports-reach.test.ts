// What an importer of one county can neither change, nor read, nor count of the county beside it.
import { rmSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ImportDecisions, ImportKind, SourceChoice } from '../../core/api/import-messages.ts';
import type { Polygon } from '../../core/coverage/geometry.ts';
import { toDegrees } from '../../core/coverage/lattice.ts';
import { closedLine } from '../../core/coverage/ring.ts';
import { insertAccount } from '../../server/accounts/store.ts';
import { type Identity, systemIdentity } from '../../server/http/identity.ts';
import { ProblemError } from '../../server/http/problem.ts';
import { NO_DECISIONS, runImport } from '../../server/imports/run-import.ts';
import { cleanChoice, type SourceToRead } from '../../server/imports/source-to-read.ts';
import {
  COMMUNITIES,
  COUNTY,
  NEIGHBOURS,
  openTestDatabase,
  ownerOf,
  seedCounty,
  seedNeighbour,
  square,
  type TestDatabase,
} from './harness.ts';
import { contentOf } from './import-desk.ts';

const [EAST_STREET] = COMMUNITIES;
const [THERE] = NEIGHBOURS;
const BY: Identity = { ...systemIdentity('起草员'), region: COUNTY };

let opened: TestDatabase;
let folder: string;

beforeAll(async () => {
  opened = await openTestDatabase();
  await seedCounty(opened.database);
  await seedNeighbour(opened.database);
  folder = await mkdtemp(join(tmpdir(), 'onegrid-reach-'));
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await opened?.close();
});

const ringsOf = (polygon: Polygon): [number, number][][] =>
  polygon.map((ring) => {
    const line = closedLine(ring);
    return Array.from({ length: line.length / 2 }, (_, i) => [toDegrees(line[2 * i] as number), toDegrees(line[2 * i + 1] as number)]);
  });
const area = (polygon: Polygon) => ({ type: 'Polygon', coordinates: ringsOf(polygon) });
const middle = (column: number, row: number): [number, number] => {
  const [[a], [, , c]] = [ringsOf(square(column, row))[0], ringsOf(square(column, row))[0]] as [[number, number][], [number, number][]];
  return [((a as [number, number])[0] + (c as [number, number])[0]) / 2, ((a as [number, number])[1] + (c as [number, number])[1]) / 2];
};
const feature = (geometry: unknown, properties: Record<string, unknown>) => ({ type: 'Feature', geometry, properties });

async function source(kind: ImportKind, features: unknown[], choice: Partial<SourceChoice> = {}): Promise<SourceToRead> {
  const path = join(folder, `${kind}.geojson`);
  await writeFile(path, JSON.stringify({ type: 'FeatureCollection', features }));
  return { path, name: `${kind}.geojson`, choice: { ...cleanChoice(kind), ...choice } };
}

const take = (sources: readonly SourceToRead[], decisions: Partial<ImportDecisions> = {}, by = BY) =>
  runImport(opened.database, sources, { by, decisions: { ...NO_DECISIONS, ...decisions }, asked: true, store: true });

const neighbours = async (): Promise<unknown> => {
  const { rows } = await ownerOf(opened.database).query(
    `select code, name, block_revision, ST_AsText(outline) as outline,
            (select jsonb_agg(block order by id) from block where community = code) as blocks,
            (select jsonb_agg(building order by id) from building where community = code) as buildings
     from region where code like '500114%' order by code`,
  );
  return rows;
};

test('the outline and the name of its communities', async () => {
  const before = await neighbours();
  for (const name of ['邻村', '改名村']) {
    const files = await source('communities', [feature(area(square(5, 0, 1, 2)), { code: THERE, name, households: 1 })]);
    for (const removeMissing of [false, true]) {
      const { problem, report } = await take([files], { skipRefused: true, removeMissing });
      expect(problem?.code).toBe('import-beyond-region');
      expect(JSON.stringify(report)).not.toContain('240');
    }
  }
  expect(await neighbours()).toEqual(before);
});

test('barriers across it', async () => {
  const content = await contentOf(opened.database);
  const [from, to] = [middle(5, 0), middle(6, 1)];
  const line = { type: 'LineString', coordinates: [from, to] };
  const { problem } = await take([await source('barriers', [feature(line, { class: 'river', name: '河' })])]);
  expect(problem?.code).toBe('import-refused');
  expect((await contentOf(opened.database)).barrier).toBe(content.barrier);
});

test('how many live in it', async () => {
  const files = [
    await source('buildings', [
      feature({ type: 'Point', coordinates: middle(0, 0) }, { id: 'x', name: '楼', use: 'residential', households: 3 }),
      feature({ type: 'Point', coordinates: middle(5, 0) }, { id: 'y', name: '楼', use: 'residential', households: 3 }),
    ]),
    await source('households', [feature(null, { communityCode: THERE, households: 1 }), feature(null, { building: 'x', households: 5 })]),
  ];
  const { report } = await take(files, { skipRefused: true });
  expect(report?.registers.map(({ community }) => community)).toContain(EAST_STREET);
  expect(report?.registers.map(({ community }) => community)).not.toContain(THERE);
});

test('the households of a building with an identifier that anybody may look up', async () => {
  await ownerOf(opened.database).query(
    `update building set source_id = 'way/7' where id = (select min(id) from building where community = $1)`,
    [THERE],
  );
  const point = { type: 'Point', coordinates: [middle(1, 0)[0] + 0.0001, middle(1, 0)[1]] };
  const map = await source(
    'buildings',
    [
      feature({ type: 'Point', coordinates: middle(5, 0) }, { '@id': 'way/8', building: 'apartments' }),
      feature(point, { '@id': 'way/7', building: 'apartments' }),
    ],
    { layer: 'buildings', crs: 'EPSG:4326' },
  );
  // A building over there brings the neighbour into the comparison.
  expect((await take([map], { skipRefused: true })).problem).toBeNull();
  const { rows } = await ownerOf(opened.database).query(`select households from building where source_id = 'way/7' and community = $1`, [
    EAST_STREET,
  ]);
  expect(rows).toEqual([{ households: 0 }]);
});

test('institutions of another town, beside a household list', async () => {
  await ownerOf(opened.database).query(
    `update building set source_id = 'T1' where id = (select min(id) from building where community = $1)`,
    [EAST_STREET],
  );
  const list = await source('households', [feature(null, { building: 'T1', households: 7, population: 9 })]);
  const places = await source('institutions', [
    feature(area(square(1.2, 0.2, 0.2, 0.2)), { name: '本镇学校', use: 'school' }),
    feature(area(square(1.2, 2.2, 0.2, 0.2)), { name: '外镇学校', use: 'school' }),
  ]);
  const { problem, report } = await take([list, places], { skipRefused: true }, { ...BY, region: '620724100' });
  expect(problem).toBeNull();
  expect(report?.findings).toMatchObject([{ file: 'institutions', feature: 2, verdict: 'refused', message: 'beyond-region' }]);
  expect(report?.counts.institutions).toEqual({ taken: 1, mended: 0, refused: 1 });
  const { rows } = await ownerOf(opened.database).query('select name from institution');
  expect(rows).toEqual([{ name: '本镇学校' }]);
});

test('old grids of another town of the same county', async () => {
  const all = await source(
    'department-grids',
    [feature(area(square(0, 0)), { name: '一片' }), feature(area(square(0, 2)), { name: '二片' })],
    { settings: { department: 'health' } },
  );
  expect((await take([all])).problem).toBeNull();
  const town = await source('department-grids', [feature(area(square(0, 0)), { name: '一片新' })], { settings: { department: 'health' } });
  expect((await take([town], {}, { ...BY, region: '620724100' })).problem).toBeNull();
  const { rows } = await ownerOf(opened.database).query('select name from department_grid order by name');
  expect(rows.map(({ name }) => name)).toEqual(['一片新', '二片']);
});

test('what somebody else has changed meanwhile, and it says so', async () => {
  const line = { type: 'LineString', coordinates: [middle(0, 0), middle(1, 1)] };
  const sources = [await source('barriers', [feature(line, { class: 'lane', name: '巷' })])];
  const stopped = async (found: ProblemError): Promise<string | undefined> => {
    const within = () => Promise.reject(found);
    return (await runImport(opened.database, sources, { by: BY, decisions: NO_DECISIONS, store: true, within })).problem?.code;
  };
  expect(await stopped(new ProblemError(409, 'plan-frozen', { plan: 1 }))).toBe('import-plan-frozen');
  expect(await stopped(new ProblemError(409, 'stale-base', { revision: 2 }))).toBe('import-overtaken');
  expect(await stopped(new ProblemError(422, 'unknown-grid', { grid: 3 }))).toBe('import-overtaken');
});

test('anything at all once the account was closed, moved or has lost its rights', async () => {
  const account = await insertAccount(ownerOf(opened.database), {
    ...{ login: 'drafter', name: '起草员', organ: '', region: COUNTY, roles: ['drafter'], passwordHash: 'scrypt$none' },
    ...{ passwordTemporary: false, by: 'test' },
  });
  const line = { type: 'LineString', coordinates: [middle(0, 0), middle(1, 1)] };
  const sources = [await source('barriers', [feature(line, { class: 'street', name: '街' })])];
  const before = (await contentOf(opened.database)).barrier;
  for (const change of ['disabled = true', `region = '${COMMUNITIES[0].slice(0, 9)}'`, `roles = '{viewer}'`]) {
    const { problem } = await runImport(opened.database, sources, {
      by: { ...BY, account },
      decisions: NO_DECISIONS,
      store: true,
      within: async (db) => void (await db.query(`update account set ${change} where id = $1`, [account])),
    });
    expect(problem?.code).toBe('import-account-changed');
  }
  expect((await contentOf(opened.database)).barrier).toBe(before);
  expect((await take(sources, {}, { ...BY, account: account as number })).problem).toBeNull();
});
