// A made-up community of about 500 blocks, streets and all, with houses and ten grids; the same at every run.

import { facesBetween } from '../../core/coverage/faces.ts';
import type { Line } from '../../core/coverage/geometry.ts';
import { interiorPoint } from '../../core/coverage/locate.ts';
import type { Block, Building, CommunityState, Grid } from '../../core/plan/state.ts';
import { type Random, randomOf } from '../../fixtures/random.ts';

const SEED = 20_260_701;
const CODE = '620724100001';
export const WEST_STEPS = 998_000_000;
export const SOUTH_STEPS = 394_000_000;
/** A community of about 2 km, 5 m of play in the streets, a vertex every 25 m. */
export const SIDE_STEPS = 200_000;
const STREETS = 25;
const VERTICES_PER_STREET = 80;
const MAIN_ROAD_EVERY = 7;
const PLAY_STEPS = 500;
/** Two columns and five rows of grids. */
const GRID_COLUMNS = 2;
const GRID_ROWS = 5;
/** Four houses of 10 m in each block, 15 m from its middle. */
const HOUSE_OFFSET_STEPS = 1_500;
const HOUSE_STEPS = 500;
const HOUSEHOLDS = 2;
const POPULATION = 5;
const CORNERS = [
  [-1, -1],
  [1, -1],
  [1, 1],
  [-1, 1],
] as const;

export function largeCommunity(): CommunityState {
  const lines = streets(randomOf(SEED));
  const places = facesBetween(lines)
    .filter((polygon) => (polygon[0] as Line).length > 20)
    .map((polygon, i) => ({ id: i + 1, polygon, middle: interiorPoint(polygon) }));
  const blocks = places.map(({ id, polygon }): Block => {
    const counts = { households: HOUSEHOLDS * CORNERS.length, population: POPULATION * CORNERS.length, buildings: CORNERS.length };
    return { id, community: CODE, polygon, ...counts };
  });
  const buildings = places.flatMap(({ id, middle }) => CORNERS.map((corner, i) => house(id * CORNERS.length + i, id, middle, corner)));
  const gridOf = new Map(places.map(({ id, middle }) => [id, gridAt(middle)]));
  return {
    community: { code: CODE, name: '五百地块社区', kind: 'urban' },
    blocks: new Map(blocks.map((block) => [block.id, block])),
    neighbours: [],
    barriers: lines.map((line, i) => ({
      id: i + 1,
      class: i % MAIN_ROAD_EVERY === 0 ? 'main-road' : 'street',
      name: `第${i + 1}街`,
      line,
    })),
    institutions: [],
    buildings: new Map(buildings.map((building) => [building.id, building])),
    grids: new Map([...new Set(gridOf.values())].map((id) => [id, gridNamed(id)])),
    gridOf,
    cellOf: new Map(),
  };
}

function streets(random: Random): Line[] {
  const lines: Line[] = [];
  for (let i = 0; i < STREETS; i++) {
    const across: number[] = [];
    const along: number[] = [];
    for (let j = 0; j <= VERTICES_PER_STREET; j++) {
      const at = Math.round((j * SIDE_STEPS) / VERTICES_PER_STREET);
      const beside = Math.round((i * SIDE_STEPS) / (STREETS - 1) + (random.next() - 0.5) * PLAY_STEPS);
      across.push(WEST_STEPS + at, SOUTH_STEPS + beside);
      along.push(WEST_STEPS + beside, SOUTH_STEPS + at);
    }
    lines.push(across, along);
  }
  return lines;
}

function house(id: number, block: number, middle: readonly [number, number], [east, north]: readonly [number, number]): Building {
  const point = [Math.round(middle[0]) + east * HOUSE_OFFSET_STEPS, Math.round(middle[1]) + north * HOUSE_OFFSET_STEPS] as const;
  const footprint = [CORNERS.flatMap(([x, y]) => [point[0] + x * HOUSE_STEPS, point[1] + y * HOUSE_STEPS])];
  return { id, block, point, footprint, households: HOUSEHOLDS, population: POPULATION, use: 'residential', name: '', group: '' };
}

function gridAt([x, y]: readonly [number, number]): number {
  const column = Math.floor(((x - WEST_STEPS) / SIDE_STEPS) * GRID_COLUMNS);
  const row = Math.floor(((y - SOUTH_STEPS) / SIDE_STEPS) * GRID_ROWS);
  return 1 + row * GRID_COLUMNS + column;
}

const gridNamed = (id: number): Grid => ({
  id,
  community: CODE,
  kind: 'urban',
  name: `第${id}网格`,
  reason: '',
  party: '',
  staff: [],
  locked: false,
  area: null,
});
