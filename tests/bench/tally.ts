// How long counting takes: the worker's foresight while a line is dragged, and all grids of the county in the core and by PostGIS.
import type { BuildingCollection, PlanSummary } from '../../core/api/messages.ts';
import { boxOf } from '../../core/coverage/box.ts';
import { toDegrees } from '../../core/coverage/lattice.ts';
import type { Operation } from '../../core/plan/operation.ts';
import type { CommunityState } from '../../core/plan/state.ts';
import { tallyGrid } from '../../core/plan/tally.ts';
import { profileOf } from '../../core/rules/profiles.ts';
import { type Random, randomOf } from '../../fixtures/random.ts';
import { loadDemo } from '../../server/demo/load-demo.ts';
import { communityState } from '../../web/worker/community-state.ts';
import { foresee, holdCommunity } from '../../web/worker/foresee.ts';
import { call, PlanClient } from '../server/client.ts';
import { ownerOf, startTestServer, type TestServer } from '../server/harness.ts';
import { type Figures, repeat, rounded, spreadOf } from './figures.ts';
import { largeCommunity } from './large-community.ts';

const SEED = 1;
const LINES = 40;
/** Places of the pointer along a line. */
const MOVES = 25;
/** How far beyond a grid its lines reach, of its width. */
const MARGIN = 0.02;
const COUNTS = 20;

export async function benchTally(): Promise<Figures> {
  const server = await startTestServer();
  try {
    await loadDemo(server.context);
    const plans = await call<PlanSummary[]>(server.address, '/api/plans');
    const states = await drawnCommunities(new PlanClient(server.address, plans.body[0]?.id as number));
    const most = (size: (state: CommunityState) => number): CommunityState => states.reduce((a, b) => (size(b) > size(a) ? b : a));
    return {
      'line dragged, demo community with most blocks': dragLines(most(({ blocks }) => blocks.size)),
      'line dragged, demo community with most grids': dragLines(most(({ grids }) => grids.size)),
      'line dragged, community of 500 blocks': dragLines(largeCommunity()),
      ...(await countAllGrids(server, states)),
    };
  } finally {
    await server.close();
  }
}

async function drawnCommunities(client: PlanClient): Promise<CommunityState[]> {
  const { communities } = await client.detail();
  const states: CommunityState[] = [];
  for (const community of communities.filter(({ grids }) => grids > 0)) {
    const buildings = await call<BuildingCollection>(client.address, `/api/plans/${client.plan}/buildings?community=${community.code}`);
    const [blocks, grids] = [await client.blocks(community.code), await client.grids(community.code)];
    states.push(communityState({ community, blocks, grids, buildings: buildings.body, barriers: NOTHING, institutions: NOTHING }));
  }
  return states;
}

const NOTHING = { type: 'FeatureCollection' as const, features: [] };

/** One answer of the worker per move of the pointer, as the split tool asks for it. */
function dragLines(state: CommunityState): Record<string, number> {
  const profile = profileOf('gansu-2023');
  if (profile === undefined) throw new Error('the profile is missing');
  const held = holdCommunity(state, profile);
  const random = randomOf(SEED);
  const questions = Array.from({ length: LINES }, () => draggedLine(state, random)).flat();
  const splitting = questions.filter((question) => foresee(held, question).obstacle === null).length;
  const times = repeat(questions.length, 0, (i) => foresee(held, questions[i] as Operation));
  const size = { blocks: state.blocks.size, grids: state.grids.size, buildings: state.buildings.size };
  return { ...size, moves: questions.length, splitting, ...spreadOf(times) };
}

/** The cuts of a grid that a line means which begins in the west of it and whose end is drawn along its east. */
function draggedLine(state: CommunityState, random: Random): Operation[] {
  const grid = random.pick([...state.grids.keys()]);
  const boxes = [...state.blocks.values()].filter(({ id }) => state.gridOf.get(id) === grid).map(({ polygon }) => boxOf(polygon));
  const west = Math.min(...boxes.map(({ minX }) => minX));
  const east = Math.max(...boxes.map(({ maxX }) => maxX));
  const [south, north] = [Math.min(...boxes.map(({ minY }) => minY)), Math.max(...boxes.map(({ maxY }) => maxY))];
  const margin = (east - west) * MARGIN;
  const from = [west - margin, random.between(south, north)] as const;
  return Array.from({ length: MOVES }, (_, i) => {
    const held = [east + margin, south + ((north - south) * i) / MOVES] as const;
    return { type: 'cut', grid, line: [from, held].map(([x, y]) => [toDegrees(x), toDegrees(y)] as [number, number]) };
  });
}

/** Households of every grid: from the assignment of blocks, and from points in outlines. */
async function countAllGrids({ database }: TestServer, states: readonly CommunityState[]): Promise<Figures> {
  let inCore = 0;
  const core = spreadOf(
    repeat(COUNTS, COUNTS, () => {
      inCore = 0;
      for (const state of states) for (const grid of state.grids.keys()) inCore += tallyGrid(state, grid).households;
    }),
  );
  const times: number[] = [];
  let inPostgis = 0;
  for (let i = 0; i < COUNTS; i++) {
    const begun = performance.now();
    const { rows } = await ownerOf(database).query<{ households: number }>(
      `select grid.id, sum(building.households)::integer as households
       from grid join building on ST_Contains(grid.outline, building.point) where grid.living group by grid.id`,
    );
    times.push(performance.now() - begun);
    inPostgis = rows.reduce((sum, { households }) => sum + households, 0);
  }
  const postgis = spreadOf(times);
  const buildings = states.reduce((sum, state) => sum + state.buildings.size, 0);
  const grids = states.reduce((sum, state) => sum + state.grids.size, 0);
  return {
    'all grids, core by assignment': { grids, buildings, households: inCore, ...core },
    [`all grids, ST_Contains on the ${database.engine} engine`]: {
      grids,
      buildings,
      households: inPostgis,
      ...postgis,
      timesTheCore: rounded(postgis.p50Ms / core.p50Ms, 0),
    },
  };
}
