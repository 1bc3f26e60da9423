// Editing over HTTP on a real database: what is answered is what is stored, and nobody's work is lost.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { OperationRecord } from '../../core/api/messages.ts';
import { coverageFaults } from '../../core/coverage/invariants.ts';
import { latticePolygon } from '../../core/coverage/lattice.ts';
import { call, idsOf, PlanClient, post } from './client.ts';
import { COMMUNITIES, seedCounty, seedPlan, startTestServer, type TestServer } from './harness.ts';

const [EAST, WEST, RURAL] = COMMUNITIES;
let server: TestServer;
let client: PlanClient;

beforeAll(async () => {
  server = await startTestServer();
  await seedCounty(server.database);
});
afterAll(() => server.close());
beforeEach(async () => {
  client = new PlanClient(server.address, await seedPlan(server.database));
});

/** South-west corner of the test county in degrees; a block is 0.001° wide. */
const at = (column: number, row: number): [number, number] => [
  Math.round((99.8 + column * 0.001) * 1e7) / 1e7,
  Math.round((39.4 + row * 0.001) * 1e7) / 1e7,
];

async function drawWhole(community: string): Promise<number> {
  const { features } = await client.blocks(community);
  const { body } = await client.operate(community, 0, { type: 'assign', blocks: idsOf(features), to: 'new' });
  return body.grids[0]?.properties.id as number;
}

async function tiles(): Promise<void> {
  const all = await Promise.all(COMMUNITIES.map((community) => client.blocks(community)));
  const blocks = all
    .flatMap(({ features }) => features)
    .map((feature) => ({
      id: feature.properties.id,
      polygon: latticePolygon(feature.geometry.coordinates as [number, number][][]),
    }));
  expect(coverageFaults(blocks)).toEqual([]);
}

describe('one planner', () => {
  it('paints, splits, undoes and redoes; a reload shows the same', async () => {
    const grid = await drawWhole(EAST);
    const line = [at(1.5, -0.2), at(1.5, 2.2)];
    const cut = await client.operate(EAST, 1, { type: 'cut', line, grid });
    expect(cut.status).toBe(200);
    expect(cut.body.grids.map(({ properties }) => properties.households).sort()).toEqual([160, 200]);
    expect(cut.body.undo).toEqual({ operation: 'cut', grid: '东街第一网格' });
    await tiles();
    expect((await client.grids(EAST)).features).toEqual(cut.body.grids);

    const undone = await client.operate(EAST, 2, { type: 'undo' });
    expect(undone.body.grids.map(({ properties }) => properties.households)).toEqual([360]);
    expect(undone.body.redo?.operation).toBe('cut');
    const redone = await client.operate(EAST, 3, { type: 'redo' });
    expect(redone.body.grids.map(({ properties }) => properties.households).sort()).toEqual([160, 200]);
    await tiles();
  });

  it('cuts up to a border: the neighbouring community and both its grids receive the vertex', async () => {
    await drawWhole(EAST);
    await drawWhole(WEST);
    const { body } = await client.operate(EAST, 1, { type: 'cut', line: [at(2, 0.37), at(3.2, 0.37)] });
    expect(body.blocks.changed.some(({ properties }) => properties.community === WEST)).toBe(true);
    await tiles();
    const [x, y] = at(3, 0.37);
    for (const { geometry } of (await client.grids()).features) expect(JSON.stringify(geometry)).toContain(`[${x},${y}]`);
  });

  it('keeps another plan’s borders when a block is cut, and tells that plan of the finer blocks', async () => {
    const other = new PlanClient(server.address, await seedPlan(server.database));
    const { features } = await other.blocks(RURAL);
    await other.operate(RURAL, 0, { type: 'assign', blocks: idsOf(features).slice(0, 2), to: 'new' });
    const before = (await other.grids(RURAL)).features[0]?.properties;
    await client.operate(RURAL, 0, { type: 'cut', line: [at(0.5, 1.9), at(0.5, 3.1)] });
    const after = (await other.grids(RURAL)).features[0]?.properties;
    expect(after).toEqual({ ...before, blocks: (before?.blocks ?? 0) + 1 });
    // The other plan still speaks of the block as it knew it.
    const assigned = await other.operate(RURAL, 1, { type: 'assign', blocks: idsOf(features).slice(0, 1), to: null });
    expect(assigned.status).toBe(200);
    expect(assigned.body.grids[0]?.properties.households).toBe(60);
    const undone = await other.operate(RURAL, 2, { type: 'undo' });
    expect(undone.body.grids[0]?.properties.households).toBe(120);
  });

  it('draws a thematic grid across the others', async () => {
    await drawWhole(EAST);
    const ring = [at(0.5, 0.4), at(2.5, 0.4), at(2.5, 1.2), at(0.5, 1.2), at(0.5, 0.4)];
    const { body } = await client.operate(EAST, 1, { type: 'carve', polygon: [ring], kind: 'thematic', name: '地质灾害点' });
    const thematic = body.grids.find(({ properties }) => properties.kind === 'thematic');
    expect(thematic?.properties).toMatchObject({ households: 120, blocks: 0, band: 'free' });
    expect(body.progress).toMatchObject({ householdsAssigned: 360 });
    const removed = await client.operate(EAST, 2, { type: 'remove', grids: [thematic?.properties.id as number] });
    expect(removed.body.grids).toHaveLength(1);
  });

  it('writes every operation into the history with what, who and when', async () => {
    await drawWhole(EAST);
    await client.operate(EAST, 1, { type: 'undo' });
    const { body } = await call<OperationRecord[]>(server.address, `/api/plans/${client.plan}/operations?community=${EAST}`);
    expect(body.map(({ revision, operation }) => [revision, operation.type])).toEqual([
      [2, 'undo'],
      [1, 'assign'],
    ]);
    expect(Date.parse(body[0]?.at as string)).toBeGreaterThan(0);
  });
});

describe('two planners', () => {
  it('late work on untouched grids is taken; on touched ones it is refused with the newest revision', async () => {
    const blocks = idsOf((await client.blocks(EAST)).features);
    const first = await client.operate(EAST, 0, { type: 'assign', blocks: blocks.slice(0, 2), to: 'new' });
    const grid = first.body.grids[0]?.properties.id as number;
    const late = await client.operate(EAST, 0, { type: 'assign', blocks: blocks.slice(3, 5), to: 'new' });
    expect(late.status).toBe(200);
    expect(late.body.revision).toBe(2);
    const clash = await client.operate(EAST, 0, { type: 'assign', blocks: blocks.slice(1, 3), to: 'new' });
    expect(clash).toMatchObject({ status: 409, body: { code: 'stale-base', revision: 2 } });
    const undo = await client.operate(EAST, 1, { type: 'undo' });
    expect(undo.body.code).toBe('stale-base');
    expect((await client.grids(EAST)).features.map(({ properties }) => properties.id)).toContain(grid);
  });

  it('a block that one took out of its grid is not put into another by who still saw it there', async () => {
    const grid = await drawWhole(EAST);
    const blocks = idsOf((await client.blocks(EAST)).features);
    const second = await client.operate(EAST, 1, { type: 'assign', blocks: blocks.slice(-1), to: 'new' });
    const other = second.body.grids.find(({ properties }) => properties.id !== grid)?.properties.id as number;
    await client.operate(EAST, 2, { type: 'assign', blocks: blocks.slice(0, 1), to: null });
    const late = await client.operate(EAST, 2, { type: 'assign', blocks: blocks.slice(0, 1), to: other });
    expect(late).toMatchObject({ status: 409, body: { code: 'stale-base', revision: 3 } });
    const fresh = await client.operate(EAST, 3, { type: 'assign', blocks: blocks.slice(0, 1), to: other });
    expect(fresh.status).toBe(200);
  });

  it('twenty at once on one community: each is taken or refused, none is lost, the counts add up', async () => {
    const blocks = idsOf((await client.blocks(WEST)).features);
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        client.operate(WEST, 0, { type: 'assign', blocks: [blocks[index % blocks.length] as number], to: 'new' }),
      ),
    );
    const taken = answers.filter(({ status }) => status === 200);
    expect(taken).toHaveLength(blocks.length);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(20 - blocks.length);
    const grids = (await client.grids(WEST)).features;
    expect(grids.reduce((sum, { properties }) => sum + properties.households, 0)).toBe(60 * blocks.length);
  });
});

describe('cuts beside other work', () => {
  it('in another plan: a block may be painted there while it is cut here', async () => {
    const other = new PlanClient(server.address, await seedPlan(server.database));
    for (const [base, y] of [0.13, 0.27, 0.41, 0.59].entries()) {
      const blocks = idsOf((await other.blocks(EAST)).features);
      const [cut, paint] = await Promise.all([
        client.operate(EAST, base, { type: 'cut', line: [at(-0.2, y), at(3.2, y)] }),
        other.operate(EAST, base, { type: 'assign', blocks, to: base % 2 === 0 ? 'new' : null }),
      ]);
      expect([cut.status, paint.status]).toEqual([200, 200]);
    }
    await tiles();
  });

  it('in the next community: a grid described there keeps the vertices that the cut puts on its border', async () => {
    const grid = await drawWhole(WEST);
    for (const [base, y] of [1.13, 1.27, 1.41, 1.59].entries()) {
      const [cut, described] = await Promise.all([
        client.operate(EAST, base, { type: 'cut', line: [at(1.9, y), at(3.2, y)] }),
        client.operate(WEST, base + 1, { type: 'describe', grid, set: { party: `第${base}支部` } }),
      ]);
      expect([cut.status, described.status]).toEqual([200, 200]);
      expect(JSON.stringify((await client.grids(WEST)).features)).toContain(`[${at(3, y).join(',')}]`);
    }
  });
});

describe('what cannot be done', () => {
  it('is refused with code and sentence, and changes nothing', async () => {
    const grid = await drawWhole(EAST);
    const before = await client.blocks(EAST);
    const refusals = [
      [EAST, { type: 'cut', line: [at(40, 40), at(41, 41)] }, 422, 'line-misses-community'],
      [EAST, { type: 'cut', line: [at(0.2, 0.2), at(0.4, 0.4)], grid }, 422, 'line-misses-grid'],
      [
        EAST,
        { type: 'carve', polygon: [[at(0, 0), at(1, 1), at(1, 0), at(0, 1), at(0, 0)]], kind: 'dedicated' },
        422,
        'polygon-self-intersects',
      ],
      [EAST, { type: 'merge', grids: [grid], into: grid }, 422, 'merge-needs-two'],
      [EAST, { type: 'assign', blocks: [999_999], to: grid }, 422, 'unknown-block'],
      [EAST, { type: 'describe', grid: 999_999, set: { name: 'x' } }, 422, 'unknown-grid'],
      ['620724999001', { type: 'undo' }, 404, 'community-not-in-plan'],
    ] as const;
    for (const [community, operation, status, code] of refusals) {
      const answer = await client.operate(community, 1, operation as never);
      expect([answer.status, answer.body.code]).toEqual([status, code]);
      expect(answer.body.detail.length).toBeGreaterThan(4);
    }
    expect((await post<{ code: string }>(server.address, '/api/plans/424242/operations', {})).body.code).toBe('unknown-plan');
    expect(await client.blocks(EAST)).toEqual(before);
  });
});

describe('checks and codes', () => {
  it('reports size with its limit, and a written reason turns it into a recorded exception', async () => {
    const grid = await drawWhole(EAST);
    await client.operate(EAST, 1, { type: 'cut', line: [at(1.5, -0.2), at(1.5, 2.2)], grid });
    const found = (await client.checks()).issues.filter(({ check }) => check === 'size');
    expect(found.map(({ measured, limit, severity }) => [measured, limit, severity])).toEqual([
      [200, 300, 'warning'],
      [160, 300, 'warning'],
    ]);
    const { body } = await client.operate(EAST, 2, { type: 'describe', grid, set: { reason: '铁路分隔' } });
    expect(body.progress).toMatchObject({ warnings: 1, excused: 1 });
    expect(body.grids.find(({ properties }) => properties.id === grid)?.properties.band).toBe('excused');
  });

  it('issues codes once, in reading order, and appends later ones', async () => {
    const grid = await drawWhole(WEST);
    const cut = await client.operate(WEST, 1, { type: 'cut', line: [at(4, -0.2), at(4, 2.2)], grid });
    expect(cut.status).toBe(200);
    const first = await client.issueCodes();
    const offset = Number(first.body.issued[0]?.code.slice(12));
    expect(first.body.issued.map(({ code }) => code.slice(0, 12))).toEqual([WEST, WEST]);
    const grids = (await client.grids(WEST)).features;
    const west = grids.find(({ geometry }) => JSON.stringify(geometry).includes(`[${at(3, 0).join(',')}]`));
    expect(west?.properties).toMatchObject({ code: first.body.issued[0]?.code, codeState: 'provisional' });
    await drawWhole(RURAL);
    const second = await client.issueCodes();
    expect(second.body.total).toBe(1);
    expect(second.body.issued[0]?.code).toBe(`${RURAL}001`);
    const third = await client.operate(WEST, 2, { type: 'cut', line: [at(2.9, 1), at(5.1, 1)], grid: west?.properties.id });
    expect(third.status).toBe(200);
    const appended = await client.issueCodes();
    expect(appended.body.issued.map(({ code }) => Number(code.slice(12)))).toEqual([offset + 2]);
    const record = await call<{ state: string; segments: unknown[] }>(server.address, `/api/codes/${RURAL}001`);
    expect(record.body).toMatchObject({ state: 'provisional', grid: second.body.issued[0]?.grid });
    expect(record.body.segments).toHaveLength(4);
  });

  it('calls a code retired while its grid is removed; an undo brings both back, and the number is not given again', async () => {
    const grid = await drawWhole(RURAL);
    const code = (await client.issueCodes()).body.issued[0]?.code as string;
    const stateOf = async () => (await call<{ state: string }>(server.address, `/api/codes/${code}`)).body.state;
    await client.operate(RURAL, 1, { type: 'remove', grids: [grid] });
    expect(await stateOf()).toBe('retired');
    await client.operate(RURAL, 2, { type: 'undo' });
    expect(await stateOf()).toBe('provisional');
    await client.operate(RURAL, 3, { type: 'remove', grids: [grid] });
    const blocks = idsOf((await client.blocks(RURAL)).features);
    await client.operate(RURAL, 4, { type: 'assign', blocks, to: 'new' });
    expect(Number((await client.issueCodes()).body.issued[0]?.code.slice(12))).toBe(Number(code.slice(12)) + 1);
  });

  it('ten issuers at once: no duplicate, no gap', async () => {
    for (const community of COMMUNITIES) {
      for (const [index, block] of idsOf((await client.blocks(community)).features).entries()) {
        await client.operate(community, index, { type: 'assign', blocks: [block], to: 'new' });
      }
    }
    const answers = await Promise.all(Array.from({ length: 10 }, (_, index) => client.issueCodes(COMMUNITIES[index % 4])));
    const issued = answers.flatMap(({ body }) => body.issued);
    const grids = (await client.grids()).features;
    expect(issued).toHaveLength(grids.length);
    for (const community of COMMUNITIES) {
      const numbers = grids
        .filter(({ properties }) => properties.community === community)
        .map(({ properties }) => Number(properties.code?.slice(12)))
        .sort((a, b) => a - b);
      const first = numbers[0] as number;
      expect(numbers).toEqual(numbers.map((_, index) => first + index));
    }
  });

  it('counts a name that two communities of a town bear as an error of both, until either gives it up', async () => {
    const [east, west] = [await drawWhole(EAST), await drawWhole(WEST)];
    const errors = async () => (await client.detail()).communities.map((community) => community.errors);
    await client.operate(EAST, 1, { type: 'describe', grid: east, set: { name: '中心网格' } });
    await client.operate(WEST, 1, { type: 'describe', grid: west, set: { name: '中心网格' } });
    expect(await errors()).toEqual([1, 1, 0]);
    expect((await client.issueCodes(EAST)).body.code).toBe('plan-has-errors');
    await client.operate(EAST, 2, { type: 'describe', grid: east, set: { name: '中心东网格' } });
    expect(await errors()).toEqual([0, 0, 0]);
    await client.operate(EAST, 3, { type: 'undo' });
    expect(await errors()).toEqual([1, 1, 0]);
    await client.operate(WEST, 2, { type: 'remove', grids: [west] });
    expect(await errors()).toEqual([0, 0, 0]);
    expect((await client.issueCodes()).body.total).toBe(1);
  });

  it('issues nothing while a check finds an error', async () => {
    const grid = await drawWhole(RURAL);
    await client.operate(RURAL, 1, { type: 'describe', grid, set: { name: '620724网格' } });
    expect(await client.issueCodes()).toMatchObject({ status: 409, body: { code: 'plan-has-errors' } });
    await client.operate(RURAL, 2, { type: 'describe', grid, set: { name: '渠口网格' } });
    expect((await client.issueCodes()).body.total).toBe(1);
  });
});
