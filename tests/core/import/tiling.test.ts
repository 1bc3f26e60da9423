// Communities as offices have them: borders surveyed twice, strips that two claim, stored neighbours. After tiling nothing gapes.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LatticePoint, MultiPolygon, Polygon, Ring } from '../../../core/coverage/geometry.ts';
import { coverageFaults } from '../../../core/coverage/invariants.ts';
import { interiorPoint, locate } from '../../../core/coverage/locate.ts';
import { outlineOf } from '../../../core/coverage/outline.ts';
import { closedLine, directedRing, doubledArea } from '../../../core/coverage/ring.ts';
import { Random } from '../../../core/division/random.ts';
import { multiPolygonAreaM2 } from '../../../core/geo/measure.ts';
import type { Misfit, MissingVertices, TiledCommunity, TilingOptions } from '../../../core/import/misfits.ts';
import { NO_DECISIONS } from '../../../core/import/misfits.ts';
import { selfContact } from '../../../core/import/simple.ts';
import { tileCommunities } from '../../../core/import/tiling.ts';
import { patchworkOf, recipeOf } from '../coverage/random-coverage.ts';
import { code } from './collections.ts';

/** About a metre in both directions, in lattice steps. */
const METRE = 100;
/** A stored area of so many lattice steps in width has no room for another vertex. */
const THIN_STEPS = 3;
/** Side of the random coverages in lattice steps, about a kilometre. */
const SIZE = 100_000;

const [WEST, SOUTH] = [998_000_000, 394_000_000];

/** A box in metres from the corner of the map. */
function box(west: number, south: number, east: number, north: number): Polygon {
  const [w, s, e, n] = [WEST + west * METRE, SOUTH + south * METRE, WEST + east * METRE, SOUTH + north * METRE];
  return [[w, s, e, s, e, n, w, n]];
}

const community = (number: number, ...area: Polygon[]): TiledCommunity => ({ code: code(number), name: `社区${number}`, area });

const options = (some: Partial<TilingOptions>): TilingOptions => ({ ...NO_DECISIONS, ...some });

const faultsOf = (areas: readonly MultiPolygon[]) => coverageFaults(areas.flat().map((polygon, id) => ({ id, polygon })));

const undecided = (misfits: readonly Misfit[]) => misfits.filter(({ decidedBy }) => decidedBy === null);

/** A whole coverage as communities: some have enclaves, some are in several parts. */
const coverage = recipeOf(SIZE).map((recipe) => {
  const blocks = patchworkOf(recipe);
  const numbers = [...new Set(blocks.map((block) => block.community))].sort();
  return numbers.map((number) =>
    community(number, ...outlineOf(blocks.filter((block) => block.community === number).map((block) => block.polygon))),
  );
});

/** The same communities from a survey of their own each: vertices off by up to `reachM`, some missing, rings from elsewhere. */
function resurveyed(communities: readonly TiledCommunity[], seed: number, reachM: number): TiledCommunity[] {
  const random = new Random(seed, 'survey');
  const off = (value: number) => value + Math.round((2 * random.uniform() - 1) * reachM * METRE);
  const ringOf = (ring: Ring): Ring => {
    const vertices = Array.from({ length: ring.length / 2 }, (_, i) => [off(ring[2 * i] as number), off(ring[2 * i + 1] as number)]);
    const kept = vertices.filter((_, i) => i < 3 || random.below(10) > 0);
    const start = random.below(kept.length);
    return [...kept.slice(start), ...kept.slice(0, start)].flat();
  };
  return communities.map(({ area, ...rest }) => ({
    ...rest,
    area: area.map((polygon) => {
      const moved = polygon.map((ring, i) => directedRing(ringOf(ring), i === 0));
      return selfContact(moved) ? polygon : moved;
    }),
  }));
}

/** The stored communities with the vertices that the new ones need. */
function withVertices(stored: readonly TiledCommunity[], vertices: readonly MissingVertices[]): MultiPolygon[] {
  const key = (name: string, from: LatticePoint, to: LatticePoint) => [name, from, to].join();
  const missing = new Map(vertices.map(({ community: name, from, to, at }) => [key(name, from, to), at]));
  return stored.map(({ code: name, area }) =>
    area.map((polygon) =>
      polygon.map((ring) => {
        const points = Array.from({ length: ring.length / 2 }, (_, i): LatticePoint => [ring[2 * i] as number, ring[2 * i + 1] as number]);
        return points.flatMap((point, i) => {
          const next = points[(i + 1) % points.length] as LatticePoint;
          return [point, ...(missing.get(key(name, point, next)) ?? [])].flat();
        });
      }),
    ),
  );
}

/** A stored community has no room for a vertex where it would get one. */
function isNeedle(stored: readonly TiledCommunity[], vertices: readonly MissingVertices[]): boolean {
  return stored.some(({ code: name, area }) => {
    if (area.some(isThin)) return true;
    const added = vertices.filter((edge) => edge.community === name).flatMap(({ at }) => at.map(String));
    const rings = area.flat().flatMap((ring) => ring.flatMap((x, i) => (i % 2 === 0 ? [`${x},${ring[i + 1]}`] : [])));
    return new Set(added).size < added.length || added.some((point) => rings.includes(point));
  });
}

/** Nowhere wider than a lattice step or two: no vertex can be put into its border without folding it. */
function isThin([outer = []]: Polygon): boolean {
  const line = closedLine(outer);
  let perimeter = 0;
  for (let i = 2; i < line.length; i += 2) {
    perimeter += Math.hypot((line[i] as number) - (line[i - 2] as number), (line[i + 1] as number) - (line[i - 1] as number));
  }
  return Math.abs(doubledArea([outer])) < THIN_STEPS * perimeter;
}

/** Holes of all communities together that more than one of them borders on. */
function gapsBetween(areas: readonly MultiPolygon[]): Ring[] {
  const edgesOf = (ring: Ring) =>
    Array.from({ length: ring.length / 2 }, (_, i) => [...ring, ...ring.slice(0, 2)].slice(2 * i, 2 * i + 4).join());
  const ownerOf = new Map(
    areas.flatMap((area, i) =>
      area
        .flat()
        .flatMap(edgesOf)
        .map((edge): [string, number] => [edge, i]),
    ),
  );
  const holes = outlineOf(areas.flat()).flatMap(([, ...rings]) => rings);
  return holes.filter((hole) => new Set(edgesOf(hole).map((edge) => ownerOf.get(edge))).size > 1);
}

describe('borders that were surveyed twice', () => {
  it('close by a rule: no gap and no overlap is left inside, every edge is matched', () => {
    fc.assert(
      fc.property(
        coverage,
        fc.nat(),
        fc.integer({ min: 0, max: 60 }),
        fc.constantFrom('longest-border', 'larger'),
        (sound, seed, reachDm, others) => {
          const communities = resurveyed(sound, seed, reachDm / 10);
          const { areas, misfits } = tileCommunities(communities, options({ others }));
          expect(undecided(misfits)).toEqual([]);
          expect(faultsOf(areas)).toEqual([]);
          expect(gapsBetween(areas)).toEqual([]);
        },
      ),
      { numRuns: 40, endOnFailure: true },
    );
  });

  it('close against stored communities, which stay as they are but for vertices', () => {
    fc.assert(
      fc.property(coverage, fc.nat(), fc.integer({ min: 0, max: 30 }), fc.integer({ min: 1, max: 3 }), (sound, seed, reachDm, stays) => {
        const fixed = sound.filter((_, i) => i >= stays);
        const communities = resurveyed(sound.slice(0, stays), seed, reachDm / 10);
        const { areas, misfits, vertices } = tileCommunities(communities, options({ others: 'longest-border', fixed }));
        expect(undecided(misfits)).toEqual([]);
        expect(misfits.filter(({ kind, givenTo }) => kind === 'gap' && fixed.some((one) => one.code === givenTo))).toEqual([]);
        fc.pre(!isNeedle(fixed, vertices));
        expect(faultsOf([...areas, ...withVertices(fixed, vertices)])).toEqual([]);
      }),
      { numRuns: 40, endOnFailure: true },
    );
  });
});

describe('what is too wide to close by itself', () => {
  /** A gap of 8 m between the first two, an overlap of 10 m between the second and the third, which is smaller. */
  const row = [community(1, box(0, 0, 300, 200)), community(2, box(308, 0, 600, 200)), community(3, box(590, 0, 700, 200))];
  const found = tileCommunities(row).misfits;
  const [gap, overlap] = (['gap', 'overlap'] as const).map((kind) => found.find((misfit) => misfit.kind === kind) as Misfit) as [
    Misfit,
    Misfit,
  ];

  it('is told with its measures, its shape, those concerned and who may receive it', () => {
    expect(found).toHaveLength(2);
    expect(gap).toMatchObject({ givenTo: null, decidedBy: null, receivers: [code(1), code(2)] });
    expect(gap.communities).toEqual([
      { code: code(1), name: '社区1' },
      { code: code(2), name: '社区2' },
    ]);
    expect(overlap).toMatchObject({ givenTo: null, decidedBy: null, receivers: [code(2), code(3)] });
    // A step is 0.86 m by 1.11 m here.
    expect(gap.widthM).toBeCloseTo(8 * 0.86, 0);
    expect(overlap.areaM2 / (10 * 200 * 0.86 * 1.11)).toBeCloseTo(1, 1);
    expect(multiPolygonAreaM2(gap.shape)).toBeCloseTo(gap.areaM2, 6);
    expect(locate(overlap.place, overlap.shape[0] as Polygon)).toBe('inside');
  });

  it.each([
    ['longest-border', code(2), code(2)],
    ['larger', code(1), code(2)],
  ] as const)('goes by the rule “%s”, all alike', (others, ofGap, ofOverlap) => {
    const { areas, misfits } = tileCommunities(row, options({ others }));
    expect(misfits.map(({ key, givenTo, decidedBy }) => [key, givenTo, decidedBy])).toEqual([
      [overlap.key, ofOverlap, 'rule'],
      [gap.key, others === 'longest-border' ? expect.stringMatching(/00[12]$/) : ofGap, 'rule'],
    ]);
    expect(faultsOf(areas)).toEqual([]);
    expect(outlineOf(areas.flat())).toHaveLength(1);
  });

  it('goes to exactly the one whom a person chose', () => {
    for (const [first, second] of [
      [1, 2],
      [1, 3],
      [2, 2],
      [2, 3],
    ] as const) {
      const decisions = { [gap.key]: code(first), [overlap.key]: code(second) };
      const { areas, misfits } = tileCommunities(row, options({ decisions }));
      expect(new Map(misfits.map(({ key, givenTo, decidedBy }) => [key, [givenTo, decidedBy]]))).toEqual(
        new Map([
          [gap.key, [code(first), 'person']],
          [overlap.key, [code(second), 'person']],
        ]),
      );
      const holder = (place: readonly [number, number]) => areas.map((area) => area.some((part) => locate(place, part) === 'inside'));
      expect(holder(gap.place)).toEqual([1, 2, 3].map((number) => number === first));
      expect(holder(overlap.place)).toEqual([1, 2, 3].map((number) => number === second));
      expect(faultsOf(areas)).toEqual([]);
    }
  });

  it('may stay open where it is a gap; an overlap may not, and nobody else may receive it', () => {
    const decisions = { [gap.key]: 'open', [overlap.key]: 'open' };
    const open = tileCommunities(row, options({ decisions, others: 'larger' })).misfits;
    expect(open.find(({ key }) => key === gap.key)).toMatchObject({ givenTo: null, decidedBy: 'person' });
    expect(open.find(({ key }) => key === overlap.key)).toMatchObject({ givenTo: null, decidedBy: null });
    const stranger = tileCommunities(row, options({ decisions: { [overlap.key]: code(1) } })).misfits;
    expect(
      undecided(stranger)
        .map(({ key }) => key)
        .sort(),
    ).toEqual([gap.key, overlap.key].sort());
  });

  it('closes by itself when people allow that much, and opens when they allow less', () => {
    const closed = tileCommunities(row, options({ toleranceM: 12 })).misfits;
    expect(closed.map(({ decidedBy }) => decidedBy)).toEqual(['tolerance', 'tolerance']);
    const narrow = [community(1, box(0, 0, 300, 200)), community(2, box(302, 0, 600, 200))];
    expect(undecided(tileCommunities(narrow).misfits)).toEqual([]);
    expect(undecided(tileCommunities(narrow, options({ toleranceM: 1 })).misfits)).toHaveLength(1);
    expect(() => tileCommunities(narrow, options({ toleranceM: 51 }))).toThrow(RangeError);
  });

  it('has keys that neither other decisions nor the order of the file change', () => {
    fc.assert(
      fc.property(coverage, fc.nat(), fc.nat(), (sound, seed, chosen) => {
        const communities = resurveyed(sound, seed, 8);
        const before = tileCommunities(communities).misfits;
        const keys = (misfits: readonly Misfit[]) =>
          undecided(misfits)
            .map(({ key }) => key)
            .sort();
        const open = undecided(before);
        expect(new Set(before.map(({ key }) => key)).size).toBe(before.length);
        expect(keys(tileCommunities(communities.toReversed()).misfits)).toEqual(keys(before));
        // A sliver between undecided ones alone, which has no receiver in its key, closes with the first of them and may be too small for a word.
        const follows = (key: string) => key.endsWith('>');
        const one = open[chosen % Math.max(1, open.length)];
        fc.pre(one !== undefined && one.receivers.length > 0 && !follows(one.key));
        const receiver = one.receivers[chosen % one.receivers.length] as string;
        const { areas, misfits } = tileCommunities(communities, options({ decisions: { [one.key]: receiver } }));
        expect(keys(misfits).filter((key) => !follows(key))).toEqual(keys(before).filter((key) => key !== one.key && !follows(key)));
        expect(keys(before)).toEqual(expect.arrayContaining(keys(misfits)));
        expect(misfits.find(({ key }) => key === one.key)).toMatchObject({ givenTo: receiver, decidedBy: 'person' });
        const place = one.shape.map(interiorPoint);
        const holders = communities.filter((_, i) => place.every((at) => areas[i]?.some((part) => locate(at, part) === 'inside')));
        expect(holders.map((holder) => holder.code)).toEqual([receiver]);
      }),
      { numRuns: 60, endOnFailure: true },
    );
  });

  it('a road that nobody drew falls into parts, one between each two neighbours', () => {
    const four = [box(0, 0, 400, 300), box(410, 0, 800, 300), box(0, 310, 400, 600), box(410, 310, 800, 600)];
    const { misfits } = tileCommunities(four.map((polygon, i) => community(i + 1, polygon)));
    expect(misfits.every(({ kind, decidedBy }) => kind === 'gap' && decidedBy === null)).toBe(true);
    expect(misfits).toHaveLength(4);
    const { areas, misfits: given } = tileCommunities(
      four.map((polygon, i) => community(i + 1, polygon)),
      options({ others: 'larger' }),
    );
    expect(undecided(given)).toEqual([]);
    expect(faultsOf(areas)).toEqual([]);
    expect(outlineOf(areas.flat()).map((polygon) => polygon.length)).toEqual([1]);
  });

  it('a strip that opens to the outside is asked about, however far it reaches, while what lies apart stays apart', () => {
    const apart = (metres: number) => [community(1, box(0, 0, 400, 600)), community(2, box(400 + metres, 0, 900, 600))];
    expect(undecided(tileCommunities(apart(30)).misfits).map(({ kind }) => kind)).toEqual(['gap']);
    const { misfits, areas } = tileCommunities(apart(30), options({ others: 'longest-border' }));
    expect([undecided(misfits), faultsOf(areas)]).toEqual([[], []]);
    expect(tileCommunities(apart(80)).misfits).toEqual([]);
  });

  it('a community that is there twice overlaps wholly, and one of the two receives it', () => {
    const twice = [community(1, box(0, 0, 300, 200)), community(2, box(0, 0, 300, 200))];
    const { areas, misfits } = tileCommunities(twice, options({ others: 'longest-border' }));
    expect(misfits).toMatchObject([{ kind: 'overlap', givenTo: code(1) }]);
    expect(areas).toEqual([twice[0]?.area, []]);
  });

  it('leaves the outermost border and enclaves as they are', () => {
    const [outer = []] = box(0, 0, 300, 200);
    const holed: Polygon = [outer, directedRing(box(100, 50, 200, 150)[0] as Ring, false)];
    const bent: Polygon = [[...(box(300, 0, 600, 200)[0] as Ring)].map((value, i) => (i === 3 ? value + 20 * METRE : value))];
    const drawn = [community(1, holed), community(2, bent)];
    const { areas, misfits } = tileCommunities(drawn);
    expect(misfits).toEqual([]);
    expect(areas.map(multiPolygonAreaM2)).toEqual(drawn.map(({ area }) => multiPolygonAreaM2(area)));
  });
});

describe('stored neighbours', () => {
  const stored = [community(9, box(0, 0, 300, 200))];

  it('receive what the new one claims of them, and never a gap', () => {
    const claiming = [community(1, box(290, 0, 600, 200))];
    expect(undecided(tileCommunities(claiming, options({ fixed: stored })).misfits)).toMatchObject([
      { kind: 'overlap', receivers: [code(9)] },
    ]);
    const { areas, misfits } = tileCommunities(claiming, options({ fixed: stored, others: 'larger' }));
    expect(misfits).toMatchObject([{ givenTo: code(9), decidedBy: 'rule' }]);
    expect(areas).toEqual([[box(300, 0, 600, 200)]]);
    const apart = tileCommunities([community(1, box(308, 0, 600, 200))], options({ fixed: stored, others: 'larger' }));
    expect(apart.misfits).toMatchObject([{ kind: 'gap', receivers: [code(1)], givenTo: code(1) }]);
    expect(faultsOf([...apart.areas, ...withVertices(stored, apart.vertices)])).toEqual([]);
  });

  it('need no vertex but where new communities meet at their border', () => {
    for (const west of [298.5, 301.5]) {
      const alone = tileCommunities([community(1, box(west, 0, 600, 200))], options({ fixed: stored }));
      expect(alone.vertices).toEqual([]);
      expect(multiPolygonAreaM2(alone.areas[0] ?? [])).toBeCloseTo(multiPolygonAreaM2([box(300, 0, 600, 200)]), 3);
      expect(faultsOf([...alone.areas, ...stored.map(({ area }) => area)])).toEqual([]);
      const two = tileCommunities([community(1, box(west, 0, 600, 90)), community(2, box(west, 90, 600, 200))], options({ fixed: stored }));
      expect(undecided(two.misfits)).toEqual([]);
      expect(two.vertices.flatMap(({ at }) => at)).toEqual([[WEST + 300 * METRE, SOUTH + 90 * METRE]]);
      expect(faultsOf([...two.areas, ...withVertices(stored, two.vertices)])).toEqual([]);
    }
  });
});
