// A small community for tests of the hand: 6 × 4 square blocks of about 100 m, a grid on either side of 人民路, the top row not drawn.
import type { BarrierCollection, BlockFeature, BuildingFeature, GridFeature } from '../../core/api/messages.ts';
import { geojsonMultiPolygon, latticePolygon } from '../../core/coverage/lattice.ts';
import { outlineOf } from '../../core/coverage/outline.ts';
import type { Operation } from '../../core/plan/operation.ts';
import { profileOf } from '../../core/rules/profiles.ts';
import type { ActiveCommunity, Preview, Workspace } from '../../web/state/workspace.ts';
import { type CommunityIndex, communityIndex } from '../../web/tools/community-index.ts';
import type { HandPoint, Position, Sketch, ToolHost } from '../../web/tools/tool.ts';

export const COMMUNITY = { code: '620724100001', name: '新建东村居民委员会', kind: 'urban' as const };
export const COLUMNS = 6;
export const ROWS = 4;
export const SIDE = 0.001;
export const WEST = 99.8;
export const SOUTH = 39.37;
export const HOUSEHOLDS = 60;
const PERSONS = 150;
const LEFT_GRID = 11;
const RIGHT_GRID = 12;
export const grids = { left: LEFT_GRID, right: RIGHT_GRID };

/** A place by blocks from the south-western corner: (0.5, 0.5) is the middle of the first block. */
export const at = (column: number, row: number): Position => [round(WEST + column * SIDE), round(SOUTH + row * SIDE)];
const round = (degrees: number): number => Math.round(degrees * 1e7) / 1e7;

/** Blocks are numbered from 1, row by row from the south-west. */
export const blockId = (column: number, row: number): number => row * COLUMNS + column + 1;

const square = (column: number, row: number, size = 1): Position[] => [
  at(column, row),
  at(column + size, row),
  at(column + size, row + size),
  at(column, row + size),
  at(column, row),
];

const gridAt = (column: number, row: number): number | null => (row === ROWS - 1 ? null : column < COLUMNS / 2 ? LEFT_GRID : RIGHT_GRID);

const cells = Array.from({ length: COLUMNS * ROWS }, (_, i) => ({ column: i % COLUMNS, row: Math.floor(i / COLUMNS) }));

const blocks = cells.map(
  ({ column, row }): BlockFeature => ({
    type: 'Feature',
    geometry: { type: 'Polygon', coordinates: [square(column, row)] },
    properties: {
      id: blockId(column, row),
      community: COMMUNITY.code,
      grid: gridAt(column, row),
      cell: 0,
      households: HOUSEHOLDS,
      population: PERSONS,
      buildings: 1,
    },
  }),
);

/** One building in the middle of every block, a fifth of its side wide. */
const buildings = cells.map(
  ({ column, row }): BuildingFeature => ({
    type: 'Feature',
    geometry: { type: 'Polygon', coordinates: [square(column + 0.4, row + 0.4, 0.2)] },
    properties: {
      group: '',
      id: 100 + blockId(column, row),
      block: blockId(column, row),
      households: HOUSEHOLDS,
      population: PERSONS,
      use: 'residential',
      name: '',
      point: at(column + 0.5, row + 0.5),
    },
  }),
);

function gridFeature(id: number, name: string, shade: number): GridFeature {
  const own = blocks.filter(({ properties }) => properties.grid === id);
  const outline = outlineOf(own.map(({ geometry }) => latticePolygon(geometry.coordinates)));
  return {
    type: 'Feature',
    geometry: { type: 'MultiPolygon', coordinates: geojsonMultiPolygon(outline) },
    properties: {
      id,
      community: COMMUNITY.code,
      kind: 'urban',
      name,
      code: null,
      codeState: null,
      reason: '',
      party: '',
      staff: [],
      clearances: [],
      locked: false,
      households: own.length * HOUSEHOLDS,
      population: own.length * PERSONS,
      buildings: own.length,
      blocks: own.length,
      cells: 0,
      area_m2: own.length * 9_550,
      band: 'above',
      shade,
    },
  };
}

const barriers: BarrierCollection = {
  type: 'FeatureCollection',
  features: [
    {
      type: 'Feature',
      geometry: { type: 'LineString', coordinates: [at(3, -1), at(3, ROWS + 1)] },
      properties: { id: 1, class: 'main-road', name: '人民路' },
    },
  ],
};

export const town: ActiveCommunity = {
  code: COMMUNITY.code,
  revision: 1,
  grids: { type: 'FeatureCollection', features: [gridFeature(LEFT_GRID, '第一网格', 0), gridFeature(RIGHT_GRID, '第二网格', 1)] },
  blocks: { type: 'FeatureCollection', features: blocks, revision: 1, undo: null, redo: null },
  buildings: { type: 'FeatureCollection', features: buildings },
  barriers,
  institutions: { type: 'FeatureCollection', features: [] },
  issues: [],
  undo: null,
  redo: null,
};

export const profile = profileOf('gansu-2023') ?? null;

/** The same town with one grid locked. */
export const withLocked = (grid: number): ActiveCommunity => ({
  ...town,
  grids: {
    ...town.grids,
    features: town.grids.features.map((feature) =>
      feature.properties.id === grid ? { ...feature, properties: { ...feature.properties, locked: true } } : feature,
    ),
  },
});

export interface RecordedHost extends ToolHost {
  readonly committed: Operation[];
  readonly asked: (Operation | null)[];
  preview: Preview | null;
  sketch: Sketch;
  selectedGrid: number | null;
}

/** The screen as a tool sees it, keeping what the tool did. */
export function recordedHost(active: ActiveCommunity = town): RecordedHost {
  const index: CommunityIndex = communityIndex(active);
  const progress = new Map([[COMMUNITY.code, { kind: COMMUNITY.kind }]]) as unknown as Workspace['progress'];
  const host: RecordedHost = {
    committed: [],
    asked: [],
    preview: null,
    sketch: {},
    selectedGrid: null,
    community: () => index,
    workspace: () =>
      ({
        profile,
        progress,
        active,
        selectedGrid: host.selectedGrid,
        selectGrid: (grid: number | null) => {
          host.selectedGrid = grid;
        },
      }) as unknown as Workspace,
    draw: (sketch) => {
      host.sketch = sketch;
    },
    ask: (operation) => void host.asked.push(operation),
    show: (preview) => {
      host.preview = preview;
    },
    refuse: (reason) => {
      host.preview = { sides: [], cutBuildings: [], obstacle: `tools:obstacle.${reason}` };
    },
    commit: (operation) => void host.committed.push(operation),
    leave: () => undefined,
  };
  return host;
}

/** Pixels of one block side in these tests. */
export const BLOCK_PX = 100;

/** The hand over a place given in blocks; time in milliseconds. */
export function hand(column: number, row: number, time = 0, more: Partial<HandPoint> = {}): HandPoint {
  const position = at(column, row);
  return { position, pointer: position, pixel: [column * BLOCK_PX, (ROWS - row) * BLOCK_PX], time, caught: null, shift: false, ...more };
}
