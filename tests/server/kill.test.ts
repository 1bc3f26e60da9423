// Never lost: the server is killed in the middle of a stream of operations, again and again; what it had acknowledged is there.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { OperationRecord } from '../../core/api/messages.ts';
import { coverageFaults } from '../../core/coverage/invariants.ts';
import { latticePolygon } from '../../core/coverage/lattice.ts';
import type { Operation } from '../../core/plan/operation.ts';
import { openDatabase } from '../../server/database/open.ts';
import { call, idsOf, PlanClient } from './client.ts';
import { COMMUNITIES, freshPlace, ownerOf, type Place, seedCounty, seedPlan } from './harness.ts';

const KILLS = 20;
/** The kill falls somewhere into this time after the first acknowledged operation. */
const STREAM_MILLISECONDS = 400;
const TIMEOUT_MILLISECONDS = 15 * 60_000;
const COMMAND = fileURLToPath(new URL('../../bin/onegrid.js', import.meta.url));

interface Acknowledged {
  readonly id: number;
  readonly community: string;
  readonly revision: number;
  readonly type: Operation['type'];
}

let place: Place;
let plan: number;
beforeAll(async () => {
  place = await freshPlace();
  const database = await openDatabase(place.settings);
  await seedCounty(database);
  plan = await seedPlan(database);
  await database.close();
});
afterAll(() => place?.remove());

async function serve(): Promise<{ process: ChildProcess; client: PlanClient }> {
  const child = spawn(process.execPath, [COMMAND, 'serve'], { env: { ...process.env, ...place.variables, PORT: '0' }, stdio: 'pipe' });
  let complaints = '';
  child.stderr.on('data', (text) => {
    complaints += text;
  });
  const ended = once(child, 'exit').then(() => Promise.reject(new Error(`the server did not start: ${complaints}`)));
  const [line] = (await Promise.race([once(createInterface({ input: child.stdout }), 'line'), ended])) as [string];
  ended.catch(() => undefined);
  return { process: child, client: new PlanClient((JSON.parse(line) as { address: string }).address, plan) };
}

/** What a planner might do next: draws, cuts from border to border at ever new places, takes back, does again. */
function nextOperation(step: number, blocks: readonly number[]): Operation {
  const place = 99.8 + ((step * 0.61803) % 1) * 0.005;
  const longitude = Math.round(place * 1e7) / 1e7;
  const choices: Operation[] = [
    { type: 'assign', blocks: blocks.slice(0, 1 + (step % blocks.length)), to: 'new' },
    {
      type: 'cut',
      line: [
        [longitude, 39.399],
        [longitude, 39.404],
      ],
    },
    { type: 'undo' },
    { type: 'redo' },
    { type: 'assign', blocks: blocks.slice(-2), to: null },
  ];
  return choices[step % choices.length] as Operation;
}

/** Edits one community until the server is gone. */
async function edit(client: PlanClient, community: string, seed: number, acknowledge: (operation: Acknowledged) => void): Promise<void> {
  try {
    for (let step = seed; ; step += 1) {
      const state = await client.blocks(community);
      const operation = nextOperation(step, idsOf(state.features));
      const { status, body } = await client.operate(community, state.revision, operation);
      if (status === 200) acknowledge({ id: body.operation, community, revision: body.revision, type: operation.type });
      else expect([409, 422], body.detail).toContain(status);
    }
  } catch (error) {
    // fetch failed: the server was killed, which is what this is about.
    if (!(error instanceof TypeError)) throw error;
  }
}

async function history(client: PlanClient, community: string): Promise<OperationRecord[]> {
  const records: OperationRecord[] = [];
  for (;;) {
    const before = records.length > 0 ? `&before=${records.at(-1)?.id}` : '';
    const path = `/api/plans/${plan}/operations?community=${community}&limit=1000${before}`;
    const { body } = await call<OperationRecord[]>(client.address, path);
    if (body.length === 0) return records;
    records.push(...body);
  }
}

async function expectAllThere(client: PlanClient, acknowledged: readonly Acknowledged[]): Promise<void> {
  const blocks: { id: number; polygon: ReturnType<typeof latticePolygon> }[] = [];
  for (const community of COMMUNITIES) {
    const records = await history(client, community);
    const stored = new Map(records.map((record) => [record.id, record]));
    for (const { id, revision, type } of acknowledged.filter((operation) => operation.community === community)) {
      expect(stored.get(id), `operation ${id} was acknowledged and is gone`).toMatchObject({ revision, operation: { type } });
    }
    expect(records.map(({ revision }) => revision)).toEqual(records.map((_, i) => records.length - i));
    const state = await client.blocks(community);
    expect(state.revision).toBe(records.length);
    for (const { properties, geometry } of state.features) {
      blocks.push({ id: properties.id, polygon: latticePolygon(geometry.coordinates as [number, number][][]) });
    }
  }
  expect(coverageFaults(blocks)).toEqual([]);
}

test(`every acknowledged operation survives ${KILLS} kills`, { timeout: TIMEOUT_MILLISECONDS }, async () => {
  const acknowledged: Acknowledged[] = [];
  for (let round = 0; round < KILLS; round += 1) {
    const { process: server, client } = await serve();
    await expectAllThere(client, acknowledged);
    const before = acknowledged.length;
    let first: () => void = () => {};
    const begun = new Promise<void>((resolve) => {
      first = resolve;
    });
    const editors = COMMUNITIES.map((community, i) =>
      edit(client, community, round * 7 + i, (operation) => {
        acknowledged.push(operation);
        first();
      }),
    );
    await begun;
    await new Promise((resolve) => setTimeout(resolve, (STREAM_MILLISECONDS * ((round * 7) % KILLS)) / KILLS));
    server.kill('SIGKILL');
    await Promise.all([once(server, 'exit'), ...editors]);
    expect(acknowledged.length).toBeGreaterThan(before);
  }
  const { process: server, client } = await serve();
  await expectAllThere(client, acknowledged);
  server.kill('SIGTERM');
  const [code] = await once(server, 'exit');
  expect(code).toBe(0);
  await expectInvariants();
});

/** What the database itself asks at each commit, asked once more of everything. */
async function expectInvariants(): Promise<void> {
  const database = await openDatabase(place.settings);
  try {
    await ownerOf(database).query(
      `select check_community_tiling(code), check_community_counts(code) from region where level = 'community'`,
    );
    await ownerOf(database).query('select check_plan_community(plan, community) from plan_community');
    const { rows } = await ownerOf(database).query('select from pending_check');
    expect(rows).toEqual([]);
  } finally {
    await database.close();
  }
}
