// Profiles through the whole application: versions, refusals, the preview against what really happens, and what the database holds up.
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type {
  CheckReport,
  GridCollection,
  PlanDetail,
  PlanSummary,
  Problem,
  ProfileHead,
  ProfilePreview,
  ProfileVersion,
} from '../../core/api/messages.ts';
import type { ProfileContent } from '../../core/rules/profile.ts';
import { SHIPPED, storeShipped } from '../../server/versions/shipped.ts';
import { insertShipped } from '../../server/versions/store.ts';
import { type Answer, call, post } from './client.ts';
import { ownerOf, type SeededCounty, seedCounty, seedGrid, seedPlan, startTestServer, type TestServer } from './harness.ts';

const GANSU = 'gansu-2023';
const [EAST, WEST, NORTH] = ['620724100001', '620724100002', '620724101201'] as const;

let server: TestServer;
let county: SeededCounty;

beforeAll(async () => {
  server = await startTestServer();
  county = await seedCounty(server.database);
});
afterAll(() => server?.close());

const get = async <T>(path: string): Promise<T> => (await call<T>(server.address, path)).body;
const send = <T>(path: string, body: unknown): Promise<Answer<T & Problem>> => post(server.address, path, body);
const newest = (profile = GANSU): Promise<ProfileVersion> => get(`/api/profiles/${profile}`);
const versionsOf = (profile = GANSU): Promise<ProfileHead[]> => get(`/api/profiles/${profile}/versions`);

/** The content with what `edit` does to it. */
function edited(content: ProfileContent, edit: (content: ProfileContent) => void): ProfileContent {
  const copy = structuredClone(content);
  edit(copy);
  return copy;
}

function put(content: object, [field = '', ...below]: readonly string[], value: unknown): void {
  const fields = content as Record<string, object>;
  if (below.length > 0) put(fields[field] ?? {}, below, value);
  else Object.assign(fields, { [field]: value });
}

/** A profile of its own, so that tests do not meet in one list of versions. */
async function copy(id: string): Promise<ProfileVersion> {
  const answer = await send<ProfileVersion>('/api/profiles', {
    ...{ id, from: { profile: GANSU }, name: { zh: '试行标准', en: 'On trial' } },
    note: '供试用',
  });
  expect(answer.status).toBe(201);
  return answer.body;
}

const save = (profile: string, base: number, content: object, note = '试改') =>
  send<ProfileVersion>(`/api/profiles/${profile}`, { base, content, note });

/** Five grids: 300 and 60 households in the east, 240 in the west, 120 and 180 in the north. */
async function drawnPlan(): Promise<number> {
  const plan = await seedPlan(server.database);
  const [east = [], west = [], north = []] = [EAST, WEST, NORTH].map((code) => county.blocks[code]);
  await seedGrid(server.database, plan, EAST, east.slice(0, 5), '东街第一网格');
  await seedGrid(server.database, plan, EAST, east.slice(5), '东街第二网格');
  await seedGrid(server.database, plan, WEST, west, '西街第一网格');
  await seedGrid(server.database, plan, NORTH, north.slice(0, 2), '渠口第一网格');
  await seedGrid(server.database, plan, NORTH, north.slice(2), '渠口第二网格');
  await get(`/api/plans/${plan}/checks`);
  return plan;
}

const bands = async (plan: number): Promise<Record<string, string>> =>
  Object.fromEntries(
    (await get<GridCollection>(`/api/plans/${plan}/grids`)).features.map(({ properties }) => [properties.name, properties.band]),
  );

describe('versions', () => {
  test('what is shipped is version 1, as it is in the file', async () => {
    const heads = await get<ProfileHead[]>('/api/profiles');
    for (const id of [GANSU, 'qianjiang-2022']) {
      const file: unknown = JSON.parse(readFileSync(new URL(`../../core/rules/profiles/${id}.json`, import.meta.url), 'utf8'));
      expect(await get(`/api/profiles/${id}?version=1`)).toMatchObject({ version: 1, actor: SHIPPED, content: file });
      expect(heads.find(({ profile }) => profile === id)).toMatchObject({ version: 1, name: (file as ProfileContent).name });
    }
  });

  test('a second start adds nothing; a changed file is added until somebody has edited the profile; an old one never', async () => {
    const pool = ownerOf(server.database);
    const { content } = await copy('shipped-trial');
    const [old, changed, later] = [1, 2, 3].map((maximum) =>
      edited({ ...content, id: 'shipped-file' }, ({ size }) => {
        size.urban.households = { minimum: null, maximum };
      }),
    ) as [ProfileContent, ProfileContent, ProfileContent];
    await storeShipped(pool);
    expect(await versionsOf()).toHaveLength(1);
    for (const file of [old, old, changed, old, changed]) await insertShipped(pool, 'profile', 'shipped-file', file, SHIPPED);
    expect((await versionsOf('shipped-file')).map(({ version }) => version)).toEqual([2, 1]);
    expect((await newest('shipped-file')).content).toEqual(changed);
    const own = await save('shipped-file', 2, { ...changed, readings: [] });
    expect(own.status).toBe(201);
    await insertShipped(pool, 'profile', 'shipped-file', later, SHIPPED);
    expect((await newest('shipped-file')).content).toEqual({ ...changed, readings: [] });
  });

  test('an edit becomes the next version with its note; the one before stays as it was', async () => {
    const first = await copy('edit');
    const content = edited(first.content, ({ severity }) => {
      severity.size = 'error';
    });
    const answer = await save('edit', 1, content, '规模从严');
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({ profile: 'edit', version: 2, note: '规模从严', actor: '演示', content });
    expect(await newest('edit')).toEqual(answer.body);
    expect(await get('/api/profiles/edit?version=1')).toEqual(first);
    expect((await versionsOf('edit')).map(({ version, note }) => [version, note])).toEqual([
      [2, '规模从严'],
      [1, '供试用'],
    ]);
  });

  test('a copy keeps the rules and bears its own id and name; an id is given once', async () => {
    const { content } = await newest();
    const made = await copy('copied');
    expect(made).toMatchObject({ version: 1, content: { ...content, id: 'copied', name: { zh: '试行标准', en: 'On trial' } } });
    const again = await send('/api/profiles', { id: 'copied', from: { profile: GANSU }, name: { zh: '又', en: 'b' }, note: '又' });
    expect(again).toMatchObject({ status: 409, body: { code: 'profile-exists' } });
    expect(await versionsOf('copied')).toHaveLength(1);
  });

  test('an edit of an older version is refused, and of twenty at once one is taken', async () => {
    const { content } = await copy('contested');
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => save('contested', 1, { ...content, name: { zh: `第 ${n} 人`, en: `No ${n}` } })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array<number>(19).fill(409)]);
    expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({ code: 'stale-profile' });
    expect(await versionsOf('contested')).toHaveLength(2);
    expect(await save('contested', 7, content)).toMatchObject({ status: 409, body: { code: 'stale-profile' } });
  });
});

describe('refusals name the place, and change nothing', () => {
  const faults: readonly [what: string, field: string, value: unknown, at: string, sentence: RegExp][] = [
    ['bounds the wrong way round', 'size.urban.households', { minimum: 9, maximum: 8 }, 'size.urban.households', /下限高于上限/],
    ['a negative bound', 'size.rural.households.minimum', -1, 'size.rural.households.minimum', /不得小于 0/],
    ['half a household', 'size.rural.households.maximum', 0.5, 'size.rural.households.maximum', /整数/],
    ['a tolerance above the whole', 'size.urban.persons.tolerance', 2, 'size.urban.persons.tolerance', /小于 1/],
    ['a share in percent', 'limits.borderShare', 50, 'limits.borderShare', /不得大于 1/],
    ['an unknown severity', 'severity.size', 'fatal', 'severity.size', /error, warning, note/],
    ['a name left empty', 'name.zh', '', 'name.zh', /没有填写/],
    ['no posts', 'staff.posts', [], 'staff.posts', /没有填写/],
    ['a field that nobody knows', 'colour', 'red', '', /colour/],
    ['the id of another', 'id', 'other', 'id', /faulty/],
  ];
  test.each(faults)('%s', async (_, field, value, path, sentence) => {
    const known = await call<ProfileVersion>(server.address, '/api/profiles/faulty');
    const { content } = known.status === 200 ? known.body : await copy('faulty');
    const faulty = edited(content, (copy) => put(copy, field.split('.'), value));
    const answer = await save('faulty', 1, faulty);
    expect(answer).toMatchObject({ status: 422, body: { code: 'profile-invalid', at: { path } } });
    expect(answer.body.detail).toMatch(sentence);
    expect(await send('/api/profiles/faulty/preview', { content: faulty, plan: 1 })).toMatchObject({ status: 422 });
    expect(await versionsOf('faulty')).toHaveLength(1);
  });

  test('an edit that changes nothing, or says not why, or of rules that are not there', async () => {
    const { content } = await copy('same');
    expect(await save('same', 1, content)).toMatchObject({ status: 422, body: { code: 'profile-unchanged' } });
    expect(await save('same', 1, { ...content, readings: [] }, ' ')).toMatchObject({ status: 400, body: { at: { path: 'note' } } });
    expect(await versionsOf('same')).toHaveLength(1);
    expect(await save('none', 1, content)).toMatchObject({ status: 404, body: { code: 'unknown-profile' } });
    for (const path of ['none', '__proto__', 'A%20B', 'same?version=9', 'none/versions']) {
      expect((await call<Problem>(server.address, `/api/profiles/${path}`)).body.code).toBe('unknown-profile');
    }
    const plan = await send('/api/plans', { name: '甲', region: county.county, profile: 'none' });
    expect(plan).toMatchObject({ status: 404, body: { code: 'unknown-profile' } });
  });
});

describe('plans', () => {
  test('a new plan follows the newest version of that day, and stays with it', async () => {
    const { content } = await copy('followed');
    await save('followed', 1, { ...content, readings: [] });
    const made = await send<PlanSummary>('/api/plans', { name: '甲', region: county.county, profile: 'followed' });
    expect(made.body).toMatchObject({ profile: 'followed', profileVersion: 2 });
    await save('followed', 2, content);
    expect(await get(`/api/plans/${made.body.id}`)).toMatchObject({ profile: 'followed', profileVersion: 2 });
  });

  test('raising the maximum turns a warning away: the preview says so before, the checks after, the operations from then on', async () => {
    const { content } = await copy('raised');
    const strict = edited(content, ({ size }) => {
      size.urban = { ...size.urban, households: { minimum: 50, maximum: 200 }, persons: null };
    });
    await save('raised', 1, strict);
    const wide = edited(strict, ({ size }) => {
      size.urban.households = { minimum: 50, maximum: 300 };
    });
    await save('raised', 2, wide);
    const plan = await drawnPlan();
    const moved = await send<CheckReport>(`/api/plans/${plan}/profile`, { profile: 'raised', version: 2 });
    expect(moved).toMatchObject({ status: 200, body: { profile: 'raised', profileVersion: 2 } });
    expect(await bands(plan)).toMatchObject({ 东街第一网格: 'above', 东街第二网格: 'in', 西街第一网格: 'above' });

    const preview = await send<ProfilePreview>('/api/profiles/raised/preview', { content: wide, plan });
    expect(preview.body.counts.find(({ check, severity }) => check === 'size' && severity === 'warning')).toMatchObject({
      before: 2,
      after: 0,
    });
    expect(preview.body.changes).toMatchObject([{ check: 'size', change: 'goes', count: 2 }]);
    expect(preview.body.changes[0]?.issues.map(({ values }) => values.grid).sort()).toEqual(['东街第一网格', '西街第一网格']);
    for (const { place } of preview.body.changes[0]?.issues ?? []) expect(place).toHaveLength(4);
    expect(preview.body.grids).toMatchObject([{ before: 'above', after: 'in', count: 2 }]);
    expect(preview.body.communities).toEqual([EAST, WEST]);
    expect(await bands(plan)).toMatchObject({ 东街第一网格: 'above' });

    expect((await send(`/api/plans/${plan}/profile`, { version: 3 })).status).toBe(200);
    expect(await bands(plan)).toMatchObject({ 东街第一网格: 'in', 西街第一网格: 'in' });
    const detail = await get<PlanDetail>(`/api/plans/${plan}`);
    expect(detail).toMatchObject({ profile: 'raised', profileVersion: 3 });
  });

  const edits: readonly [what: string, edit: (content: ProfileContent) => void][] = [
    ['a narrower band', ({ size }) => (size.urban = { ...size.urban, households: { minimum: 280, maximum: 290 }, persons: null })],
    [
      'persons alone',
      ({ size }) => (size.rural = { ...size.rural, households: { minimum: 500, maximum: null }, persons: { about: 400, tolerance: 0.2 } }),
    ],
    ['a stricter size', ({ severity }) => (severity.size = 'error')],
    ['a milder size and a graver completeness', ({ severity }) => Object.assign(severity, { size: 'note', complete: 'error' })],
    ['no exception for a whole community', ({ size }) => (size.urban.wholeCommunityMayBeSmaller = false)],
  ];
  test.each(edits)('%s: the preview counts what the checks find once the plan has moved', async (what, edit) => {
    const id = `previewed-${edits.findIndex(([name]) => name === what)}`;
    const { content } = await copy(id);
    const plan = await drawnPlan();
    await ownerOf(server.database).query(`update grid set reason = '独栋' where plan = $1 and name = '东街第二网格'`, [plan]);
    const before = await get<CheckReport>(`/api/plans/${plan}/checks`);
    const preview = (await send<ProfilePreview>(`/api/profiles/${id}/preview`, { content: edited(content, edit), plan })).body;
    await save(id, 1, edited(content, edit));
    const after = (await send<CheckReport>(`/api/plans/${plan}/profile`, { profile: id, version: 2 })).body;
    expect(totals(preview, 'before')).toEqual(before.counts);
    expect(totals(preview, 'after')).toEqual(after.counts);
    expect(after).toEqual(await get<CheckReport>(`/api/plans/${plan}/checks`));
    const stored = await get<PlanDetail>(`/api/plans/${plan}`);
    expect(stored.communities.reduce((sum, { errors }) => sum + errors, 0)).toBe(after.counts.error);
    expect(stored.communities.reduce((sum, { warnings }) => sum + warnings, 0)).toBe(after.counts.warning);
    const changed = preview.changes.reduce((sum, { count }) => sum + count, 0);
    expect(changed).toBeGreaterThan(0);
  });

  test('a settled plan stays with its version', async () => {
    await copy('late');
    const plan = await drawnPlan();
    await ownerOf(server.database).query(`update plan set state = 'submitted' where id = $1`, [plan]);
    const before = await get(`/api/plans/${plan}`);
    expect(await send(`/api/plans/${plan}/profile`, { profile: 'late', version: 1 })).toMatchObject({
      status: 409,
      body: { code: 'plan-frozen' },
    });
    expect(await get(`/api/plans/${plan}`)).toEqual(before);
    await expect(ownerOf(server.database).query(`update plan set profile = 'late' where id = $1`, [plan])).rejects.toMatchObject({
      code: 'OG001',
    });
  });

  test('a version that is not there cannot be followed', async () => {
    const plan = await drawnPlan();
    for (const to of [{ version: 99 }, { profile: 'none', version: 1 }]) {
      expect(await send(`/api/plans/${plan}/profile`, to)).toMatchObject({ status: 404, body: { code: 'unknown-profile' } });
    }
    expect(await send('/api/plans/99999/profile', { version: 1 })).toMatchObject({ status: 404, body: { code: 'unknown-plan' } });
    await expect(ownerOf(server.database).query('update plan set profile_version = 99 where id = $1', [plan])).rejects.toMatchObject({
      code: '23503',
    });
  });
});

describe('behind the back of the application', () => {
  const refused = '23000';
  test.each([
    `update profile_version set content = '{"id": "gansu-2023"}'`,
    `update profile_version set note = 'x' where version = 1`,
    `delete from profile_version where profile = 'gansu-2023'`,
    'truncate profile_version cascade',
  ])('%s is refused', async (statement) => {
    const pool = ownerOf(server.database);
    const all = async () =>
      (await pool.query(`select md5(string_agg(v::text, ';' order by profile, version)) from profile_version v`)).rows;
    const before = await all();
    await expect(pool.query(statement)).rejects.toMatchObject({ code: refused });
    expect(await all()).toEqual(before);
  });
  test('a version of another profile, or without a number, is refused', async () => {
    const insert = (profile: string, version: number) =>
      ownerOf(server.database).query(
        `insert into profile_version (profile, version, content, actor) values ($1, $2, '{"id": "gansu-2023"}', 'x')`,
        [profile, version],
      );
    for (const [profile, version] of [
      ['other', 1],
      [GANSU, 0],
    ] as const) {
      await expect(insert(profile, version)).rejects.toMatchObject({ code: '23514' });
    }
    await expect(insert(GANSU, 1)).rejects.toMatchObject({ code: '23505' });
  });
});

function totals({ counts }: ProfilePreview, side: 'before' | 'after'): Record<string, number> {
  const sums = { error: 0, warning: 0, note: 0 };
  for (const count of counts) sums[count.severity] += count[side];
  return sums;
}
