// The division store against a real server and the real engine: what is shown is what is accepted, and a run leaves other tools alone.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { proposeDivision } from '../../../core/division/proposal.ts';
import { createClient } from '../../../web/api/client.ts';
import { createWorkspace, type WorkspaceStore } from '../../../web/state/create-workspace.ts';
import { createDivision, type DivisionStore } from '../../../web/state/division.ts';
import { communityState } from '../../../web/worker/community-state.ts';
import type { AnswerTo, HoldRequest, Question } from '../../../web/worker/messages.ts';
import { createThinker } from '../../../web/worker/thinker.ts';
import { grids as gridIds, town } from '../town.ts';
import { COMMUNITY, LittleServer } from './little-server.ts';

let server: LittleServer;
let workspace: WorkspaceStore;
let division: DivisionStore;
/** Questions that are thought about, and looks at runs, until the test lets their answers arrive; null: they arrive at once. */
let thoughts: (() => void)[] | null;
let looks: (() => void)[] | null;
/** How often a run was looked at. */
let looked: number;

const held = (answers: (() => void)[] | null): Promise<void> =>
  answers === null ? Promise.resolve() : new Promise((arrive) => answers.push(arrive));
const arrived = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 50));

/** The engine, without a thread of its own. */
function engine() {
  let held: Omit<HoldRequest, 'type'>;
  return {
    hold: (community: Omit<HoldRequest, 'type'>) => {
      held = community;
    },
    forget: () => undefined,
    ask: async <Asking extends Question>(question: Asking) => {
      if (question.type !== 'propose') throw new Error(`the store of divisions asks for proposals, not to ${question.type}`);
      return proposeDivision(communityState(held), question.operation, held.profile) as AnswerTo[Asking['type']];
    },
  };
}

const until = (store: WorkspaceStore | DivisionStore, fulfilled: () => boolean): Promise<void> =>
  new Promise((resolve) => {
    if (fulfilled()) return resolve();
    const stop = store.subscribe(() => {
      if (!fulfilled()) return;
      stop();
      resolve();
    });
  });

const proposed = (): Promise<void> => until(division, () => division.getState().layout !== null && division.getState().working === null);
const runDone = (): Promise<void> => until(division, () => division.getState().run?.state === 'done');

beforeEach(async () => {
  server = new LittleServer();
  server.ground = town;
  const client = createClient(await server.listen(), () => 'zh');
  const kept = new Map<string, string>();
  const storage = { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => void kept.set(key, value) };
  workspace = createWorkspace({
    client: { ...client, listen: () => () => undefined },
    storage,
    preferences: storage,
    reload: () => undefined,
  });
  [thoughts, looks, looked] = [null, null, 0];
  const thinker = createThinker(workspace.getState, engine);
  division = createDivision({
    workspace,
    client: {
      ...client,
      divisionStatus: async (plan, id) => {
        looked++;
        const status = await client.divisionStatus(plan, id);
        await held(looks);
        return status;
      },
    },
    thinker: {
      ask: async (question) => {
        const answer = await thinker.ask(question);
        await held(thoughts);
        return answer;
      },
    },
  });
  await workspace.getState().start();
  await workspace.getState().openCommunity(COMMUNITY);
});
afterEach(() => server.close());

test('the tool proposes for the open community and sends nothing; leaving it forgets', async () => {
  workspace.getState().chooseTool('divide');
  await proposed();
  expect(division.getState().proposal).toMatchObject({ community: COMMUNITY, state: 'proposed' });
  workspace.getState().chooseTool('select');
  expect(division.getState()).toMatchObject({ proposal: null, layout: null });
  expect(server.received).toEqual([]);
});

test('accepting twice in a row sends once what was shown, and puts the tool away', async () => {
  division.getState().chooseOptions({ streets: 0.5 });
  workspace.getState().chooseTool('divide');
  await proposed();
  await Promise.all([division.getState().accept(), division.getState().accept()]);
  expect(server.received.map(({ operation }) => operation)).toEqual([
    { type: 'divide', options: { ...division.getState().options, streets: 0.5, parts: null } },
  ]);
  expect(workspace.getState().tool).toBe('select');
});

test('while options have changed and nothing new is shown, nothing can be accepted', async () => {
  workspace.getState().chooseTool('divide');
  await proposed();
  division.getState().chooseOptions({ streets: 0 });
  await division.getState().accept();
  expect(server.received).toEqual([]);
  await proposed();
  await division.getState().accept();
  expect(server.received[0]?.operation).toMatchObject({ options: { streets: 0 } });
});

test('an answer to older options is neither shown nor accepted', async () => {
  workspace.getState().chooseTool('divide');
  await proposed();
  thoughts = [];
  division.getState().chooseOptions({ streets: 0.2 });
  await expect.poll(() => thoughts).toHaveLength(1);
  division.getState().chooseOptions({ streets: 0 });
  const shown = division.getState().layout;
  thoughts[0]?.();
  await arrived();
  expect(division.getState()).toMatchObject({ layout: shown, working: 'proposing' });
  await division.getState().accept();
  expect(server.received).toEqual([]);
  await expect.poll(() => thoughts).toHaveLength(2);
  thoughts[1]?.();
  await proposed();
  await division.getState().accept();
  expect(server.received[0]?.operation).toMatchObject({ options: { streets: 0 } });
});

test('looking for another layout ends when options are chosen, and does not take them back', async () => {
  workspace.getState().chooseTool('divide');
  await proposed();
  thoughts = [];
  division.getState().another();
  await expect.poll(() => thoughts).toHaveLength(1);
  division.getState().chooseOptions({ streets: 0 });
  for (const arrive of thoughts) arrive();
  thoughts = null;
  await proposed();
  expect(division.getState().options).toMatchObject({ streets: 0, seed: 1 });
  expect(workspace.getState().notice).toBeNull();
});

test('what was thought about the community does not take the place of what the server proposes', async () => {
  thoughts = [];
  workspace.getState().chooseTool('divide');
  await expect.poll(() => thoughts).toHaveLength(1);
  division.getState().chooseOptions({ streets: 0 });
  division.getState().chooseScope('plan');
  await runDone();
  await proposed();
  const { layout } = division.getState();
  thoughts[0]?.();
  await arrived();
  expect(thoughts).toHaveLength(1);
  expect(division.getState()).toMatchObject({ layout, working: null });
});

test('of chosen grids only those are divided, into as many as asked', async () => {
  workspace.getState().chooseTool('divide');
  await proposed();
  division.getState().chooseScope('grids');
  await until(division, () => division.getState().obstacle === 'tools:divide.chooseGrids');
  division.getState().toggleGrid(gridIds.left);
  division.getState().chooseOptions({ parts: 3 });
  await proposed();
  expect(division.getState().proposal?.after.grids).toBe(town.grids.features.length + 2);
  await division.getState().accept();
  expect(server.received[0]?.operation).toMatchObject({ type: 'divide', grids: [gridIds.left], options: { parts: 3 } });
});

test('a run is followed to its end and shown for the open community', async () => {
  workspace.getState().chooseTool('divide');
  division.getState().chooseScope('plan');
  await runDone();
  await proposed();
  expect(division.getState()).toMatchObject({ layout: { community: COMMUNITY }, run: { done: 1, total: 1 } });
});

test('a run that ends while another tool is in hand lays nothing over the map, and is there when the tool returns', async () => {
  workspace.getState().chooseTool('divide');
  division.getState().chooseScope('plan');
  await until(division, () => division.getState().run !== null);
  workspace.getState().chooseTool('select');
  await runDone();
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(division.getState()).toMatchObject({ proposal: null, layout: null });
  workspace.getState().chooseTool('divide');
  division.getState().chooseScope('plan');
  await proposed();
  expect(division.getState().layout?.community).toBe(COMMUNITY);
});

test('a run that is cancelled keeps what it has', async () => {
  server.divided = [COMMUNITY, ...Array.from({ length: 20 }, (_, i) => `6207241000${i + 10}`)];
  workspace.getState().chooseTool('divide');
  division.getState().chooseScope('plan');
  await until(division, () => (division.getState().run?.done ?? 0) > 0);
  await division.getState().cancelRun();
  expect(division.getState().run).toMatchObject({ state: 'cancelled', communities: [{ community: COMMUNITY }] });
});

test('many are accepted a few at a time, and a server that goes away ends it with what was accepted', async () => {
  server.divided = [COMMUNITY];
  workspace.getState().chooseTool('divide');
  division.getState().chooseScope('plan');
  await runDone();
  const many = Array.from({ length: 10 }, (_, i) => `6207241000${i + 10}`);
  server.acceptsUntil = 2;
  await division.getState().acceptRun(many);
  expect(server.accepted).toEqual([many.slice(0, 4), many.slice(4, 8)]);
  expect(division.getState()).toMatchObject({ working: null, accepted: null });
  expect(workspace.getState().online).toBe(false);
});

test('after a break the list of a server that was started again is put away, one that it still knows is kept', async () => {
  workspace.getState().chooseTool('divide');
  division.getState().chooseScope('plan');
  await runDone();
  const back = async (): Promise<void> => {
    workspace.setState({ online: false });
    workspace.setState({ online: true });
    await new Promise((resolve) => setTimeout(resolve, 50));
  };
  await back();
  expect(division.getState().run).toMatchObject({ state: 'done' });
  server.run = null;
  await back();
  expect(division.getState()).toMatchObject({ run: null, layout: null });
  expect(workspace.getState().problem?.code).toBe('unknown-division');
});

test('a late answer about an earlier run does not take the place of the one that was started after it', async () => {
  server.divided = [COMMUNITY, '620724100010'];
  looks = [];
  workspace.getState().chooseTool('divide');
  division.getState().chooseScope('plan');
  await expect.poll(() => looks).toHaveLength(1);
  const late = looks;
  looks = null;
  const later = division.getState().startRun();
  await until(division, () => division.getState().run?.id === 'r2');
  late[0]?.();
  await later;
  expect(division.getState().run).toMatchObject({ id: 'r2', state: 'done' });
});

test('a run that is recalled several times is followed once', async () => {
  server.divided = Array.from({ length: 50 }, (_, i) => `6207241000${i + 10}`);
  workspace.getState().chooseTool('divide');
  division.getState().chooseScope('plan');
  await until(division, () => division.getState().run !== null);
  for (let i = 0; i < 3; i++) {
    workspace.setState({ online: false });
    workspace.setState({ online: true });
    await arrived();
  }
  looked = 0;
  await new Promise((resolve) => setTimeout(resolve, 900));
  expect(looked).toBeLessThanOrEqual(3);
  await division.getState().cancelRun();
});

test('a run that ends leaves alone what is proposed for the open community meanwhile', async () => {
  workspace.getState().chooseTool('divide');
  division.getState().chooseScope('plan');
  await until(division, () => division.getState().run !== null);
  division.getState().chooseScope('community');
  await proposed();
  const { layout, proposal } = division.getState();
  await runDone();
  await arrived();
  expect(division.getState()).toMatchObject({ layout, proposal });
});
