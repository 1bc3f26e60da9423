// Blocks tile their communities, hold every household once, and no border that was made here runs through a building.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { facesBetween } from '../../../core/coverage/faces.ts';
import type { LatticePoint, Line, MultiPolygon, Polygon } from '../../../core/coverage/geometry.ts';
import { coverageFaults } from '../../../core/coverage/invariants.ts';
import { locate } from '../../../core/coverage/locate.ts';
import { outlineOf } from '../../../core/coverage/outline.ts';
import { multiPolygonAreaM2, polygonAreaM2 } from '../../../core/geo/measure.ts';
import { MAX_BLOCK_HOUSEHOLDS } from '../../../core/import/bisect.ts';
import { type BlockBuilding, type BuiltBlocks, buildBlocks } from '../../../core/import/blocks.ts';
import { Groups } from '../../../core/import/groups.ts';
import { MetreFrame } from '../../../core/import/metres.ts';
import { BLOCK_SLIVER, isSliver } from '../../../core/import/slivers.ts';
import { tileCommunities } from '../../../core/import/tiling.ts';
import { joinNeighbours } from '../../../core/import/units.ts';

/** 高台 in lattice steps; 100,000 steps are about 860 by 1,110 metres. */
const WEST = 998_000_000;
const SOUTH = 393_700_000;
const EXTENT = 100_000;

const rectangle = (x: number, y: number, width: number, height: number): Polygon => [
  [x, y, x + width, y, x + width, y + height, x, y + height],
];

const coordinate = fc.integer({ min: 0, max: EXTENT });
const point = fc.tuple(coordinate, coordinate).map(([x, y]): LatticePoint => [WEST + x, SOUTH + y]);

/** Communities: the faces between random lines through a square. */
const communities = fc.array(fc.tuple(point, point), { maxLength: 4 }).map((lines): MultiPolygon => {
  const frame = rectangle(WEST, SOUTH, EXTENT, EXTENT)[0] as Line;
  const across = lines.map(([a, b]): Line => {
    const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
    return [a[0] - 20 * dx, a[1] - 20 * dy, a[0] + 20 * dx, a[1] + 20 * dy];
  });
  const inside = (face: Polygon) =>
    face[0]?.every((value, i) => value >= (i % 2 ? SOUTH : WEST) && value <= (i % 2 ? SOUTH : WEST) + EXTENT);
  return facesBetween([[...frame, frame[0] as number, frame[1] as number], ...across]).filter(
    (face) => inside(face) && !isSliver(face, BLOCK_SLIVER),
  );
});

const barrier = fc.array(point, { minLength: 2, maxLength: 5 }).map((points): { line: Line } => ({ line: points.flat() }));

const footprint = fc
  .tuple(coordinate, coordinate, fc.integer({ min: 300, max: 4_000 }), fc.integer({ min: 300, max: 4_000 }), fc.boolean())
  .map(([x, y, width, height, bent]): Polygon => {
    const [left, bottom] = [WEST + Math.min(x, EXTENT - 4_000), SOUTH + Math.min(y, EXTENT - 4_000)];
    const [w, h] = [Math.round(width / 2), Math.round(height / 2)];
    if (!bent) return rectangle(left, bottom, width, height);
    return [
      [
        left,
        bottom,
        left + width,
        bottom,
        left + width,
        bottom + h,
        left + w,
        bottom + h,
        left + w,
        bottom + height,
        left,
        bottom + height,
      ],
    ];
  });

const building = fc
  .record({
    footprint: fc.option(footprint, { freq: 4 }),
    point,
    households: fc.oneof({ weight: 20, arbitrary: fc.integer({ min: 0, max: 40 }) }, fc.integer({ min: 100, max: 300 })),
  })
  .map((drawn): BlockBuilding => {
    const place = drawn.footprint
      ? ([(drawn.footprint[0]?.[0] as number) + 100, (drawn.footprint[0]?.[1] as number) + 100] as const)
      : drawn.point;
    return { footprint: drawn.footprint, point: place, households: drawn.households, population: drawn.households * 3 };
  });

const scene = fc.record({
  communities,
  barriers: fc.array(barrier, { maxLength: 6 }),
  buildings: fc.array(building, { maxLength: 80 }),
});

const sumOf = (blocks: BuiltBlocks['blocks'], field: 'households' | 'population' | 'buildings') =>
  blocks.reduce((sum, block) => sum + block[field], 0);

/** Inner edges of the blocks (both sides in one community) as segments. */
function innerEdges({ blocks }: BuiltBlocks): Line[] {
  const seen = new Map<string, number>();
  const inner: Line[] = [];
  for (const { polygon, community } of blocks) {
    for (const ring of polygon) {
      for (let i = 0; i < ring.length; i += 2) {
        const next = (i + 2) % ring.length;
        const [ax, ay, bx, by] = [ring[i], ring[i + 1], ring[next], ring[next + 1]] as [number, number, number, number];
        if (seen.get([bx, by, ax, ay].join()) === community) inner.push([ax, ay, bx, by]);
        seen.set([ax, ay, bx, by].join(), community);
      }
    }
  }
  return inner;
}

/** Whether a segment runs through the polygon: some point of it, sampled every few centimetres, lies inside. */
function runsThrough([ax, ay, bx, by]: Line, polygon: Polygon): boolean {
  const [x0, y0, x1, y1] = [ax, ay, bx, by] as [number, number, number, number];
  const samples = Math.max(1, Math.ceil(Math.hypot(x1 - x0, y1 - y0) / 5));
  return Array.from({ length: samples + 1 }, (_, i) => i / samples).some(
    (t) => locate([x0 + (x1 - x0) * t, y0 + (y1 - y0) * t], polygon) === 'inside',
  );
}

/** How many groups the buildings fall into when everything nearer than two metres hangs together. */
function clusters(buildings: readonly BlockBuilding[]): number {
  const frame = new MetreFrame([WEST, SOUTH]);
  const outlines = buildings.map(({ footprint: shape, point: [x, y] }) => ({
    rings: (shape ?? [[x, y]]).map((ring) =>
      ring.flatMap((_, i) => (i % 2 ? [] : frame.toMetres(ring[i] as number, ring[i + 1] as number))),
    ),
  }));
  const groups = new Groups(outlines.length);
  joinNeighbours(outlines, 2, groups);
  return new Set(outlines.map((_, i) => groups.rootOf(i))).size;
}

/** Distance of a point from a line, in lattice steps. */
function distance([x, y]: LatticePoint, line: Line): number {
  let nearest = Infinity;
  for (let i = 0; i + 3 < line.length; i += 2) {
    const [ax, ay, bx, by] = line.slice(i, i + 4) as [number, number, number, number];
    const squared = (bx - ax) ** 2 + (by - ay) ** 2;
    const t = squared === 0 ? 0 : Math.max(0, Math.min(1, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / squared));
    nearest = Math.min(nearest, Math.hypot(x - ax - t * (bx - ax), y - ay - t * (by - ay)));
  }
  return nearest;
}

describe('blocks of random communities, barriers and buildings', () => {
  it('tile, match edge by edge, and count every household once', () => {
    fc.assert(
      fc.property(scene, ({ communities: areas, barriers, buildings }) => {
        const housed = buildings.filter((each) => areas.some((area) => locate(each.point, area) !== 'outside'));
        const built = buildBlocks(
          areas.map((area) => ({ area: [area] })),
          barriers,
          housed,
        );
        const numbered = built.blocks.map(({ polygon }, id) => ({ id, polygon }));
        expect(coverageFaults(numbered)).toEqual([]);
        areas.forEach((area, number) => {
          const own = built.blocks.filter(({ community }) => community === number);
          // Noding moves a border by less than a step; 1 cm along the whole border at most.
          expect(Math.abs(multiPolygonAreaM2(outlineOf(own.map(({ polygon }) => polygon))) - polygonAreaM2(area))).toBeLessThan(100);
          expect(coverageFaults(numbered.filter((_, i) => built.blocks[i]?.community === number))).toEqual([]);
        });
        expect(sumOf(built.blocks, 'households')).toBe(housed.reduce((sum, { households }) => sum + households, 0));
        expect(sumOf(built.blocks, 'population')).toBe(housed.reduce((sum, { population }) => sum + population, 0));
        expect(sumOf(built.blocks, 'buildings')).toBe(housed.length);
        built.blocks.forEach(({ households }, number) => {
          const inhabited = housed.filter((each, i) => built.blockOf[i] === number && each.households > 0);
          if (households > MAX_BLOCK_HOUSEHOLDS) expect(clusters(inhabited)).toBe(1);
        });
        built.blockOf.forEach((block, i) => {
          expect(locate((housed[i] as BlockBuilding).point, built.blocks[block]?.polygon as Polygon)).not.toBe('outside');
        });
      }),
      { numRuns: 150 },
    );
  });

  it('run through no building except along barriers and community borders', () => {
    fc.assert(
      fc.property(scene, ({ communities: areas, barriers, buildings }) => {
        const housed = buildings.filter((each) => areas.some((area) => locate(each.point, area) !== 'outside'));
        const built = buildBlocks(
          areas.map((area) => ({ area: [area] })),
          barriers,
          housed,
        );
        const given = barriers.map(({ line }) => line);
        const made = innerEdges(built).filter((edge) => {
          const middle: LatticePoint = [((edge[0] as number) + (edge[2] as number)) / 2, ((edge[1] as number) + (edge[3] as number)) / 2];
          return !given.some((line) => distance(middle, line) < 2);
        });
        for (const { footprint: shape } of housed) {
          if (shape) expect(made.filter((edge) => runsThrough(edge, shape))).toEqual([]);
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe('blocks with too many households', () => {
  const village = (count: number, households: number): BlockBuilding[] =>
    Array.from({ length: count }, (_, i) => {
      const [x, y] = [WEST + 5_000 + (i % 10) * 9_000, SOUTH + 5_000 + Math.floor(i / 10) * 9_000];
      return { footprint: rectangle(x, y, 2_000, 1_500), point: [x + 1_000, y + 700], households, population: households * 3 };
    });
  const square = [{ area: [rectangle(WEST, SOUTH, EXTENT, EXTENT)] }];

  it('are divided without any barrier', () => {
    const built = buildBlocks(square, [], village(100, 9));
    expect(built.blocks.length).toBeGreaterThanOrEqual(8);
    expect(built.blocks.length).toBeLessThan(20);
    expect(Math.max(...built.blocks.map(({ households }) => households))).toBeLessThanOrEqual(MAX_BLOCK_HOUSEHOLDS);
    expect(sumOf(built.blocks, 'households')).toBe(900);
  });

  it('have few vertices more than they need', () => {
    const built = buildBlocks(square, [], village(100, 9));
    const vertices = built.blocks.reduce((sum, { polygon }) => sum + polygon.flat().length / 2, 0);
    expect(vertices / built.blocks.length).toBeLessThan(20);
  });

  it('stay whole where a single building has them all', () => {
    const tower: BlockBuilding = {
      footprint: rectangle(WEST + 50_000, SOUTH + 50_000, 3_000, 3_000),
      point: [WEST + 51_000, SOUTH + 51_000],
      households: 400,
      population: 900,
    };
    const alone = buildBlocks(square, [], [tower]);
    expect(alone.blocks).toHaveLength(1);
    const among = buildBlocks(square, [], [...village(40, 5), tower]);
    expect(among.blocks.filter(({ households }) => households > MAX_BLOCK_HOUSEHOLDS).map(({ households }) => households)).toEqual([400]);
    expect(coverageFaults(among.blocks.map(({ polygon }, id) => ({ id, polygon })))).toEqual([]);
  });

  it('keep together footprints that overlap and points on one spot', () => {
    const spot: BlockBuilding = { footprint: null, point: [WEST + 20_000, SOUTH + 20_000], households: 50, population: 150 };
    const overlapping = [0, 1_000, 2_000].map(
      (shift): BlockBuilding => ({
        footprint: rectangle(WEST + 70_000 + shift, SOUTH + 70_000, 2_000, 2_000),
        point: [WEST + 70_500 + shift, SOUTH + 70_500],
        households: 50,
        population: 150,
      }),
    );
    const built = buildBlocks(square, [], [spot, spot, spot, ...overlapping]);
    expect(new Set(built.blockOf.slice(0, 3)).size).toBe(1);
    expect(new Set(built.blockOf.slice(3)).size).toBe(1);
    expect(built.blocks).toHaveLength(2);
  });
});

describe('slivers', () => {
  it('between two carriageways join a neighbour of the same community', () => {
    const lines = [0, 400].map((shift): { line: Line } => ({
      line: [WEST - 10, SOUTH + 50_000 + shift, WEST + EXTENT + 10, SOUTH + 50_000 + shift],
    }));
    const areas = [rectangle(WEST, SOUTH, EXTENT / 2, EXTENT), rectangle(WEST + EXTENT / 2, SOUTH, EXTENT / 2, EXTENT)];
    const built = buildBlocks(
      areas.map((area) => ({ area: [area] })),
      lines,
      [],
    );
    expect(built.blocks.map(({ community }) => community).sort()).toEqual([0, 0, 1, 1]);
  });

  it('are kept when a community has nothing else', () => {
    const built = buildBlocks([{ area: [rectangle(WEST, SOUTH, 300, 50_000)] }], [], []);
    expect(built.blocks).toHaveLength(1);
  });
});

describe('communities that do not quite fit', () => {
  /** Borders surveyed twice: the second community has its own vertices, off by up to two metres. */
  const offsets = fc.array(fc.integer({ min: -180, max: 180 }), { minLength: 3, maxLength: 8 });

  it('tile after mending, even where the gap is open to the outside', () => {
    fc.assert(
      fc.property(offsets, offsets, (west, east) => {
        const border = WEST + EXTENT / 2;
        const chain = (shifts: readonly number[]) =>
          shifts.map((shift, i): LatticePoint => [border + shift, SOUTH + Math.round((EXTENT * i) / (shifts.length - 1))]);
        const left: Polygon = [[WEST, SOUTH + EXTENT, WEST, SOUTH, ...chain(west).flat()]];
        const right: Polygon = [[...chain(east).toReversed().flat(), WEST + EXTENT, SOUTH, WEST + EXTENT, SOUTH + EXTENT].slice()];
        const tiling = tileCommunities([left, reversed(right)].map((polygon, i) => ({ code: `${i}`, name: '', area: [polygon] })));
        expect(tiling.misfits.filter(({ givenTo }) => givenTo === null)).toEqual([]);
        const blocks = tiling.areas.flat().map((polygon, id) => ({ id, polygon }));
        expect(coverageFaults(blocks)).toEqual([]);
        // One piece without slits: the whole has a single ring.
        expect(outlineOf(blocks.map(({ polygon }) => polygon)).map((polygon) => polygon.length)).toEqual([1]);
      }),
      { numRuns: 200 },
    );
  });

  const reversed = ([ring]: Polygon): Polygon => {
    const points = Array.from({ length: (ring?.length ?? 0) / 2 }, (_, i) => [ring?.[2 * i] as number, ring?.[2 * i + 1] as number]);
    const doubledArea = points.reduce((sum, [x, y], i) => {
      const [nx, ny] = points[(i + 1) % points.length] as number[];
      return sum + ((x as number) - WEST) * ((ny as number) - SOUTH) - ((nx as number) - WEST) * ((y as number) - SOUTH);
    }, 0);
    return [doubledArea > 0 ? points.flat() : points.toReversed().flat()];
  };
});
