// Layouts that somebody else made: not noded, not complete, not even valid. Said in a sentence, with a place; never a crash.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { schemeOf } from '../../../core/codes/schemes.ts';
import { outlineOf } from '../../../core/coverage/outline.ts';
import { directedRing } from '../../../core/coverage/ring.ts';
import { validateImport } from '../../../core/import/validate.ts';
import { checkLayout } from '../../../core/layout-check/check-layout.ts';
import type { LayoutIssue } from '../../../core/layout-check/issue.ts';
import { misfitsOf } from '../../../core/layout-check/misfits.ts';
import { readLayout } from '../../../core/layout-check/read-layout.ts';
import { unsoundAt } from '../../../core/layout-check/soundness.ts';
import { unmatchedEdges } from '../../../core/layout-check/twin-edges.ts';
import type { Profile } from '../../../core/rules/profile.ts';
import { profileOf } from '../../../core/rules/profiles.ts';
import { recipeOf, tilingOf } from '../coverage/random-coverage.ts';
import { box, building, bytes, code, collection, community, feature, SIDE, SOUTH, WEST } from '../import/collections.ts';

/** Two communities side by side, a building in each quarter of the first. */
const surroundings = (() => {
  const buildings = [0.2, 0.7].flatMap((x) => [0.2, 0.7].map((y) => building(x, y, { households: 100, population: 250 })));
  const valid = validateImport({
    communities: bytes(collection([community(1), community(2)])),
    buildings: bytes(collection([...buildings, building(1.5, 0.5, { households: 350, population: 900 })])),
  });
  const scheme = schemeOf('gb15') ?? null;
  return { ...valid, profile: profileOf('gansu-2023') as Profile, scheme, populationEstimated: false };
})();

/** A ring from shares of a community's side. */
const ring = (...points: [number, number][]): number[][] =>
  [...points, points[0] as [number, number]].map(([x, y]) => [WEST + x * SIDE, SOUTH + y * SIDE]);
const part = (west: number, south: number, east: number, north: number): number[][] =>
  box(WEST + west * SIDE, SOUTH + south * SIDE, (east - west) * SIDE, (north - south) * SIDE);

const grid = (rings: number[][][], properties: Record<string, unknown> = {}) =>
  feature({ type: 'Polygon', coordinates: rings }, { kind: 'urban', ...properties });
const named = (number: number, rings: number[][][], properties: Record<string, unknown> = {}) =>
  grid(rings, { code: `${code(number > 2 ? 2 : 1)}00${number > 2 ? 1 : number}`, name: `第${number}网格`, ...properties });

const check = (features: readonly unknown[], extra: object = {}): readonly LayoutIssue[] =>
  checkLayout(readLayout(bytes({ ...collection(features), ...extra })), surroundings).issues;
const found = (issues: readonly LayoutIssue[], id: LayoutIssue['check']): LayoutIssue => {
  const issue = issues.find(({ check }) => check === id);
  if (!issue) throw new Error(`${id} is not among ${issues.map((one) => one.check).join(', ')}`);
  return issue;
};
const grave = (issues: readonly LayoutIssue[]): string[] => issues.filter(({ severity }) => severity === 'error').map((one) => one.check);

const WHOLE_SECOND = named(3, [part(1, 0, 2, 1)]);
/** About 860 by 1,110 metres. */
const COMMUNITY_M2 = 955_000;

describe('what has nothing to do with the communities', () => {
  const moved =
    (by: number, scale = 1) =>
    (rings: number[][][]) =>
      rings.map((one) => one.map(([x = 0, y = 0]) => [scale * x + by, scale * y]));
  const grids = (place: (rings: number[][][]) => number[][][]) => [
    named(1, place([part(0, 0, 0.5, 1)])),
    named(2, place([part(0.5, 0, 1, 1)])),
    named(3, place([part(1, 0, 2, 1)])),
  ];

  it('is one sentence where the layout is that of another county', () => {
    const issues = check(grids(moved(1)));
    expect(issues.filter(({ severity }) => severity === 'error')).toHaveLength(1);
    expect(issues[0]).toMatchObject({ check: 'inside', measured: 3, feature: null });
    expect(issues[0]?.message.en).toMatch(/^No grid lies in these communities \(grids: 3\): is this the layout of another county\?/);
    expect(grave(check([...grids(moved(1)), WHOLE_SECOND]))).toEqual(expect.arrayContaining(['inside', 'inside', 'inside', 'gap']));
  });

  it('is one sentence where the coordinates are in metres', () => {
    const issues = check(grids(moved(0, 100_000)));
    expect(grave(issues)).toEqual(['geometry']);
    expect(issues[0]).toMatchObject({ check: 'geometry', feature: 1, measured: 3 });
    expect(issues[0]?.message.zh).toMatch(/^3 个要素的坐标不是经纬度/);
  });

  it('is one sentence where no grid has a name', () => {
    const nameless = [named(1, [part(0, 0, 0.5, 1)]), named(2, [part(0.5, 0, 1, 1)]), WHOLE_SECOND].map((one) => ({
      ...one,
      properties: { ...one.properties, name: '' },
    }));
    const names = check(nameless).filter((issue) => issue.check === 'name');
    expect(names.map(({ message }) => message.zh)).toEqual(['所有网格都没有名称。']);
  });
});

describe('what is not noded', () => {
  it('passes where only vertices are missing, with a warning', () => {
    // The northern grid does not have the vertex where the two southern ones meet it.
    const issues = check([
      named(1, [part(0, 0.5, 1, 1)]),
      named(2, [part(0, 0, 0.43, 0.5)]),
      named(4, [part(0.43, 0, 1, 0.5)], { code: `${code(1)}003`, name: '第三网格' }),
      WHOLE_SECOND,
    ]);
    expect(grave(issues)).toEqual([]);
    expect(found(issues, 'edges')).toMatchObject({ severity: 'warning', community: code(1) });
  });

  it('is told where only the community across the border has a vertex', () => {
    const lower = named(3, [part(1, 0, 2, 0.4)]);
    const upper = named(3, [part(1, 0.4, 2, 1)], { code: `${code(2)}002`, name: '第四网格' });
    const without = named(1, [ring([0, 0], [1, 0], [1, 1], [0, 1])]);
    const withVertex = named(1, [ring([0, 0], [1, 0], [1, 0.4], [1, 1], [0, 1])]);
    const beside = named(1, [ring([0, 0], [1, 0], [1, 0.4003], [1, 1], [0, 1])]);
    expect(check([withVertex, lower, upper]).filter((issue) => issue.check === 'edges')).toEqual([]);
    for (const first of [without, beside]) expect(found(check([first, lower, upper]), 'edges')).toMatchObject({ severity: 'warning' });
    // Where nobody has drawn anything across the border, nobody can disagree.
    expect(check([beside]).filter((issue) => issue.check === 'edges')).toEqual([]);
  });

  it('has its gaps and overlaps measured and placed', () => {
    const issues = check([named(1, [part(0, 0, 0.5, 1)]), named(2, [part(0.6, 0, 1, 1)]), WHOLE_SECOND, named(4, [part(1.9, 0, 2, 1)])]);
    const gap = found(issues, 'gap');
    expect(gap).toMatchObject({ severity: 'error', community: code(1), limit: 0 });
    expect(gap.measured).toBeGreaterThan(0.099 * COMMUNITY_M2);
    expect(gap.measured).toBeLessThan(0.101 * COMMUNITY_M2);
    expect(gap.place?.[0]).toBeCloseTo(WEST + 0.5 * SIDE, 7);
    expect(gap.place?.[2]).toBeCloseTo(WEST + 0.6 * SIDE, 7);
    expect(gap.message.zh).toContain('不属于任何网格');
    const overlap = found(issues, 'overlap');
    expect(overlap).toMatchObject({ severity: 'error', community: code(2) });
    expect(overlap.place?.[0]).toBeCloseTo(WEST + 1.9 * SIDE, 7);
  });

  it('has hairs of a few centimetres noted, not counted as errors', () => {
    const hair = 0.03 / 860;
    const issues = check([named(1, [part(0, 0, 0.5 - hair, 1)]), named(2, [part(0.5, 0, 1, 1)]), WHOLE_SECOND]);
    expect(grave(issues)).toEqual([]);
    expect(found(issues, 'gap')).toMatchObject({ severity: 'note' });
    expect(found(issues, 'gap').message.en).toMatch(/^Rounding: /);
  });

  it('is told where it spills over the border, into a neighbour or into nowhere', () => {
    const issues = check([named(1, [part(-0.1, 0, 1.2, 1)]), WHOLE_SECOND]);
    const spill = found(issues, 'inside');
    expect(spill).toMatchObject({ severity: 'error', grid: `${code(1)}001`, feature: 1 });
    expect(spill.measured).toBeGreaterThan(0.299 * COMMUNITY_M2);
    expect(spill.places).toHaveLength(2);
  });
});

describe('what is not valid', () => {
  it('is judged by the even-odd rule where it crosses itself', () => {
    // Two triangles that meet in the middle: a large one in the south, a small one in the north-west.
    const knot = ring([0, 0], [1, 0], [0.25, 0.75], [0.75, 0.75]);
    const issues = check([named(1, [knot]), WHOLE_SECOND]);
    expect(grave(issues).sort()).toEqual(['complete', 'gap', 'geometry']);
    expect(found(issues, 'geometry')).toMatchObject({
      feature: 1,
      place: [expect.any(Number), expect.any(Number), expect.any(Number), expect.any(Number)],
    });
    // Base 1 and height 0.5, base 0.5 and height 0.25.
    const coveredM2 = (0.25 + 0.0625) * COMMUNITY_M2;
    expect((found(issues, 'gap').measured ?? 0) / (COMMUNITY_M2 - coveredM2)).toBeCloseTo(1, 1);
  });

  it.each<[string, unknown]>([
    ['a point', feature({ type: 'Point', coordinates: [WEST, SOUTH] }, {})],
    ['no geometry', feature(null, {})],
    ['an empty geometry', feature({ type: 'Polygon', coordinates: [] }, {})],
    [
      'a ring of two points',
      grid([
        [
          [WEST, SOUTH],
          [WEST, SOUTH],
        ],
      ]),
    ],
    ['a number', 7],
    ['nothing', null],
    [
      'projected coordinates',
      grid([
        [
          [500_000, 4_000_000],
          [500_001, 4_000_000],
          [500_001, 4_000_001],
          [500_000, 4_000_000],
        ],
      ]),
    ],
  ])('is named by its number: %s', (_, broken) => {
    const issues = check([named(1, [part(0, 0, 1, 1)]), WHOLE_SECOND, broken]);
    expect(grave(issues)).toEqual(['geometry']);
    expect(found(issues, 'geometry')).toMatchObject({ feature: 3 });
  });

  it('may be an empty list: then every community has a gap', () => {
    expect(grave(check([])).sort()).toEqual(['complete', 'complete', 'gap', 'gap']);
  });
});

describe('what the file says', () => {
  const first = [part(0, 0, 1, 1)];
  it('may be missing: one warning per field', () => {
    const issues = check([
      feature({ type: 'Polygon', coordinates: first }, {}),
      feature({ type: 'Polygon', coordinates: [part(1, 0, 2, 1)] }, {}),
    ]);
    const fields = issues.filter(({ check }) => check === 'field');
    expect(fields.map(({ measured }) => measured)).toEqual([2, 2, 2, 2, 2, 2, 2, 2]);
    expect(grave(issues)).toEqual(['name']);
  });

  it.each<[string, Record<string, unknown>, LayoutIssue['check']]>([
    ['households that the buildings do not have', { households: 401 }, 'totals'],
    ['an area that it does not have', { area_m2: 900_000 }, 'totals'],
    ['another community', { community: code(2) }, 'inside'],
    ['a code of another community', { code: `${code(2)}007` }, 'code'],
    ['a code of letters', { code: 'ABC' }, 'code'],
    ['the code of a cell', { code: `${code(1)}00101` }, 'code'],
    ['the code of the neighbour', { code: `${code(2)}001` }, 'code'],
    ['no name', { name: ' ' }, 'name'],
    ['the name of the neighbour', { name: '第3网格' }, 'name'],
    ['a name with code digits', { name: '620724网格' }, 'name'],
    ['a rural grid in an urban community', { kind: 'rural' }, 'kind'],
  ])('is held against what is there: %s', (_, properties, id) => {
    const clean = check([named(1, first, { community: code(1), households: 400, population: 1000, buildings: 4 }), WHOLE_SECOND]);
    expect(clean.filter(({ check }) => check === id)).toEqual([]);
    const issues = check([named(1, first, properties), WHOLE_SECOND]);
    expect(found(issues, id)).toMatchObject({ feature: 1 });
  });

  it('is said in words, not in names of fields', () => {
    const bare = feature({ type: 'Polygon', coordinates: first }, { kind: 'rural' });
    const issues = check([WHOLE_SECOND, bare], { onegrid: { totals: { grids: 7 } } });
    expect(found(issues, 'name').message).toEqual({ zh: '第 2 个要素没有名称。', en: 'feature 2 has no name.' });
    expect(issues.find(({ check, message }) => check === 'field' && message.en.includes('“name”'))?.message).toEqual({
      zh: '1 个要素的字段“name”缺失或无法读取,首个为第 2 个。',
      en: 'Field “name” is missing or unreadable (features: 1, the first is feature 2).',
    });
    expect(found(issues, 'kind').message.zh).toMatch(/写明为农村网格,应为城市网格。$/);
    expect(found(issues, 'totals').message).toEqual({
      zh: '文件写明网格数总计 7,各网格合计为 2。',
      en: 'The file states 7 grids in all; its grids add up to 2.',
    });
  });

  it('a grid above the band is a warning, and a note once a reason is written', () => {
    const small = { ...surroundings, profile: { ...surroundings.profile, size: { ...surroundings.profile.size, urban: tight } } };
    const sizeOf = (properties: object) =>
      checkLayout(readLayout(bytes(collection([named(1, first, { ...properties }), WHOLE_SECOND]))), small).issues.find(
        ({ check, feature }) => check === 'size' && feature === 1,
      );
    expect(sizeOf({})).toMatchObject({ severity: 'warning', measured: 400, limit: 100 });
    expect(sizeOf({ reason: '经讨论同意' })).toMatchObject({ severity: 'note' });
  });

  it('a scheme that is not known leaves the codes unread', () => {
    const issues = checkLayout(readLayout(bytes({ ...collection([named(1, first), WHOLE_SECOND]), onegrid: { scheme: 'x' } })), {
      ...surroundings,
      scheme: null,
    }).issues;
    expect(found(issues, 'code')).toMatchObject({ severity: 'warning', message: { en: expect.stringContaining('“x”') } });
  });
});

const tight = {
  households: { minimum: 10, maximum: 100 },
  persons: null,
  wholeCommunityMayBeSmaller: true,
} satisfies Profile['size']['urban'];

describe('pieces', () => {
  it('may be as many as the parts of the community, and no more', () => {
    const corners = feature({ type: 'MultiPolygon', coordinates: [[part(0, 0, 0.5, 0.5)], [part(0.5, 0.5, 1, 1)]] }, { kind: 'urban' });
    const halves = feature({ type: 'MultiPolygon', coordinates: [[part(0, 0, 0.5, 1)], [part(0.5, 0, 1, 1)]] }, { kind: 'urban' });
    expect(found(check([corners, WHOLE_SECOND]), 'contiguous')).toMatchObject({ feature: 1, measured: 2, limit: 1 });
    expect(check([halves, WHOLE_SECOND]).filter(({ check }) => check === 'contiguous')).toEqual([]);
  });
});

describe('thematic grids', () => {
  it('lie across the others', () => {
    const across = named(9, [part(0.5, 0.2, 1.5, 0.8)], { kind: 'thematic', code: undefined, name: '地质灾害专事网格' });
    const issues = check([named(1, [part(0, 0, 1, 1)]), WHOLE_SECOND, across]);
    expect(issues.filter(({ check }) => ['overlap', 'inside', 'gap', 'totals'].includes(check))).toEqual([]);
  });
});

describe('the proof by twin edges', () => {
  it('accepts nothing that leaves a gap or an overlap, however vertices are moved', () => {
    const size = 4_000;
    const moves = fc.array(fc.tuple(fc.nat(), fc.integer({ min: -size, max: size }), fc.integer({ min: -size, max: size }), fc.boolean()), {
      maxLength: 3,
    });
    let accepted = 0;
    fc.assert(
      fc.property(recipeOf(size), moves, (recipe, moved) => {
        const tiling = tilingOf(recipe);
        const area = outlineOf(tiling.map(({ polygon }) => polygon));
        let tiles = tiling.map(({ polygon }) => ({ polygons: [polygon], community: 0 }));
        for (const [choice, dx, dy, shared] of moved) tiles = withMoved(tiles, choice, dx, dy, shared);
        const [unmatched] = unmatchedEdges(tiles, [area]);
        const proved = unmatched?.length === 0 && tiles.every(({ polygons }) => polygons.every((polygon) => unsoundAt(polygon) === null));
        if (!proved) return;
        accepted++;
        const own = tiles.map((_, i) => i);
        expect(misfitsOf(area, tiles, own, []).filter(({ widthM }) => widthM > 0.02)).toEqual([]);
      }),
      { numRuns: 400 },
    );
    expect(accepted).toBeGreaterThan(50);
  });
});

type Tiles = { polygons: (readonly (readonly number[])[])[]; community: number }[];

/** Moves a vertex of a tile; `shared`: wherever another tile has it, too. Rings that turn over are turned back, as a reader would. */
function withMoved(tiles: Tiles, choice: number, dx: number, dy: number, shared: boolean): Tiles {
  const chosen = choice % tiles.length;
  const vertices = tiles[chosen]?.polygons[0]?.[0] ?? [];
  const at = 2 * (choice % (vertices.length / 2));
  const [x, y] = [vertices[at], vertices[at + 1]];
  return tiles.map((tile, i) => {
    if (i !== chosen && !shared) return tile;
    const polygons = tile.polygons.map((polygon) =>
      polygon.map((points, ring) =>
        directedRing(
          points.map((value, j) => movedValue(points, j, value, x as number, y as number, dx, dy)),
          ring === 0,
        ),
      ),
    );
    return { ...tile, polygons };
  });
}

function movedValue(points: readonly number[], j: number, value: number, x: number, y: number, dx: number, dy: number): number {
  const even = j - (j % 2);
  if (points[even] !== x || points[even + 1] !== y) return value;
  return value + (j % 2 === 0 ? dx : dy);
}
