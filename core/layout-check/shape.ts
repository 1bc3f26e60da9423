// barrier, border, compact: the checks of a plan, asked about the grids of a layout. Only where barriers are known.
import Flatbush from 'flatbush';
import type { Scheme } from '../codes/scheme.ts';
import { DEFAULT_SCHEME, schemeOf } from '../codes/schemes.ts';
import { boxOf, boxOfLine } from '../coverage/box.ts';
import { communityKind } from '../geo/region.ts';
import type { Barrier, Block, CommunityState, Grid } from '../plan/state.ts';
import { barrier } from '../rules/barrier.ts';
import { border } from '../rules/border.ts';
import { compact } from '../rules/compact.ts';
import type { CheckContext, Issue } from '../rules/rule.ts';
import type { CheckedCommunity, LayoutContext } from './context.ts';
import type { LayoutFinding } from './issue.ts';
import type { CheckedGrid } from './read-layout.ts';
import type { Sentence } from './texts.ts';

const SHAPE_CHECKS = ['barrier', 'border', 'compact'] as const;
const CHECKS = { barrier, border, compact };

export function shapeFindings(context: LayoutContext): LayoutFinding[] {
  const { communities, barriers, grids } = context;
  if (barriers.length === 0) return [];
  const barriersNear = barrierFinder(barriers);
  return communities.flatMap((community, i): LayoutFinding[] => {
    const asked = checkContext(context, stateOf(context, i, barriersNear(community)));
    return SHAPE_CHECKS.flatMap((check) =>
      CHECKS[check].run(asked).map((issue) => findingOf(issue, check, community, issue.grid === null ? undefined : grids[issue.grid])),
    );
  });
}

/** The sentences of these checks have the names that the plan's issues have. */
function findingOf(issue: Issue, check: (typeof SHAPE_CHECKS)[number], community: CheckedCommunity, about?: CheckedGrid): LayoutFinding {
  const { measured, limit, place, places, values } = issue;
  return {
    check,
    sentence: issue.message as Sentence,
    ...(about && { about }),
    community: community.code,
    values: { ...values, community: community.name },
    ...(measured !== null && { measured }),
    ...(limit !== null && { limit }),
    place,
    ...(places && { places }),
    severity: issue.excused ? 'note' : issue.severity,
  };
}

/** Barriers whose boxes meet that of a community. */
function barrierFinder(barriers: LayoutContext['barriers']): (community: CheckedCommunity) => Barrier[] {
  const index = new Flatbush(barriers.length);
  for (const { line } of barriers) {
    const { minX, minY, maxX, maxY } = boxOfLine(line);
    index.add(minX, minY, maxX, maxY);
  }
  index.finish();
  return ({ area }) => {
    const near = area.map(boxOf).flatMap(({ minX, minY, maxX, maxY }) => index.search(minX, minY, maxX, maxY));
    return [...new Set(near)].sort((a, b) => a - b).map((id) => ({ ...(barriers[id] as Barrier), id }));
  };
}

/** The community as a plan would hold it: every polygon of a grid is one block, every grid has its position for an id. */
function stateOf({ communities, dividing, grids }: LayoutContext, position: number, barriers: readonly Barrier[]): CommunityState {
  const { code, name } = communities[position] as CheckedCommunity;
  const kind = communityKind(code);
  const blocks = new Map<number, Block>();
  const gridOf = new Map<number, number>();
  const held = new Map<number, Grid>();
  for (const id of dividing[position] ?? []) {
    const grid = grids[id] as CheckedGrid;
    // Locked: nobody asks for a mend of a file.
    const state = { party: '', staff: [], locked: true, area: null, reason: grid.reason };
    held.set(id, { id, community: code, kind: grid.kind ?? kind, name: grid.name || grid.code, ...state });
    for (const polygon of grid.polygons) {
      gridOf.set(blocks.size, id);
      blocks.set(blocks.size, { id: blocks.size, community: code, polygon, households: 0, population: 0, buildings: 0 });
    }
  }
  return {
    community: { code, name, kind },
    blocks,
    neighbours: [],
    buildings: new Map(),
    barriers,
    institutions: [],
    grids: held,
    gridOf,
    cellOf: new Map(),
  };
}

/** What these checks do not look at is left empty. */
function checkContext({ profile, scheme }: LayoutContext, state: CommunityState): CheckContext {
  return {
    state,
    profile,
    townNames: new Map(),
    register: { households: 0, population: 0, buildings: 0 },
    scheme: scheme ?? (schemeOf(DEFAULT_SCHEME) as Scheme),
    codes: new Map(),
    planCoded: false,
    communityEnded: false,
    departmentGrids: [],
  };
}
