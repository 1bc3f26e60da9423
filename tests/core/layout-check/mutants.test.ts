// A clean layout passes; whatever is done to it is caught, by the check that is there for it.
import fc from 'fast-check';
import type { Position } from 'geojson';
import { describe, expect, it } from 'vitest';
import { geojsonMultiPolygon, latticePolygon } from '../../../core/coverage/lattice.ts';
import { interiorPoint, locate } from '../../../core/coverage/locate.ts';
import { outlineOf } from '../../../core/coverage/outline.ts';
import type { Layout } from '../../../core/export/layout.ts';
import { caughtBy, check, dividedCounty } from './divided-county.ts';

const { layout, blocks, surroundings } = dividedCounty(9_000, 3);
const RUNS = { numRuns: 60 };
const METRES_PER_DEGREE = 111_000;

/** A copy to be spoilt. */
const copy = (): Layout => structuredClone(layout);
type Grid = Layout['features'][number];
const anyGrid = fc.nat(layout.features.length - 1);
const gridAt = (mutant: Layout, i: number): Grid => mutant.features[i] as Grid;
const caught = (mutant: unknown): string[] => caughtBy(check(mutant, surroundings));

/** By position, how many grids have a vertex there. */
const bearers = new Map<string, number>();
for (const { geometry } of layout.features) {
  const own = new Set(geometry.coordinates.flat(2).map(String));
  for (const position of own) bearers.set(position, (bearers.get(position) ?? 0) + 1);
}

/**
 * Moves one vertex of one grid by so many metres. One that no other grid has is moved away from its border: along a straight border of
 * the county it would be another vertex of the same line, and nobody's fault.
 */
function moveVertex(grid: Grid, choice: number, metres: number, anyDirection: number): void {
  const rings = grid.geometry.coordinates.flat();
  const ring = rings[choice % rings.length] as Position[];
  const i = choice % (ring.length - 1);
  const [x = 0, y = 0] = ring[i] as Position;
  const [[fromX = 0, fromY = 0], [toX = 0, toY = 0]] = [ring.at(i === 0 ? -2 : i - 1) as Position, ring[i + 1] as Position];
  const shrink = Math.cos((y * Math.PI) / 180);
  const across = Math.atan2((toX - fromX) * shrink, fromY - toY);
  const direction = (bearers.get(String([x, y])) ?? 0) > 1 ? anyDirection : across;
  const east = (metres * Math.cos(direction)) / (METRES_PER_DEGREE * shrink);
  ring[i] = [x + east, y + (metres * Math.sin(direction)) / METRES_PER_DEGREE];
  if (i === 0) ring[ring.length - 1] = [...(ring[0] as Position)];
}

/** To 1e-7 degree, as a program would write it. */
const rounded = (mutant: Layout, decimals: number): Layout =>
  JSON.parse(JSON.stringify(mutant), (_, value: unknown) =>
    typeof value === 'number' && !Number.isInteger(value) ? Number(value.toFixed(decimals)) : value,
  );

describe('a clean layout', () => {
  it.each([3, 4, 5])('of county %i has no fault', (seed) => {
    const county = seed === 3 ? { layout, surroundings } : dividedCounty(6_000, seed);
    const report = check(county.layout, county.surroundings);
    expect(report.issues.filter(({ severity }) => severity !== 'note')).toEqual([]);
    expect(report).toMatchObject({ errors: 0, warnings: 0 });
  });
});

describe('caught', () => {
  it('a vertex moved by a millimetre', () => {
    fc.assert(
      fc.property(anyGrid, fc.nat(), fc.double({ min: 0, max: 6.28, noNaN: true }), (grid, choice, direction) => {
        const mutant = copy();
        moveVertex(gridAt(mutant, grid), choice, 0.001, direction);
        expect(caught(mutant)).toContain('lattice');
      }),
      RUNS,
    );
  });

  it('a vertex moved by 30 centimetres, rounded like the others', () => {
    fc.assert(
      fc.property(anyGrid, fc.nat(), fc.double({ min: 0, max: 6.28, noNaN: true }), (grid, choice, direction) => {
        const mutant = copy();
        moveVertex(gridAt(mutant, grid), choice, 0.3, direction);
        const found = caught(rounded(mutant, 7));
        expect(['gap', 'overlap', 'inside', 'edges', 'geometry'].some((id) => found.includes(id))).toBe(true);
      }),
      RUNS,
    );
  });

  it('a grid dropped', () => {
    fc.assert(
      fc.property(anyGrid, (grid) => {
        const mutant = copy();
        const [dropped] = mutant.features.splice(grid, 1);
        const found = caught(mutant);
        expect(found).toContain('gap');
        expect(found).toContain('totals');
        if (dropped?.properties.buildings) expect(found).toContain('complete');
      }),
      RUNS,
    );
  });

  it('a grid doubled', () => {
    fc.assert(
      fc.property(anyGrid, anyGrid, (grid, place) => {
        const mutant = copy();
        mutant.features.splice(place, 0, structuredClone(gridAt(mutant, grid)));
        const found = caught(mutant);
        for (const id of ['overlap', 'code', 'name', 'totals']) expect(found).toContain(id);
      }),
      RUNS,
    );
  });

  it.each(['with', 'without'])('codes of two grids swapped, %s the ids of their features', (ids) => {
    fc.assert(
      fc.property(anyGrid, anyGrid, (a, b) => {
        fc.pre(a !== b);
        const mutant = copy();
        const [first, second] = [gridAt(mutant, a), gridAt(mutant, b)];
        [first.properties.code, second.properties.code] = [second.properties.code, first.properties.code];
        if (ids === 'with') [first.id, second.id] = [second.id, first.id];
        expect(caught(mutant)).toContain('code');
      }),
      RUNS,
    );
  });

  it('a ring reversed', () => {
    fc.assert(
      fc.property(anyGrid, fc.nat(), (grid, choice) => {
        const mutant = copy();
        const rings = gridAt(mutant, grid).geometry.coordinates.flat();
        (rings[choice % rings.length] as Position[]).reverse();
        expect(caught(mutant)).toEqual(['geometry']);
      }),
      RUNS,
    );
  });

  it.each(['households', 'population', 'buildings'] as const)('another number of %s', (field) => {
    fc.assert(
      fc.property(anyGrid, fc.integer({ min: 1, max: 300 }), fc.boolean(), (grid, change, more) => {
        const mutant = copy();
        const { properties } = gridAt(mutant, grid);
        fc.pre(more || properties[field] >= change);
        properties[field] += more ? change : -change;
        expect(caught(mutant)).toEqual(['totals']);
      }),
      RUNS,
    );
  });

  it('another total of the file', () => {
    const mutant = structuredClone(layout) as { onegrid: { totals: { households: number } } };
    mutant.onegrid.totals.households += 1;
    expect(caught(mutant)).toEqual(['totals']);
  });

  it('a block moved to another grid of its community', () => {
    const blocksOf = layout.features.map(({ geometry }) => {
      const area = geometry.coordinates.map(latticePolygon);
      return blocks.filter(({ polygon }) => area.some((part) => locate(interiorPoint(polygon), part) === 'inside'));
    });
    fc.assert(
      fc.property(anyGrid, anyGrid, fc.nat(), (from, to, choice) => {
        const mutant = copy();
        const [giver, taker] = [gridAt(mutant, from), gridAt(mutant, to)];
        const own = blocksOf[from] ?? [];
        fc.pre(from !== to && giver.properties.community === taker.properties.community && own.length > 1);
        const block = own[choice % own.length];
        const outline = (list: typeof own): number[][][][] => geojsonMultiPolygon(outlineOf(list.map(({ polygon }) => polygon)));
        giver.geometry.coordinates = outline(own.filter((other) => other !== block));
        taker.geometry.coordinates = outline([...(blocksOf[to] ?? []), ...(block ? [block] : [])]);
        expect(caught(mutant)).toContain('totals');
      }),
      RUNS,
    );
  });

  it('coordinates of five decimals', () => {
    const found = caught(rounded(copy(), 5));
    expect(found).toContain('gap');
    expect(found).toContain('inside');
  });
});
