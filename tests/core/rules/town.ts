// Small communities of square blocks to try the checks on, drawn as text.
import { DEFAULT_SCHEME, schemeOf } from '../../../core/codes/schemes.ts';
import type { Polygon } from '../../../core/coverage/geometry.ts';
import type { Barrier, Block, Building, CommunityState, Grid, GridKind, Institution } from '../../../core/plan/state.ts';
import { profileOf } from '../../../core/rules/profiles.ts';
import type { CheckContext } from '../../../core/rules/rule.ts';

/** Side of a block in lattice steps: about 100 metres. */
export const SIDE = 10_000;
const WEST = 998_000_000;
const NORTH = 394_000_000;
const COMMUNITY = '620724100001';

/** Corner of block column, row; rows count from the north. */
export const corner = (column: number, row: number): [number, number] => [WEST + column * SIDE, NORTH - row * SIDE];

export const square = (column: number, row: number): Polygon => {
  const [x, y] = corner(column, row);
  return [[x, y - SIDE, x + SIDE, y - SIDE, x + SIDE, y, x, y]];
};

/** A footprint of half a block's side around the given place, in blocks from the north-west corner. */
export const footprintAt = (column: number, row: number): Polygon => {
  const [x, y] = corner(column, row);
  const half = SIDE / 4;
  return [[x - half, y - half, x + half, y - half, x + half, y + half, x - half, y + half]];
};

/** A line through corners of blocks, in columns and rows from the north-west. */
export const lineThrough = (...corners: readonly (readonly [number, number])[]): number[] =>
  corners.flatMap(([column, row]) => corner(column, row).map(Math.round));

export interface TownOptions {
  /** Households of one block; 100 where nothing is said. Persons are 2.5 times as many. */
  readonly households?: (block: number) => number;
  readonly grids?: Readonly<Record<number, Partial<Grid>>>;
  readonly buildings?: readonly (Partial<Building> & Pick<Building, 'block'>)[];
  readonly profile?: string;
  readonly barriers?: readonly (Partial<Barrier> & Pick<Barrier, 'class' | 'line'>)[];
  readonly institutions?: readonly Partial<Institution>[];
  readonly kind?: CommunityState['community']['kind'];
  readonly townNames?: ReadonlyMap<string, number>;
}

/**
 * One character per block: a digit is the grid, a dot a block without one, a space no block at all. Blocks are numbered from 1 in
 * reading order.
 */
export function town(rows: readonly string[], options: TownOptions = {}): CheckContext {
  const blocks = new Map<number, Block>();
  const gridOf = new Map<number, number>();
  const grids = new Map<number, Grid>();
  const buildings = new Map<number, Building>();
  rows.forEach((row, rowIndex) => {
    [...row].forEach((character, column) => {
      if (character === ' ') return;
      const id = blocks.size + 1;
      const own = options.buildings?.filter(({ block }) => block === id);
      const households = own?.length ? own.reduce((sum, one) => sum + (one.households ?? 0), 0) : (options.households?.(id) ?? 100);
      const made = own?.length ? own : [{ block: id, households }];
      for (const one of made) buildings.set(buildings.size + 1, building(buildings.size + 1, column, rowIndex, one));
      const counted = [...buildings.values()].filter(({ block }) => block === id);
      blocks.set(id, {
        id,
        community: COMMUNITY,
        polygon: square(column, rowIndex),
        households,
        population: counted.reduce((sum, { population }) => sum + population, 0),
        buildings: counted.length,
      });
      if (character === '.') return;
      const grid = Number(character);
      gridOf.set(id, grid);
      grids.set(grid, { ...plainGrid(grid, 'urban'), ...options.grids?.[grid] });
    });
  });
  const state: CommunityState = {
    community: { code: COMMUNITY, name: '新建东村居民委员会', kind: options.kind ?? 'urban' },
    blocks,
    neighbours: [],
    buildings,
    barriers: (options.barriers ?? []).map((barrier, i) => ({ id: i + 1, name: '', ...barrier })),
    institutions: (options.institutions ?? []).map((one, i) => ({ id: i + 1, name: '', use: 'school', staff: null, area: [], ...one })),
    grids,
    gridOf,
    cellOf: new Map(),
  };
  const profile = profileOf(options.profile ?? 'gansu-2023');
  if (!profile) throw new Error('no such profile');
  const scheme = schemeOf(DEFAULT_SCHEME);
  if (!scheme) throw new Error('no such scheme');
  return {
    state,
    profile,
    townNames: options.townNames ?? new Map(),
    register: registerOf(state),
    scheme,
    codes: new Map(),
    planCoded: false,
    communityEnded: false,
    departmentGrids: [],
  };
}

function registerOf(state: CommunityState): CheckContext['register'] {
  const register = { households: 0, population: 0, buildings: 0 };
  for (const { households, population } of state.buildings.values()) {
    register.households += households;
    register.population += population;
    register.buildings += 1;
  }
  return register;
}

export function plainGrid(id: number, kind: GridKind): Grid {
  return {
    id,
    community: COMMUNITY,
    kind,
    name: `新建东村第${'一二三四五六七八九'[id - 1]}网格`,
    reason: '',
    party: '',
    staff: [],
    locked: false,
    area: null,
  };
}

function building(id: number, column: number, row: number, given: Partial<Building> & Pick<Building, 'block'>): Building {
  const [x, y] = corner(column, row);
  const households = given.households ?? 0;
  return {
    id,
    point: [x + SIDE / 2, y - SIDE / 2],
    footprint: null,
    population: Math.round(households * 2.5),
    use: 'residential',
    name: '',
    group: '',
    ...given,
    households,
  };
}
