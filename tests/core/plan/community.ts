// A small community with neighbours for tests of the operations: random streets, a hole, an exclave, buildings at random places.

import { facesBetween } from '../../../core/coverage/faces.ts';
import type { Line, Polygon } from '../../../core/coverage/geometry.ts';
import { interiorPoint, locate } from '../../../core/coverage/locate.ts';
import { type PlannedOperation, planChange } from '../../../core/plan/apply.ts';
import type { Change } from '../../../core/plan/change.ts';
import type { Outcome } from '../../../core/plan/failure.ts';
import type { Block, Building, CommunityState, Grid } from '../../../core/plan/state.ts';
import { profileOf } from '../../../core/rules/profiles.ts';

/** Origin of the test county in lattice steps, and the side of its square in steps (about 1 km). */
export const ORIGIN_X = 998_000_000;
export const ORIGIN_Y = 393_000_000;
export const SIDE = 100_000;

export interface Street {
  /** Ends as shares of the square, so that shrinking is meaningful. */
  readonly ends: readonly [number, number, number, number];
}

const rectangle = (west: number, south: number, east: number, north: number): Line =>
  [west, south, east, south, east, north, west, north, west, south].map(
    (value, index) => Math.round(value * SIDE) + (index % 2 === 0 ? ORIGIN_X : ORIGIN_Y),
  );

/** Degrees of a place given as shares of the square. */
export const degrees = (x: number, y: number): [number, number] => [
  (ORIGIN_X + Math.round(x * SIDE)) / 1e7,
  (ORIGIN_Y + Math.round(y * SIDE)) / 1e7,
];

/**
 * Community A: the unit square with a hole at its middle and an exclave to the north; its neighbour B: the square to the east.
 * Streets run through both. Every building has households.
 */
export function makeState(streets: readonly Street[], places: readonly (readonly [number, number, number])[]): CommunityState {
  const inner = [[0.45, 0.45, 0.55, 0.55]].map(([w, s, e, n]) => rectangle(w as number, s as number, e as number, n as number));
  const outer = [rectangle(0, 0, 1, 1), rectangle(1, 0, 2, 1), rectangle(0.2, 1.2, 0.5, 1.5)];
  const lines = streets.map(({ ends }) => ends.map((share, i) => Math.round(share * SIDE) + (i % 2 === 0 ? ORIGIN_X : ORIGIN_Y)));
  const blocks = new Map<number, Block>();
  const neighbours: Block[] = [];
  const [hole] = inner as [Line];
  for (const polygon of facesBetween([...outer, ...inner, ...lines])) {
    const point = interiorPoint(polygon);
    if (locate(point, [hole.slice(0, -2)]) === 'inside') continue;
    const x = (point[0] - ORIGIN_X) / SIDE;
    const y = (point[1] - ORIGIN_Y) / SIDE;
    if (y > 1 && (y < 1.2 || x < 0.2 || x > 0.5)) continue;
    const community = x < 1 ? '620724100001' : '620724100002';
    const block = { id: blocks.size + neighbours.length + 1, community, polygon, households: 0, population: 0, buildings: 0 };
    if (x < 1) blocks.set(block.id, block);
    else neighbours.push(block);
  }
  const buildings = house(blocks, places);
  return {
    community: { code: '620724100001', name: '新建东村居民委员会', kind: 'urban' },
    blocks,
    neighbours,
    buildings,
    barriers: [],
    institutions: [],
    grids: new Map(),
    gridOf: new Map(),
    cellOf: new Map(),
  };
}

function house(blocks: Map<number, Block>, places: readonly (readonly [number, number, number])[]): Map<number, Building> {
  const buildings = new Map<number, Building>();
  for (const [x, y, households] of places) {
    const point = [ORIGIN_X + Math.round(x * SIDE), ORIGIN_Y + Math.round(y * SIDE)] as const;
    const home = [...blocks.values()].find((block) => locate(point, block.polygon) !== 'outside');
    if (!home) continue;
    const id = buildings.size + 1;
    buildings.set(id, {
      id,
      block: home.id,
      point,
      footprint: null,
      households,
      population: households * 3,
      use: 'residential',
      name: '',
      group: '',
    });
    blocks.set(home.id, {
      ...home,
      households: home.households + households,
      population: home.population + households * 3,
      buildings: home.buildings + 1,
    });
  }
  return buildings;
}

export const grid = (id: number, name: string): Grid => ({
  id,
  community: '620724100001',
  kind: 'urban',
  name,
  reason: '',
  party: '',
  staff: [],
  locked: false,
  area: null,
});

/** All blocks of A in one grid with id 1. */
export function withOneGrid(state: CommunityState): CommunityState {
  return {
    ...state,
    grids: new Map([[1, grid(1, '新建东村第一网格')]]),
    gridOf: new Map([...state.blocks.keys()].map((block) => [block, 1])),
  };
}

/** Households of all blocks, from the blocks. */
export const householdsOf = (blocks: Iterable<Block>): number => [...blocks].reduce((sum, block) => sum + block.households, 0);

/** Twice the area in square steps, exact. */
export function doubleArea(polygon: Polygon): number {
  let sum = 0;
  for (const ring of polygon) {
    for (let i = 0; i < ring.length; i += 2) {
      const j = (i + 2) % ring.length;
      sum += ((ring[i] as number) - ORIGIN_X) * ((ring[j + 1] as number) - ORIGIN_Y);
      sum -= ((ring[j] as number) - ORIGIN_X) * ((ring[i + 1] as number) - ORIGIN_Y);
    }
  }
  return sum;
}

/** What the operation would do under the rules of Gansu. */
export function planned(state: CommunityState, operation: PlannedOperation): Outcome<Change> {
  const profile = profileOf('gansu-2023');
  if (!profile) throw new Error('no such profile');
  return planChange(state, operation, profile);
}
