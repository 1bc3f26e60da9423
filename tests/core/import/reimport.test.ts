// Re-import on plain data: however borders move, blocks go on tiling the communities, and what did not move stays what it is.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { facesBetween } from '../../../core/coverage/faces.ts';
import type { LatticePoint, MultiPolygon, Polygon } from '../../../core/coverage/geometry.ts';
import { coverageFaults } from '../../../core/coverage/invariants.ts';
import { interiorPoint, locate } from '../../../core/coverage/locate.ts';
import { outlineOf } from '../../../core/coverage/outline.ts';
import { closedLine, doubledArea } from '../../../core/coverage/ring.ts';
import { lineLengthM, multiPolygonAreaM2 } from '../../../core/geo/measure.ts';
import type { BuildingEntry } from '../../../core/import/buildings.ts';
import { type Incoming, planReimport } from '../../../core/import/reimport/plan-reimport.ts';
import type { Reimport } from '../../../core/import/reimport/reimport.ts';
import type { Stored, StoredBlock, StoredBuilding } from '../../../core/import/reimport/stored.ts';
import { distanceToLine } from '../../../core/plan/along-line.ts';
import { lineIn, patchworkOf, type Recipe, recipeOf } from '../coverage/random-coverage.ts';

const SIZE = 200_000;
/** What is thinner is not a border that moved. */
const NODING_WIDTH_M = 0.1;
/** A building on a border that noding moved keeps its block; so far it may lie off it then. */
const DRIFT_STEPS = 1.5;
const EVERYTHING = { reach: '*', removeMissing: false };

const codeOf = (community: number): string => `62072410000${community}`;

function storedOf(recipe: Recipe): Stored {
  const blocks = patchworkOf(recipe).map(
    ({ id, community, polygon }): StoredBlock => ({
      id,
      community: codeOf(community),
      polygon,
      households: 3,
      population: 7,
      buildings: 1,
    }),
  );
  return {
    communities: [...new Set(blocks.map(({ community }) => community))].map((code) => ({ code, name: code, revision: 0 })),
    blocks,
    buildings: blocks.map((block) => ({ ...buildingIn(block.polygon), id: block.id, community: block.community, block: block.id })),
    barriers: [],
    institutions: [],
  };
}

function buildingIn(polygon: Polygon): BuildingEntry {
  const [x, y] = interiorPoint(polygon);
  const ring = polygon[0] as readonly number[];
  const inside = [Math.round(x), Math.round(y)] as const;
  const point = locate(inside, polygon) === 'outside' ? ([ring[0] as number, ring[1] as number] as const) : inside;
  return { sourceId: '', name: '', address: '', use: '', group: '', households: 3, population: 7, point, footprint: null };
}

/** What lies within the line goes to that community (0: to none); the areas that the others have then. */
function movedBy(stored: Stored, line: readonly number[], receiver: number): Incoming['communities'] {
  const areas = areasOf(stored.blocks);
  const ring = closedLine(line);
  const faces = facesBetween([...[...areas.values()].flat(2).map(closedLine), ring]);
  const inner = facesBetween([ring]);
  const held = new Map<string, Polygon[]>();
  for (const face of faces) {
    const at = interiorPoint(face);
    const former = [...areas].find(([, area]) => area.some((part) => locate(at, part) === 'inside'))?.[0] ?? null;
    const moved = inner.some((part) => locate(at, part) === 'inside');
    const latter = !moved ? former : receiver === 0 ? null : codeOf(receiver);
    if (latter !== null) held.set(latter, [...(held.get(latter) ?? []), face]);
  }
  return [...held].map(([code, polygons]) => ({ code, name: code, area: outlineOf(polygons) }));
}

function areasOf(blocks: readonly { community: string; polygon: Polygon }[]): Map<string, MultiPolygon> {
  const codes = [...new Set(blocks.map(({ community }) => community))];
  return new Map(
    codes.map((code) => [code, outlineOf(blocks.filter(({ community }) => community === code).map(({ polygon }) => polygon))]),
  );
}

/** The blocks as they are stored afterwards, with ids from 10,000 for new ones. */
function blocksAfter(stored: Stored, planned: Reimport): StoredBlock[] {
  const gone = new Set([...planned.splits.map(({ parent }) => parent), ...planned.retired.map(({ block }) => block)]);
  const reshaped = new Map(planned.reshapes.map(({ block, polygon }) => [block, polygon]));
  const counts = new Map(planned.counts.map((count) => [count.block, count]));
  const none = { households: 0, population: 0, buildings: 0 };
  const kept = stored.blocks
    .filter(({ id }) => !gone.has(id))
    .map((block) => ({ ...block, polygon: reshaped.get(block.id) ?? block.polygon, ...countOf(counts.get(block.id) ?? block) }));
  const parts = planned.splits.flatMap(({ community, parts: all }) =>
    all.filter(({ stays }) => stays).map((part) => ({ ...part, community })),
  );
  const fresh = [...parts, ...planned.added].map(({ id, community, polygon }) => ({
    id: 10_000 - id,
    community,
    polygon,
    ...countOf(counts.get(id) ?? none),
  }));
  return [...kept, ...fresh];
}

const countOf = ({ households, population, buildings }: Pick<StoredBlock, 'households' | 'population' | 'buildings'>) => ({
  households,
  population,
  buildings,
});

function storedAfter(stored: Stored, planned: Reimport): Stored {
  const blocks = blocksAfter(stored, planned);
  const changed = new Map(planned.changedBuildings.map((building) => [building.id, building]));
  const removed = new Set(planned.homelessBuildings.map(({ id }) => id));
  const idOf = (block: number): number => (block < 0 ? 10_000 - block : block);
  return {
    ...stored,
    communities: [...areasOf(blocks).keys()].map((code) => ({ code, name: code, revision: 1 })),
    blocks,
    buildings: stored.buildings
      .filter(({ id }) => !removed.has(id))
      .map((building): StoredBuilding => {
        const now = changed.get(building.id);
        return now ? { ...now.entry, id: now.id, community: now.community, block: idOf(now.block) } : building;
      }),
  };
}

const changes = ({ splits, reshapes, retired, added, counts, renamed, newCommunities, changedBuildings, addedBuildings }: Reimport) =>
  [splits, reshapes, retired, added, counts, renamed, newCommunities, changedBuildings, addedBuildings].map(({ length }) => length);

/** How far a point lies off a block, in lattice steps: 0 inside and on the border. */
const stepsOutside = (point: LatticePoint, block: Polygon): number =>
  locate(point, block) === 'outside' ? Math.min(...block.map((ring) => distanceToLine(...point, closedLine(ring)))) : 0;

const NOTHING = Array.from({ length: 9 }, () => 0);

const move = fc.record({
  recipe: recipeOf(SIZE),
  line: lineIn(SIZE, { min: 3, max: 6 }),
  receiver: fc.integer({ min: 0, max: 4 }),
});

describe('moving any border', () => {
  test('the blocks tile the new areas, edge by edge, and every building is counted once', () => {
    fc.assert(
      fc.property(move, ({ recipe, line, receiver }) => {
        const stored = storedOf(recipe);
        const communities = movedBy(stored, line, receiver);
        // What a file swallows whole of a stored community that it does not have, the tiling keeps from it beforehand.
        fc.pre(stored.communities.every(({ code }) => communities.some((community) => community.code === code)));
        const planned = planReimport({ communities, buildings: [], barriers: [], institutions: [] }, stored, EVERYTHING);
        const after = storedAfter(stored, planned);
        expect(coverageFaults(after.blocks)).toEqual([]);
        for (const [code, outline] of Object.entries(planned.outlines)) {
          const own = after.blocks.filter(({ community }) => community === code);
          expect(coverageFaults(own, outline)).toEqual([]);
        }
        const areas = areasOf(after.blocks);
        for (const { code, area } of communities) {
          const got = areas.get(code) ?? [];
          const off = Math.abs(multiPolygonAreaM2(got) - multiPolygonAreaM2(area));
          expect(off).toBeLessThan(2 * NODING_WIDTH_M * (perimeterM(got) + perimeterM(area)) + 10);
        }
        const households = after.blocks.reduce((sum, block) => sum + block.households, 0);
        expect(households).toBe(3 * after.buildings.length);
        for (const { block, community, point } of after.buildings) {
          const home = after.blocks.find(({ id }) => id === block);
          expect(home?.community).toBe(community);
          expect(stepsOutside(point, home?.polygon ?? [])).toBeLessThanOrEqual(DRIFT_STEPS);
        }
      }),
      { numRuns: 60, endOnFailure: true },
    );
  });

  test('parts cover the block that they come from, and blocks of communities that keep their area keep id and shape', () => {
    fc.assert(
      fc.property(move, ({ recipe, line, receiver }) => {
        const stored = storedOf(recipe);
        const communities = movedBy(stored, line, receiver);
        const planned = planReimport({ communities, buildings: [], barriers: [], institutions: [] }, stored, EVERYTHING);
        const before = new Map(stored.blocks.map((block) => [block.id, block]));
        for (const { parent, parts } of planned.splits) {
          const sum = parts.reduce((total, { polygon }) => total + doubledArea(polygon), 0);
          expect(Math.abs(sum - doubledArea(before.get(parent)?.polygon ?? []))).toBeLessThan(20 * SIZE);
          expect(parts.length).toBeGreaterThan(1);
        }
        for (const { block, polygon } of planned.reshapes) {
          const former = before.get(block)?.polygon ?? [];
          expect(Math.abs(doubledArea(polygon) - doubledArea(former))).toBeLessThan(20 * SIZE);
          for (const ring of former) {
            const vertices = new Set(polygon.flatMap((now) => pairs(now)));
            for (const vertex of pairs(ring)) expect(vertices).toContain(vertex);
          }
        }
      }),
      { numRuns: 40, endOnFailure: true },
    );
  });

  test('the same files again change nothing', () => {
    fc.assert(
      fc.property(move, ({ recipe, line, receiver }) => {
        const stored = storedOf(recipe);
        const incoming = { communities: movedBy(stored, line, receiver), buildings: [], barriers: [], institutions: [] };
        // Nobody imports a community that is hardly wider than a border is thick.
        fc.pre(incoming.communities.every(({ area }) => multiPolygonAreaM2(area) > perimeterM(area)));
        const after = storedAfter(stored, planReimport(incoming, stored, EVERYTHING));
        expect(changes(planReimport(incoming, after, EVERYTHING))).toEqual(NOTHING);
      }),
      { numRuns: 40, endOnFailure: true },
    );
  });
});

const perimeterM = (area: MultiPolygon): number => area.flat().reduce((sum, ring) => sum + lineLengthM(closedLine(ring)), 0);

const pairs = (ring: readonly number[]): string[] => Array.from({ length: ring.length / 2 }, (_, i) => `${ring[2 * i]} ${ring[2 * i + 1]}`);

describe('lists', () => {
  const square = (x: number, y: number, side: number): Polygon => [[x, y, x + side, y, x + side, y + side, x, y + side]];
  const [WEST, SOUTH, SIDE] = [998_000_000, 394_000_000, 10_000];
  const community = { code: codeOf(1), name: codeOf(1), revision: 0 };
  const known: StoredBuilding = {
    ...buildingIn(square(WEST, SOUTH, SIDE)),
    sourceId: 'B1',
    name: '一号楼',
    id: 1,
    community: codeOf(1),
    block: 1,
  };
  const stored: Stored = {
    communities: [community],
    blocks: [
      { id: 1, community: codeOf(1), polygon: square(WEST, SOUTH, SIDE), households: 3, population: 7, buildings: 1 },
      { id: 2, community: codeOf(1), polygon: square(WEST + SIDE, SOUTH, SIDE), households: 0, population: 0, buildings: 0 },
    ],
    buildings: [known],
    barriers: [{ class: 'street', name: '一街', line: [WEST, SOUTH, WEST + SIDE, SOUTH] }],
    institutions: [{ name: '学校', use: 'school', staff: 3, area: square(WEST, SOUTH, 10) }],
  };
  const nothing: Incoming = { communities: [], buildings: [], barriers: [], institutions: [] };
  const listed = (set: Partial<BuildingEntry>): BuildingEntry => ({ ...buildingIn(square(WEST, SOUTH, SIDE)), sourceId: 'B1', ...set });
  const plan = (set: Partial<Incoming>) => planReimport({ ...nothing, ...set }, stored, EVERYTHING);

  test('a building that the list puts into another block goes there, with what it counts', () => {
    const { changedBuildings, counts } = plan({ buildings: [listed({ point: [WEST + SIDE + 500, SOUTH + 500] })] });
    expect(changedBuildings).toMatchObject([{ id: 1, block: 2, entry: { name: '一号楼', households: 3 } }]);
    expect(counts).toMatchObject([
      { block: 1, households: 0, buildings: 0 },
      { block: 2, households: 3, buildings: 1 },
    ]);
  });

  test('a building without identifier is known by its place; what the list leaves empty stays', () => {
    const { changedBuildings, addedBuildings, unchanged } = plan({ buildings: [listed({ sourceId: '' })] });
    expect([changedBuildings, addedBuildings, unchanged.buildings]).toEqual([[], [], 1]);
  });

  test('a second building at the place of a first is another one', () => {
    const { addedBuildings, counts } = plan({ buildings: [listed({}), listed({ sourceId: 'B2', households: 5 })] });
    expect(addedBuildings).toMatchObject([{ block: 1, entry: { sourceId: 'B2' } }]);
    expect(counts).toMatchObject([{ block: 1, households: 8, buildings: 2 }]);
  });

  test('a barrier is stored once, whichever way it runs, and an institution by name and area', () => {
    const { barriers, institutions, unchanged } = plan({
      barriers: [
        { class: 'street', name: '', line: [WEST + SIDE, SOUTH, WEST, SOUTH] },
        { class: 'river', name: '', line: [WEST, SOUTH, WEST + SIDE, SOUTH] },
      ],
      institutions: [
        { name: '学校', use: 'school', staff: 4, area: square(WEST, SOUTH, 10) },
        { name: '医院', use: 'hospital', staff: null, area: square(WEST, SOUTH, 10) },
      ],
    });
    expect(barriers.map((barrier) => barrier.class)).toEqual(['river']);
    expect(institutions.map(({ name }) => name)).toEqual(['医院']);
    expect([unchanged.barriers, unchanged.institutions]).toEqual([1, 1]);
  });

  test('land that no community had is divided by its streets, what is stored is not', () => {
    const area = outlineOf([square(WEST, SOUTH, SIDE), square(WEST + SIDE, SOUTH, SIDE), square(WEST + 2 * SIDE, SOUTH, SIDE)]);
    const middle = SOUTH + SIDE / 2;
    const { added, splits, reshapes } = plan({
      communities: [{ code: codeOf(1), name: codeOf(1), area }],
      barriers: [{ class: 'street', name: '', line: [WEST - 50, middle, WEST + 4 * SIDE, middle] }],
    });
    expect([added.length, splits.length]).toEqual([2, 0]);
    // The street ends on the border of the block beside, which receives the vertex (I2).
    expect(reshapes.map(({ block }) => block)).toEqual([2]);
  });
});
