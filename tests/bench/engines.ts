// The demo county served on every engine there is: the embedded one, and the server of DATABASE_URL; figures side by side.
import type { PlanDetail, PlanSummary } from '../../core/api/messages.ts';
import { call, PlanClient } from '../server/client.ts';
import { freshPlace } from '../server/harness.ts';
import { type Installation, serveDemo, startDemo } from '../web/installation.ts';
import { type Figures, rounded, spreadOf } from './figures.ts';

export interface Demo {
  readonly client: PlanClient;
  readonly plan: PlanDetail;
}

/** Times in milliseconds by name. */
export type Times = Record<string, number[]>;

/** The same work on every engine, each in a process of its own. */
export async function onEveryEngine(work: (demo: Demo) => Promise<Times>): Promise<Figures> {
  const embedded = await measureOn(await startDemo(), work);
  const server = process.env.DATABASE_URL ? await measureOn(await demoOnServer(), work) : null;
  return Object.fromEntries(Object.keys(embedded).map((name) => [name, sideBySide(embedded[name] ?? [], server?.[name])]));
}

async function demoOnServer(): Promise<Installation> {
  const place = await freshPlace();
  const server = await serveDemo(place.variables);
  return { address: server.address, stop: () => server.stop().then(place.remove) };
}

async function measureOn(server: Installation, work: (demo: Demo) => Promise<Times>): Promise<Times> {
  try {
    const { body } = await call<PlanSummary[]>(server.address, '/api/plans');
    const client = new PlanClient(server.address, body[0]?.id as number);
    return await work({ client, plan: await client.detail() });
  } finally {
    await server.stop();
  }
}

function sideBySide(embedded: readonly number[], server: readonly number[] | undefined) {
  const own = spreadOf(embedded);
  const counted = { times: embedded.length, embeddedP50Ms: own.p50Ms, embeddedP95Ms: own.p95Ms };
  if (server === undefined) return counted;
  const other = spreadOf(server);
  return { ...counted, serverP50Ms: other.p50Ms, serverP95Ms: other.p95Ms, embeddedToServer: rounded(own.p50Ms / other.p50Ms) };
}
