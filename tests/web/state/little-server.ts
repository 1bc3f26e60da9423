// A small real HTTP server that keeps one community: enough of the API for the store, with failures that a test can order.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Express, type Response } from 'express';
import type { Permission } from '../../../core/accounts/roles.ts';
import type {
  CommunityProgress,
  CommunityProposal,
  DivisionStatus,
  GridFeature,
  OperationAnswer,
  OperationRecord,
  Session,
  SessionAccount,
} from '../../../core/api/messages.ts';
import type { OperationRequest } from '../../../core/plan/operation.ts';
import { shippedProfiles } from '../../../core/rules/profiles.ts';
import type { ActiveCommunity } from '../../../web/state/workspace.ts';

export const COMMUNITY = '620724100001';

/** What happens to the next operations, one word each; then all goes well. */
type Fate = 'lose-answer' | 'no-server' | 'refuse';

export class LittleServer {
  readonly received: OperationRequest[] = [];
  readonly done: OperationRecord[] = [];
  fates: Fate[] = [];
  /** Operations that are being worked on right now, and the most at once so far. */
  atOnce = 0;
  mostAtOnce = 0;
  revision = 0;
  names = new Map([
    [1, '第一网格'],
    [2, '第二网格'],
  ]);
  /** What the community holds; null: nothing but the named grids. */
  ground: ActiveCommunity | null = null;
  /** A run takes up the next of these at every look. */
  divided: string[] = [COMMUNITY];
  run: DivisionStatus | null = null;
  #runs = 0;
  /** Communities as they were accepted, request by request. */
  readonly accepted: string[][] = [];
  /** From this request on there is no server. */
  acceptsUntil = Number.POSITIVE_INFINITY;
  /** Login of whoever is signed in; null: the session has ended. */
  person: string | null = 'zhang';
  permissions: Permission[] = ['read', 'edit-plan'];
  readonly #server: Server;

  constructor() {
    this.#server = createServer(this.#app());
  }

  async listen(port = 0): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(port, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** Somebody else names a grid. */
  rename(grid: number, name: string): OperationAnswer {
    return this.#perform({ community: COMMUNITY, base: this.revision, operation: { type: 'describe', grid, set: { name } } }, 'other');
  }

  #app() {
    const app = express().use(express.json());
    const plan = {
      id: 7,
      name: '方案',
      region: '620724',
      regionName: '高台县',
      profile: 'gansu-2023',
      profileVersion: 1,
      scheme: 'gb15',
      state: 'draft',
      createdAt: '',
    };
    app.get('/api/health', (_, answer) => void answer.json({ status: 'ready', loading: null, map: { baseMap: null, sheetMark: '' } }));
    app.get('/api/session', (_, answer) => void answer.json(this.#session()));
    app.post('/api/session', ({ body }, answer) => {
      this.person = String(body.login);
      answer.json(this.#session());
    });
    app.use('/api/plans', (_, answer, next) => (this.person === null ? problem(answer, 401, 'sign-in-needed') : next()));
    app.get('/api/plans', (_, answer) => void answer.json([plan]));
    app.get('/api/plans/7', (_, answer) => void answer.json({ ...plan, towns: [], communities: [this.#progress()], attributions: [] }));
    app.get('/api/profiles/gansu-2023', (_, answer) => void answer.json({ content: shippedProfiles[0] }));
    app.get('/api/plans/7/grids', (_, answer) => void answer.json(features(this.#grids())));
    app.get(
      '/api/plans/7/blocks',
      (_, answer) => void answer.json(features(this.ground?.blocks.features ?? [], { revision: this.revision, undo: null, redo: null })),
    );
    app.get('/api/plans/7/buildings', (_, answer) => void answer.json(features(this.ground?.buildings.features ?? [])));
    app.get('/api/plans/7/institutions', (_, answer) => void answer.json(features([])));
    app.get('/api/plans/7/barriers', (_, answer) => void answer.json(features([])));
    app.get('/api/plans/7/checks', (_, answer) => void answer.json({ issues: [], counts: { error: 0, warning: 0, note: 0 } }));
    app.get('/api/plans/7/operations', (_, answer) => void answer.json(this.done.toReversed()));
    this.#divisions(app);
    app.post('/api/plans/7/operations', async (request, answer) => {
      this.mostAtOnce = Math.max(this.mostAtOnce, ++this.atOnce);
      await new Promise((resolve) => setImmediate(resolve));
      this.#answer(request.body as OperationRequest, answer);
      this.atOnce--;
    });
    return app;
  }

  #session(): Session {
    const account: SessionAccount = {
      ...{ id: 1, login: this.person ?? '', name: '张三', organ: '政法委', region: '620724', regionName: '高台县' },
      ...{ roles: ['drafter'], permissions: this.permissions },
    };
    const more = { demo: null, singleSignOn: null, secondFactor: null, passwordChange: false, idleMinutes: 30 };
    return { ...more, account: this.person === null ? null : account };
  }

  #divisions(app: Express): void {
    const runs = '/api/plans/7/divisions';
    app.post(runs, (request, answer) => {
      const id = `r${++this.#runs}`;
      this.run = { id, state: 'running', done: 0, total: this.divided.length, request: request.body, communities: [], problem: null };
      answer.status(202).json(this.run);
    });
    app.use(`${runs}/:id`, ({ params }, answer, next) => (params.id === this.run?.id ? next() : problem(answer, 404, 'unknown-division')));
    app.get(`${runs}/:id`, (_, answer) => void answer.json(this.#goOn()));
    app.post(`${runs}/:id/cancel`, (_, answer) => void answer.json(this.#change({ state: 'cancelled' })));
    app.get(`${runs}/:id/layout`, ({ query }, answer) => {
      answer.json({ community: query.community, grids: features([]), gridOf: [[1, -1]] });
    });
    app.post(`${runs}/:id/accept`, ({ body }, answer) => {
      if (this.accepted.length >= this.acceptsUntil) return void answer.status(502).end();
      this.accepted.push(body.communities);
      const all = this.accepted.flat();
      const state = ({ community }: CommunityProposal) => (all.includes(community) ? 'accepted' : 'proposed');
      this.#change({ communities: this.run?.communities.map((one) => ({ ...one, state: state(one) })) ?? [] });
      answer.json({ accepted: all, stale: [], refused: [] });
    });
  }

  #change(change: Partial<DivisionStatus>): DivisionStatus | null {
    this.run = this.run && { ...this.run, ...change };
    return this.run;
  }

  #goOn(): DivisionStatus | null {
    if (this.run?.state !== 'running') return this.run;
    const next = this.divided[this.run.done];
    const communities = next === undefined ? this.run.communities : [...this.run.communities, proposal(next)];
    return this.#change({ communities, done: communities.length, state: communities.length === this.run.total ? 'done' : 'running' });
  }

  #answer(request: OperationRequest, answer: Response): void {
    this.received.push(request);
    const fate = this.fates.shift();
    if (fate === 'no-server') return void answer.status(502).end();
    if (fate === 'refuse') return void problem(answer, 422, 'grid-locked');
    if (request.base !== this.revision) return void problem(answer, 409, 'stale-base');
    const done = this.#perform(request, 'local');
    if (fate === 'lose-answer') answer.socket?.destroy();
    else answer.json(done);
  }

  #perform({ community, operation }: OperationRequest, actor: string): OperationAnswer {
    if (operation.type === 'describe' && operation.set.name !== undefined) this.names.set(operation.grid, operation.set.name);
    this.revision++;
    this.done.push({ id: this.revision, community, revision: this.revision, at: '', actor, operation, reason: '' });
    return {
      community,
      revision: this.revision,
      operation: this.revision,
      grids: this.#grids(),
      removed: [],
      blocks: { changed: [], removed: [] },
      rehoused: [],
      issues: [],
      progress: this.#progress(),
      undo: null,
      redo: null,
      actor,
    };
  }

  #grids(): GridFeature[] {
    if (this.ground !== null) return this.ground.grids.features;
    return [...this.names].map(([id, name]) => ({
      type: 'Feature',
      geometry: { type: 'MultiPolygon', coordinates: [] },
      properties: {
        id,
        name,
        community: COMMUNITY,
        kind: 'urban',
        code: null,
        codeState: null,
        reason: '',
        party: '',
        staff: [],
        clearances: [],
        locked: false,
        households: 0,
        population: 0,
        buildings: 0,
        blocks: 0,
        cells: 0,
        area_m2: 1,
        band: 'in',
        shade: 0,
      },
    }));
  }

  #progress(): CommunityProgress {
    return {
      code: COMMUNITY,
      name: '新建东村居民委员会',
      town: '620724100',
      kind: 'urban',
      revision: this.revision,
      blocks: 0,
      blocksAssigned: 0,
      households: 0,
      householdsAssigned: 0,
      grids: this.names.size,
      gridsCoded: 0,
      errors: 0,
      warnings: 0,
      excused: 0,
      inside: [99.8, 39.4],
      bounds: [0, 0, 1, 1],
    };
  }
}

const features = (list: object[], extra = {}) => ({ type: 'FeatureCollection', features: list, ...extra });

const LAYOUT_COUNTS = { grids: 2, within: 2, borderM: 100, onBarriers: 1 };

const proposal = (community: string): CommunityProposal => ({
  ...{ community, name: community, base: 0, state: 'proposed', problem: null, obstacles: [] },
  ...{ before: LAYOUT_COUNTS, after: LAYOUT_COUNTS, householdsMoved: 1, blocksMoved: 1 },
});

function problem(answer: Response, status: number, code: string): void {
  answer
    .status(status)
    .type('application/problem+json')
    .send(JSON.stringify({ type: 'about:blank', title: '', status, code, detail: code }));
}
