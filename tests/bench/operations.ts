// How long a saved operation takes over HTTP, demo county loaded: cut, assign, merge and undo in its communities with most blocks.
import type { GridFeature, OperationAnswer, Problem } from '../../core/api/messages.ts';
import { borderEdges } from '../../core/plan/adjacency.ts';
import type { Operation } from '../../core/plan/operation.ts';
import type { CommunityState } from '../../core/plan/state.ts';
import { type Random, randomOf } from '../../fixtures/random.ts';
import { communityState } from '../../web/worker/community-state.ts';
import type { PlanClient } from '../server/client.ts';
import { type Demo, onEveryEngine, type Times } from './engines.ts';
import type { Figures } from './figures.ts';
import { boxOfGrid, widened } from './grid-box.ts';

const SEED = 1;
const COMMUNITIES = 20;
/** Rounds in each; a cut that is undone leaves its finer blocks, so every round finds a few more. */
const ROUNDS = 5;
const LINES_TRIED = 20;

export const benchOperations = (): Promise<Figures> => onEveryEngine(plan);

async function plan({ client, plan: { communities } }: Demo): Promise<Times> {
  const random = randomOf(SEED);
  const times: Times = { cut: [], assign: [], merge: [], undo: [] };
  const largest = [...communities].sort((a, b) => b.blocks - a.blocks).slice(0, COMMUNITIES);
  for (const { code } of largest) {
    const session = new Session(client, code, times);
    await session.drawAll();
    for (let round = 0; round < ROUNDS; round++) await session.round(random);
  }
  return times;
}

/** One planner in one community. */
class Session {
  readonly #client: PlanClient;
  readonly #community: string;
  readonly #times: Times;
  #revision = 0;

  constructor(client: PlanClient, community: string, times: Times) {
    this.#client = client;
    this.#community = community;
    this.#times = times;
  }

  /** What is not drawn yet becomes one grid; not measured. */
  async drawAll(): Promise<void> {
    const { features, revision } = await this.#client.blocks(this.#community);
    this.#revision = revision;
    const undrawn = features.filter(({ properties }) => properties.grid === null).map(({ properties }) => properties.id);
    if (undrawn.length > 0) await this.#operate({ type: 'assign', blocks: undrawn, to: 'new' });
  }

  /** Splits a grid, gives a block across a border, merges two grids, and takes all of it back. */
  async round(random: Random): Promise<void> {
    await this.#cutSomewhere(random.pick((await this.#client.grids(this.#community)).features), random);
    const { block, to } = random.pick(blocksOnBorders(await this.#state()));
    const { grids } = await this.#measured({ type: 'assign', blocks: [block], to });
    const other = grids.find(({ properties }) => properties.id !== to);
    if (other) await this.#measured({ type: 'merge', grids: [other.properties.id], into: to });
    for (let i = 0; i < (other ? 3 : 2); i++) await this.#measured({ type: 'undo' });
  }

  /** A line at random may miss or only nick the grid: that is refused, and not measured. */
  async #cutSomewhere(grid: GridFeature, random: Random): Promise<void> {
    for (let tried = 0; tried < LINES_TRIED; tried++) {
      const begun = performance.now();
      const answer = await this.#operate({ type: 'cut', line: lineThrough(grid, random), grid: grid.properties.id });
      if (answer === null) continue;
      this.#times.cut?.push(performance.now() - begun);
      return;
    }
    throw new Error(`no line splits grid ${grid.properties.id}`);
  }

  async #measured(operation: Operation): Promise<OperationAnswer> {
    const begun = performance.now();
    const answer = await this.#operate(operation);
    if (answer === null) throw new Error(`${operation.type} was refused`);
    this.#times[operation.type]?.push(performance.now() - begun);
    return answer;
  }

  async #operate(operation: Operation): Promise<OperationAnswer | null> {
    const { status, body } = await this.#client.operate(this.#community, this.#revision, operation);
    if (status === 422) return null;
    if (status !== 200) throw new Error(`${JSON.stringify(operation)}: ${(body as Problem).detail}`);
    this.#revision = body.revision;
    return body;
  }

  async #state(): Promise<CommunityState> {
    const [blocks, grids] = await Promise.all([this.#client.blocks(this.#community), this.#client.grids(this.#community)]);
    const community = { code: this.#community, name: '', kind: 'urban' as const };
    return communityState({ community, blocks, grids, buildings: NOTHING, barriers: NOTHING, institutions: NOTHING });
  }
}

const NOTHING = { type: 'FeatureCollection' as const, features: [] };

/** From beyond one border of the grid to beyond the other, across or up. */
function lineThrough(grid: GridFeature, random: Random): [number, number][] {
  const { west, south, east, north } = widened(boxOfGrid(grid));
  const [x, y] = [() => random.between(west, east), () => random.between(south, north)];
  return random.chance(0.5)
    ? [
        [west, y()],
        [east, y()],
      ]
    : [
        [x(), south],
        [x(), north],
      ];
}

/** Blocks with a neighbour in another grid, and that grid. */
function blocksOnBorders({ blocks, gridOf }: CommunityState): { block: number; to: number }[] {
  return borderEdges(blocks.values()).flatMap(({ left, right }) => {
    const [from, to] = [right === null ? undefined : gridOf.get(right), gridOf.get(left)];
    return right !== null && to !== undefined && from !== to ? [{ block: right, to }] : [];
  });
}
