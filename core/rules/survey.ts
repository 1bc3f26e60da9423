// What several checks need to know about a community, found out once per state: its borders, and the connected patches of each grid.
import { toDegrees } from '../coverage/lattice.ts';
import { type BorderEdge, borderEdges, connectedGroups } from '../plan/adjacency.ts';
import type { Block, CommunityState } from '../plan/state.ts';

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

export interface Survey {
  /** Borders between different grids, or between a grid and what is not drawn yet. */
  readonly gridBorders: readonly (BorderEdge & { readonly right: number })[];
  readonly patches: readonly Patch[];
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

function sharedEdges(blocks: CommunityState['blocks']): BorderEdge[] {
  const known = edgesOfBlocks.get(blocks);
  if (known) return known;
  const edges = borderEdges(blocks.values()).filter(({ right }) => right !== null);
  edgesOfBlocks.set(blocks, edges);
  return edges;
}

function takeSurvey(state: CommunityState): Survey {
  const { blocks } = state;
  const gridOf = (block: number): number | null => state.gridOf.get(block) ?? null;
  const edges = sharedEdges(blocks);
  const inner: BorderEdge[] = [];
  const gridBorders: (BorderEdge & { right: number })[] = [];
  for (const edge of edges) {
    if (gridOf(edge.left) === gridOf(edge.right as number)) inner.push(edge);
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
  return { gridBorders, patches };
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
