// An import that meets what is stored, on the real database: blocks and buildings follow the files, and every plan lives on.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { boxOf, grow } from '../../core/coverage/box.ts';
import type { Line, Polygon } from '../../core/coverage/geometry.ts';
import type { BuildingEntry } from '../../core/import/buildings.ts';
import { type Incoming, planReimport, type ReimportOptions } from '../../core/import/reimport/plan-reimport.ts';
import { problemSentence } from '../../core/import/texts.ts';
import { inTransaction, SYSTEM } from '../../server/database/transaction.ts';
import { systemIdentity } from '../../server/http/identity.ts';
import type { ReimportRefused } from '../../server/imports/reimport-refused.ts';
import { readStored } from '../../server/imports/reimport-store.ts';
import { countReimport, type WrittenReimport, writeReimport } from '../../server/imports/write-reimport.ts';
import { returnPlan } from '../../server/lifecycle/return-plan.ts';
import { type LifecyclePlan, readLifecyclePlan } from '../../server/lifecycle/store.ts';
import { branchPlan } from '../../server/plans/branch.ts';
import {
  BLOCK_STEPS,
  COMMUNITIES,
  openTestDatabase,
  ownerOf,
  type SeededCounty,
  seedCounty,
  seedGrid,
  seedPlan,
  square,
  type TestDatabase,
} from './harness.ts';

const [EAST_STREET, WEST_STREET, VILLAGE] = COMMUNITIES;
/** About 30 m of the 86 m that a block is wide. */
const THIRTY_METRES = 0.35;
const BY = { name: '测试员' };

let test_: TestDatabase;
let county: SeededCounty;

beforeAll(async () => {
  test_ = await openTestDatabase();
});
afterAll(() => test_.close());
beforeEach(async () => {
  await emptyDatabase();
  county = await seedCounty(test_.database);
});

/** Opening a database takes longer than all of these tests; what guards its tables sleeps while they are emptied. */
function emptyDatabase(): Promise<unknown> {
  return inTransaction(test_.database, SYSTEM, async (db) => {
    await db.query('set local role none');
    await db.query('set local session_replication_role = replica');
    await db.query('truncate region, barrier, institution restart identity cascade');
  });
}

const NAMES: Readonly<Record<string, string>> = { [EAST_STREET]: '东街社区', [WEST_STREET]: '西街社区', [VILLAGE]: '渠口村' };
const area = (code: string, polygon: Polygon, name = NAMES[code] ?? code): Incoming['communities'][number] => ({
  code,
  name,
  area: [polygon],
});
const incoming = (part: Partial<Incoming>): Incoming => ({ communities: [], buildings: [], barriers: [], institutions: [], ...part });

/** As they are stored. */
const unmoved = [area(EAST_STREET, square(0, 0, 3, 2)), area(WEST_STREET, square(3, 0, 2, 2)), area(VILLAGE, square(0, 2, 5, 1))];
/** The border between the two streets goes west by a share of a block. */
const moved = (share = THIRTY_METRES): Incoming['communities'] => [
  area(EAST_STREET, square(0, 0, 3 - share, 2)),
  area(WEST_STREET, square(3 - share, 0, 2 + share, 2)),
  unmoved[2] as Incoming['communities'][number],
];

const everything: ReimportOptions = { reach: '*', removeMissing: false };

function reimport(files: Incoming, options: ReimportOptions = everything, within?: () => void): Promise<WrittenReimport> {
  return inTransaction(test_.database, SYSTEM, async (db) => {
    const stored = await readStored(
      db,
      files.communities.map(({ code }) => code),
      grow(boxOf(square(-1, -1, 8, 6)), 0),
    );
    const written = await writeReimport(db, BY, planReimport(files, stored, options));
    within?.();
    return written;
  });
}

async function rows<Row>(text: string, ...values: unknown[]): Promise<Row[]> {
  const result = await ownerOf(test_.database).query(text, values);
  return result.rows as Row[];
}

/** Everything that an import could change, as one text. */
async function everythingStored(): Promise<string> {
  const tables = ['region', 'block', 'building', 'barrier', 'institution', 'plan_community', 'grid', 'grid_block', 'operation'];
  const parts = await Promise.all(tables.map((table) => rows(`select xmin::text, * from ${table} order by 2, 3, 4`)));
  return JSON.stringify(parts);
}

async function listed(): Promise<BuildingEntry[]> {
  const stored = await inTransaction(test_.database, SYSTEM, (db) => readStored(db, [...COMMUNITIES], boxOf(square(0, 0))));
  return stored.buildings.map(({ id: _, community: __, block: ___, ...entry }) => entry);
}

const gridsOf = (plan: number) =>
  rows<{ id: number; name: string; living: boolean; households: number; area_m2: number; outline: string }>(
    `select id, name, living, households, area_m2::float8, ST_AsText(outline) as outline from grid where plan = $1 order by id`,
    plan,
  );

/** Both streets drawn whole: the west half of a row in each grid. */
async function draw(plan: number): Promise<{ west: number; middle: number; far: number }> {
  const [a, b, c, d, e, f] = county.blocks[EAST_STREET] as readonly number[];
  const west = await seedGrid(test_.database, plan, EAST_STREET, [a, b, d, e] as number[], '第一网格');
  const middle = await seedGrid(test_.database, plan, EAST_STREET, [c, f] as number[], '第二网格');
  const far = await seedGrid(test_.database, plan, WEST_STREET, county.blocks[WEST_STREET] as readonly number[], '第三网格');
  return { west, middle, far };
}

async function freeze(plan: number, ...states: string[]): Promise<void> {
  await seedGrid(test_.database, plan, VILLAGE, county.blocks[VILLAGE] as readonly number[], '村网格');
  for (const state of states) await rows('update plan set state = $2 where id = $1', plan, state);
}

describe('the same files again', () => {
  test('change no row and no revision', async () => {
    await draw(await seedPlan(test_.database));
    const line: Line = [998_000_000, 394_000_000, 998_050_000, 394_000_000];
    const files = incoming({
      communities: unmoved,
      buildings: await listed(),
      barriers: [{ class: 'street', name: '一街', line }],
      institutions: [{ name: '学校', use: 'school', staff: null, area: square(1, 1) }],
    });
    await reimport(files);
    const before = await everythingStored();
    const written = await reimport(files);
    expect(written).toEqual({ boundaries: [], plans: [] });
    expect(await everythingStored()).toBe(before);
  });

  test('with more vertices on the same border change nothing either', async () => {
    const [outer] = square(0, 0, 3, 2) as [readonly number[]];
    const denser = outer.flatMap((step, i) => (i === 2 ? [(step + (outer[0] as number)) / 2, outer[1] as number, step] : [step]));
    const before = await everythingStored();
    await reimport(incoming({ communities: [area(EAST_STREET, [denser]), ...unmoved.slice(1)] }));
    expect(await everythingStored()).toBe(before);
  });
});

describe('a border that moves by 30 metres', () => {
  test('cuts the blocks that it crosses, and leaves the others with their ids and shapes', async () => {
    const before = await rows<{ id: number; shape: string }>(`select id, ST_AsText(shape) as shape from block order by id`);
    const { boundaries } = await reimport(incoming({ communities: moved() }));
    const [c, f] = [county.blocks[EAST_STREET]?.[2] as number, county.blocks[EAST_STREET]?.[5] as number];
    const after = await rows<{ id: number; parent: number | null; community: string; living: boolean; households: number; shape: string }>(
      `select id, parent, community, living, households, ST_AsText(shape) as shape from block order by id`,
    );
    const touched = new Set([c, f]);
    // The village lies along the ends of the new border and receives a vertex there.
    const village = county.blocks[VILLAGE]?.[2];
    for (const { id, shape } of before) {
      const now = after.find((block) => block.id === id);
      expect(now?.living).toBe(!touched.has(id));
      if (!touched.has(id) && id !== village) expect(now?.shape).toBe(shape);
    }
    const fresh = after.filter(({ id }) => !before.some((block) => block.id === id));
    expect(fresh.filter(({ parent, living }) => parent !== null && living)).toHaveLength(2);
    const gained = fresh.filter(({ parent }) => parent === null);
    expect(gained.map(({ community }) => community)).toEqual([WEST_STREET, WEST_STREET]);
    // The building right of the middle of a block comes along: 20 households each.
    expect(gained.map(({ households }) => households)).toEqual([20, 20]);
    expect(boundaries.map(({ community, kept, cut, added }) => ({ community, kept, cut, added }))).toEqual([
      { community: EAST_STREET, kept: 4, cut: 2, added: 0 },
      { community: WEST_STREET, kept: 4, cut: 0, added: 2 },
    ]);
    expect(boundaries[1]?.gainedM2).toBeCloseTo(boundaries[0]?.lostM2 ?? 0, 6);
    const [sum] = await rows<{ households: number; stored: number }>(
      `select (select sum(households) from block where living)::int as households, (select sum(households) from building)::int as stored`,
    );
    expect(sum).toEqual({ households: 15 * 60, stored: 15 * 60 });
  });

  test('leaves an open plan with its grids, and what came from elsewhere without one', async () => {
    const plan = await seedPlan(test_.database);
    const { west, middle, far } = await draw(plan);
    await rows(`update plan_community set undo_stack = '{7}', redo_stack = '{8}' where plan = $1`, plan);
    const { boundaries, plans } = await reimport(incoming({ communities: moved() }));
    expect(plans).toEqual([plan]);
    expect(boundaries.map((change) => change.plans)).toEqual([
      [{ id: plan, name: '试划方案', assigned: 2, unassigned: 0 }],
      [{ id: plan, name: '试划方案', assigned: 0, unassigned: 2 }],
    ]);
    const grids = await gridsOf(plan);
    const counted = Object.fromEntries(grids.map(({ id, households }) => [id, households]));
    expect(counted).toEqual({ [west]: 240, [middle]: 80, [far]: 240 });
    const community = (code: string) =>
      rows<{ revision: number; undo_stack: number[]; redo_stack: number[]; issues: { check: string }[] }>(
        `select revision, undo_stack, redo_stack, issues from plan_community where plan = $1 and community = $2`,
        plan,
        code,
      ).then(([row]) => row);
    expect(await community(EAST_STREET)).toMatchObject({ revision: 1, undo_stack: [], redo_stack: [] });
    expect(await community(WEST_STREET)).toMatchObject({ revision: 1, undo_stack: [], redo_stack: [] });
    expect(await community(VILLAGE)).toMatchObject({ revision: 0, undo_stack: [7], redo_stack: [8] });
    expect((await community(WEST_STREET))?.issues.map(({ check }) => check)).toContain('complete');
    const history = await rows<{ community: string; type: string; actor: string }>(
      `select community, type, actor from operation where plan = $1 order by community`,
      plan,
    );
    expect(history).toEqual([
      { community: EAST_STREET, type: 'boundary', actor: '测试员' },
      { community: WEST_STREET, type: 'boundary', actor: '测试员' },
    ]);
  });

  test('removes a grid that loses all of its land', async () => {
    const plan = await seedPlan(test_.database);
    const { middle } = await draw(plan);
    await reimport(incoming({ communities: moved(1) }));
    const grids = await gridsOf(plan);
    expect(grids.find(({ id }) => id === middle)?.living).toBe(false);
    const [step] = await rows<{ removed: string; lost: number }>(
      `select change #>> '{grids,0,before,name}' as removed, jsonb_array_length(change -> 'assignments') as lost
       from operation where plan = $1 and community = $2`,
      plan,
      EAST_STREET,
    );
    expect(step).toEqual({ removed: '第二网格', lost: 2 });
  });

  test('leaves an official plan exactly as it is, and says so', async () => {
    const plan = await seedPlan(test_.database);
    await draw(plan);
    await freeze(plan, 'submitted', 'settled', 'official');
    const before = await gridsOf(plan);
    const held = await rows(`select * from grid_block where plan = $1 order by block`, plan);
    const { boundaries, plans } = await reimport(incoming({ communities: moved() }));
    expect(await gridsOf(plan)).toEqual(before);
    expect(await rows(`select * from grid_block where plan = $1 order by block`, plan)).toEqual(held);
    expect(boundaries.map(({ frozen }) => frozen)).toEqual([[{ id: plan, name: '试划方案' }], [{ id: plan, name: '试划方案' }]]);
    expect(plans).toEqual([]);
  });

  test('leaves an official plan that can be adjusted: what lost all of its land is gone from the draft', async () => {
    const plan = await seedPlan(test_.database);
    await draw(plan);
    await freeze(plan, 'submitted', 'settled', 'official');
    await rows(`insert into official_layout (community, plan, valid_from) select community, plan, '2026-01-01' from plan_community`);
    await reimport(incoming({ communities: moved(1) }));
    const draft = await branchPlan(
      test_.database,
      plan,
      { name: '适时调整', communities: [EAST_STREET, WEST_STREET] },
      systemIdentity('测试'),
    );
    const grids = (await gridsOf(draft)).filter(({ living }) => living);
    expect(grids.map(({ name, households }) => [name, households])).toEqual([
      ['第一网格', 240],
      ['第三网格', 240],
    ]);
  });

  test('leaves a settled plan that can be returned', async () => {
    const plan = await seedPlan(test_.database);
    const { west, middle } = await draw(plan);
    await freeze(plan, 'submitted', 'settled');
    await reimport(incoming({ communities: moved(1 + THIRTY_METRES) }));
    await inTransaction(test_.database, SYSTEM, async (db) => {
      await returnPlan(db, (await readLifecyclePlan(db, plan)) as LifecyclePlan, systemIdentity('测试'), '边界变了');
    });
    const grids = await gridsOf(plan);
    expect(grids.find(({ id }) => id === middle)?.living).toBe(false);
    // A third of its eastern column went, with the eastern building of each of the two blocks.
    expect(grids.find(({ id }) => id === west)?.households).toBe(200);
  });

  test('is refused while a plan of the community is being approved', async () => {
    const plan = await seedPlan(test_.database);
    await draw(plan);
    await freeze(plan, 'submitted');
    const before = await everythingStored();
    await expect(reimport(incoming({ communities: moved() }))).rejects.toMatchObject({
      code: 'import-plan-under-way',
      values: { plan: '试划方案', community: '东街社区' },
    });
    expect(await everythingStored()).toBe(before);
  });

  test('and is called off changes nothing', async () => {
    await draw(await seedPlan(test_.database));
    const before = await everythingStored();
    const callOff = () => {
      throw new Error('called off');
    };
    await expect(reimport(incoming({ communities: moved() }), everything, callOff)).rejects.toThrow('called off');
    expect(await everythingStored()).toBe(before);
  });

  test('twice changes nothing the second time', async () => {
    await draw(await seedPlan(test_.database));
    const files = incoming({ communities: moved(), buildings: await listed() });
    await reimport(files);
    const before = await everythingStored();
    expect(await reimport(files)).toEqual({ boundaries: [], plans: [] });
    expect(await everythingStored()).toBe(before);
  });

  test('is refused when somebody cut the blocks meanwhile', async () => {
    const stored = await inTransaction(test_.database, SYSTEM, (db) => readStored(db, [EAST_STREET], boxOf(square(0, 0, 5, 3))));
    const planned = planReimport(incoming({ communities: moved() }), stored, everything);
    await rows(`update region set block_revision = block_revision + 1 where code = $1`, WEST_STREET);
    await expect(inTransaction(test_.database, SYSTEM, (db) => writeReimport(db, BY, planned))).rejects.toMatchObject({
      code: 'import-overtaken',
    });
  });
});

describe('land from nowhere and to nowhere', () => {
  test('land that no community had becomes blocks of its own', async () => {
    const plan = await seedPlan(test_.database);
    await draw(plan);
    const larger = area(WEST_STREET, square(3, 0, 3, 2));
    const { boundaries } = await reimport(incoming({ communities: [larger] }));
    expect(boundaries).toMatchObject([{ community: WEST_STREET, kept: 4, cut: 0, added: 1 }]);
    const [whole] = await rows<{ same: boolean }>(
      `select ST_Equals(outline, ST_GeomFromText($2, 4490)) as same from region where code = $1`,
      WEST_STREET,
      'POLYGON((99.803 39.4, 99.806 39.4, 99.806 39.402, 99.803 39.402, 99.803 39.4))',
    );
    expect(whole?.same).toBe(true);
  });

  test('a new community takes its land out of another, and joins the open plan of the county', async () => {
    const plan = await seedPlan(test_.database);
    await draw(plan);
    const NEW = '620724100003';
    const communities = [area(EAST_STREET, square(0, 0, 1.5, 2)), area(NEW, square(1.5, 0, 1.5, 2), '中街社区')];
    const { plans } = await reimport(incoming({ communities }));
    expect(plans).toEqual([plan]);
    const found = await rows<{ name: string; kind: string; blocks: number; households: number; planned: boolean }>(
      `select name, kind, (select count(*)::int from block where community = code and living) as blocks,
              (select sum(households)::int from block where community = code and living) as households,
              exists (select from plan_community where plan = $2 and community = code) as planned
       from region where code = $1`,
      NEW,
      plan,
    );
    expect(found).toEqual([{ name: '中街社区', kind: 'urban', blocks: 4, households: 160, planned: true }]);
  });

  test('buildings that no community would have any more stop it, unless they are removed', async () => {
    const smaller = incoming({ communities: [area(WEST_STREET, square(3, 0, 1.5, 2))] });
    const refused = (await reimport(smaller).catch((error: unknown) => error)) as ReimportRefused;
    expect(refused).toMatchObject({ code: 'import-leaves-buildings', values: { count: 2, households: 40 } });
    expect(problemSentence(refused, 'zh')).toContain('2 栋楼(40 户)');
    expect(problemSentence(refused, 'en')).toContain('buildings: 2, households: 40');
    await reimport(smaller, { ...everything, removeMissing: true });
    const [left] = await rows<{ buildings: number }>(`select count(*)::int as buildings from building where community = $1`, WEST_STREET);
    expect(left?.buildings).toBe(6);
  });
});

describe('a newer list of buildings', () => {
  test('changes counts, blocks, grids and checks; what it does not have is only said', async () => {
    const plan = await seedPlan(test_.database);
    const { west } = await draw(plan);
    const [first, ...others] = await listed();
    const buildings = [{ ...(first as BuildingEntry), households: 45, population: 120 }, ...others.slice(0, -1)];
    const planned = await inTransaction(test_.database, SYSTEM, async (db) => {
      const stored = await readStored(db, [...COMMUNITIES], boxOf(square(0, 0, 5, 3)));
      return planReimport(incoming({ communities: unmoved, buildings }), stored, everything);
    });
    expect(planned.missingBuildings).toHaveLength(1);
    expect(planned.unchanged.buildings).toBe(28);
    const { boundaries, plans } = await inTransaction(test_.database, SYSTEM, (db) => writeReimport(db, BY, planned));
    expect([boundaries, plans]).toEqual([[], [plan]]);
    expect((await gridsOf(plan)).find(({ id }) => id === west)?.households).toBe(245);
    const [count] = await rows<{ buildings: number }>(`select count(*)::int as buildings from building`);
    expect(count?.buildings).toBe(30);
  });

  test('adds what is new, and leaves out what lies beyond the reach of the importer', async () => {
    const [x, y] = [998_000_000 + 0.4 * BLOCK_STEPS, 394_000_000 + 0.4 * BLOCK_STEPS];
    const entry = (dx: number, dy: number): BuildingEntry => {
      const point = [x + dx * BLOCK_STEPS, y + dy * BLOCK_STEPS] as const;
      return { sourceId: `N${dx}`, name: '新楼', address: '', use: '', group: '', households: 9, population: 20, point, footprint: null };
    };
    const files = incoming({
      buildings: [entry(0, 0), entry(1, 2)],
      institutions: [
        { name: '学校', use: 'school', staff: 30, area: square(1, 1) },
        { name: '农场', use: 'farm', staff: null, area: square(1, 2) },
      ],
    });
    const planned = await inTransaction(test_.database, SYSTEM, async (db) =>
      planReimport(files, await readStored(db, [], boxOf(square(0, 0, 5, 3))), { reach: '620724100', removeMissing: false }),
    );
    expect(planned.beyond).toEqual({ buildings: [1], institutions: [1] });
    await inTransaction(test_.database, SYSTEM, (db) => writeReimport(db, BY, planned));
    const added = await rows(`select community, households from building where name = '新楼'`);
    expect(added).toEqual([{ community: EAST_STREET, households: 9 }]);
    expect(await rows(`select name from institution`)).toEqual([{ name: '学校' }]);
  });
});

test('a new name is taken, and said', async () => {
  const communities = [{ ...(unmoved[0] as Incoming['communities'][number]), name: '东大街社区' }, ...unmoved.slice(1)];
  await reimport(incoming({ communities }));
  expect(await rows(`select name from region where code = $1`, EAST_STREET)).toEqual([{ name: '东大街社区' }]);
});

describe('many roads and institutions', () => {
  const [x, y] = [998_000_000, 394_000_000];
  const files = incoming({
    barriers: Array.from({ length: 2_001 }, (_, i) => ({ class: 'lane' as const, name: '', line: [x, y + i, x + BLOCK_STEPS, y + i] })),
    institutions: [{ name: '学校', use: 'school', staff: 30, area: square(1, 1) }],
  });
  const planned = async () =>
    planReimport(files, await inTransaction(test_.database, SYSTEM, (db) => readStored(db, [], boxOf(square(0, 0, 5, 3)))), everything);

  test('are counted, and told of while they are written', async () => {
    const plan = await planned();
    const told: number[] = [];
    await inTransaction(test_.database, SYSTEM, (db) => writeReimport(db, BY, plan, (count) => void told.push(count)));
    expect(told).toEqual([2_000, 1, 1]);
    expect(countReimport(plan)).toBe(2_002);
    expect(await rows(`select (select count(*)::int from barrier) as barriers, (select count(*)::int from institution) as places`)).toEqual(
      [{ barriers: 2_001, places: 1 }],
    );
  });

  test('can be called off between two pieces', async () => {
    const plan = await planned();
    const callOff = () => {
      throw new Error('called off');
    };
    await expect(inTransaction(test_.database, SYSTEM, (db) => writeReimport(db, BY, plan, callOff))).rejects.toThrow('called off');
    expect(await rows(`select count(*)::int as barriers from barrier`)).toEqual([{ barriers: 0 }]);
  });
});
