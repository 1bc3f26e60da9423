// Talks to a test server the way the interface does.
import { setTimeout as pause } from 'node:timers/promises';
import type {
  BlockCollection,
  BlockFeature,
  CheckReport,
  CodesAnswer,
  DivisionStatus,
  GridCollection,
  OperationAnswer,
  PlanDetail,
  Problem,
} from '../../core/api/messages.ts';
import type { Operation } from '../../core/plan/operation.ts';

export interface Answer<T> {
  readonly status: number;
  readonly body: T;
}

export async function call<T>(address: string, path: string, init?: RequestInit): Promise<Answer<T>> {
  const response = await fetch(`${address}${path}`, init);
  return { status: response.status, body: (await response.json()) as T };
}

export const post = <T>(address: string, path: string, body: unknown): Promise<Answer<T>> =>
  call(address, path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

/** One plan on one server. */
export class PlanClient {
  readonly address: string;
  readonly plan: number;

  constructor(address: string, plan: number) {
    this.address = address;
    this.plan = plan;
  }

  operate(community: string, base: number, operation: Operation): Promise<Answer<OperationAnswer & Problem>> {
    return post(this.address, `/api/plans/${this.plan}/operations`, { community, base, operation });
  }

  propose(request: unknown = {}): Promise<Answer<DivisionStatus & Problem>> {
    return post(this.address, this.#divisions, request);
  }

  /** A division as it stands now. */
  async division(id: string): Promise<DivisionStatus & Problem> {
    return (await call<DivisionStatus & Problem>(this.address, `${this.#divisions}/${id}`)).body;
  }

  /** A division when it is over: the server answers earlier when that takes long. */
  async over(begun: DivisionStatus & Problem): Promise<DivisionStatus & Problem> {
    let now = begun;
    for (; now.state === 'running'; now = await this.division(now.id)) await pause(50);
    return now;
  }

  async proposed(request?: unknown): Promise<DivisionStatus & Problem> {
    return this.over((await this.propose(request)).body);
  }

  get #divisions(): string {
    return `/api/plans/${this.plan}/divisions`;
  }

  async blocks(community: string): Promise<BlockCollection> {
    return (await call<BlockCollection>(this.address, `/api/plans/${this.plan}/blocks?community=${community}`)).body;
  }

  async grids(community?: string): Promise<GridCollection> {
    const query = community ? `?community=${community}` : '';
    return (await call<GridCollection>(this.address, `/api/plans/${this.plan}/grids${query}`)).body;
  }

  async detail(): Promise<PlanDetail> {
    return (await call<PlanDetail>(this.address, `/api/plans/${this.plan}`)).body;
  }

  async checks(): Promise<CheckReport> {
    return (await call<CheckReport>(this.address, `/api/plans/${this.plan}/checks`)).body;
  }

  issueCodes(community?: string): Promise<Answer<CodesAnswer & Problem>> {
    return post(this.address, `/api/plans/${this.plan}/codes`, community ? { community } : {});
  }
}

export const idsOf = (blocks: readonly BlockFeature[]): number[] => blocks.map((block) => block.properties.id);
