// What several checks need to know about a community, found out once per state: its borders, and the connected patches of each grid.
import { toDegrees } from '../coverage/lattice.ts';
import { type BorderEdge, borderEdges, connectedGroups } from '../plan/adjacency.ts';
import type { Block, CommunityState, Grid } from '../plan/state.ts';

/** Connected blocks of one grid, or of none. */
export interface Patch {
  readonly grid: number | null;
  readonly blocks: readonly Block[];
  readonly households: number;
  /** Part of the community it lies in: a community with exclaves has several. */
  readonly part: number;
  /** Other grids that share a border with it, longest border first. */
  readonly neighbours: readonly number[];
}

/** What a grid holds. */
export interface Holding {
  readonly grid: Grid;
  readonly blocks: readonly Block[];
  readonly households: number;
  readonly population: number;
  readonly wholeCommunity: boolean;
  /** Other grids that share a border with it. */
  readonly neighbours: ReadonlySet<number>;
}

export interface Survey {
  /** Every border of a block, once; `right` is null on the outer border of the community. */
  readonly edges: readonly BorderEdge[];
  /** Borders between two blocks of one grid, by grid; null: of what is not drawn yet. */
  readonly innerEdges: ReadonlyMap<number | null, readonly BorderEdge[]>;
  /** Borders between different grids, or between a grid and what is not drawn yet. */
  readonly gridBorders: readonly (BorderEdge & { readonly right: number })[];
  readonly patches: readonly Patch[];
  /** Grids that hold blocks, by their id. */
  readonly holdings: ReadonlyMap<number, Holding>;
}

const edgesOfBlocks = new WeakMap<CommunityState['blocks'], BorderEdge[]>();
const surveys = new WeakMap<CommunityState, Survey>();

/** The survey of a state; the same answer as long as it is asked about the same state. */
export function surveyOf(state: CommunityState): Survey {
  const known = surveys.get(state);
  if (known) return known;
  const survey = takeSurvey(state);
  surveys.set(state, survey);
  return survey;
}

/** Patches of a grid; null: of what is not drawn yet. */
export function patchesOf(state: CommunityState, grid: number | null): Patch[] {
  return surveyOf(state).patches.filter((patch) => patch.grid === grid);
}

function edgesOf(blocks: CommunityState['blocks']): BorderEdge[] {
  const known = edgesOfBlocks.get(blocks);
  if (known) return known;
  const edges = borderEdges(blocks.values());
  edgesOfBlocks.set(blocks, edges);
  return edges;
}

function takeSurvey(state: CommunityState): Survey {
  const { blocks } = state;
  const gridOf = (block: number): number | null => state.gridOf.get(block) ?? null;
  const edges = edgesOf(blocks);
  const inner: BorderEdge[] = [];
  const gridBorders: (BorderEdge & { right: number })[] = [];
  for (const edge of edges) {
    if (edge.right === null) continue;
    if (gridOf(edge.left) === gridOf(edge.right)) inner.push(edge);
    else gridBorders.push(edge as BorderEdge & { right: number });
  }
  const groups = connectedGroups(blocks.keys(), inner);
  const groupOf = indexOfGroup(groups);
  const partOf = indexOfGroup(connectedGroups(blocks.keys(), edges));
  const lengths = groups.map(() => new Map<number, number>());
  for (const edge of gridBorders) {
    const length = borderLength(edge);
    for (const [here, there] of [
      [edge.left, edge.right],
      [edge.right, edge.left],
    ] as const) {
      const neighbour = gridOf(there);
      const known = lengths[groupOf.get(here) as number];
      if (neighbour !== null && known) known.set(neighbour, (known.get(neighbour) ?? 0) + length);
    }
  }
  const patches = groups.map((ids, index): Patch => {
    const own = ids.map((id) => blocks.get(id) as Block);
    return {
      grid: gridOf(ids[0] as number),
      blocks: own,
      households: own.reduce((sum, block) => sum + block.households, 0),
      part: partOf.get(ids[0] as number) as number,
      neighbours: [...(lengths[index] ?? [])].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([grid]) => grid),
    };
  });
  return { edges, innerEdges: byGrid(inner, gridOf), gridBorders, patches, holdings: holdingsOf(state, patches) };
}

function byGrid(inner: readonly BorderEdge[], gridOf: (block: number) => number | null): Map<number | null, BorderEdge[]> {
  const edges = new Map<number | null, BorderEdge[]>();
  for (const edge of inner) {
    const grid = gridOf(edge.left);
    const known = edges.get(grid);
    if (known) known.push(edge);
    else edges.set(grid, [edge]);
  }
  return edges;
}

function holdingsOf(state: CommunityState, patches: readonly Patch[]): Map<number, Holding> {
  const held = new Map<number, { blocks: Block[]; neighbours: Set<number> }>();
  for (const patch of patches) {
    if (patch.grid === null) continue;
    const known = held.get(patch.grid) ?? { blocks: [], neighbours: new Set() };
    for (const block of patch.blocks) known.blocks.push(block);
    for (const neighbour of patch.neighbours) known.neighbours.add(neighbour);
    held.set(patch.grid, known);
  }
  return new Map(
    [...held].flatMap(([id, { blocks, neighbours }]): [number, Holding][] => {
      const grid = state.grids.get(id);
      if (!grid) return [];
      const households = blocks.reduce((sum, block) => sum + block.households, 0);
      const population = blocks.reduce((sum, block) => sum + block.population, 0);
      return [[id, { grid, blocks, neighbours, households, population, wholeCommunity: blocks.length === state.blocks.size }]];
    }),
  );
}

function indexOfGroup(groups: readonly (readonly number[])[]): Map<number, number> {
  const index = new Map<number, number>();
  groups.forEach((group, i) => {
    for (const block of group) index.set(block, i);
  });
  return index;
}

/** In lattice steps of latitude: good enough to say which of two borders of one community is longer. */
function borderLength({ ax, ay, bx, by }: BorderEdge): number {
  return Math.hypot((bx - ax) * Math.cos((toDegrees(ay) * Math.PI) / 180), by - ay);
}
