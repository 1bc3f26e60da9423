// Live updates: what happens in a plan, told to everybody who looks at it; across processes when they share a database server.
import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import pg from 'pg';
import { z } from 'zod';
import type { Settings } from '../settings.ts';

/**
 * `operation`: an OperationAnswer; `codes`: codes were issued; `blocks`: another plan refined blocks of a community;
 * `refresh`: something changed that could not be sent, load anew.
 */
export interface PlanEvent {
  readonly type: 'operation' | 'codes' | 'blocks' | 'refresh';
  readonly data: unknown;
}

const CHANNEL = 'onegrid_plan_event';
/** PostgreSQL refuses a notification of 8000 bytes or more. */
const MAX_NOTIFICATION_BYTES = 7_900;
const RECONNECT_MILLISECONDS = 2_000;

const envelopeSchema = z.object({
  from: z.string(),
  plan: z.int(),
  event: z.object({ type: z.enum(['operation', 'codes', 'blocks', 'refresh']), data: z.unknown() }),
});
type Envelope = z.infer<typeof envelopeSchema>;

/** null: whoever else uses that channel of the database says something of his own. */
function readEnvelope(payload: string): Envelope | null {
  try {
    return envelopeSchema.parse(JSON.parse(payload));
  } catch {
    return null;
  }
}

export class EventHub {
  readonly #listeners = new EventEmitter().setMaxListeners(0);
  readonly #self = randomUUID();
  #client: pg.Client | null = null;
  #sent: Promise<void> = Promise.resolve();
  #closed = false;

  /** On a database server the hub keeps one connection of its own; on the embedded engine there is only this process. */
  static async open(settings: Pick<Settings, 'databaseUrl'>): Promise<EventHub> {
    const hub = new EventHub();
    if (settings.databaseUrl !== undefined) await hub.#connect(settings.databaseUrl);
    return hub;
  }

  /** Call after the commit. Never fails: an event that is lost costs a reload, an operation that is lost costs work. */
  publish(plan: number, event: PlanEvent): void {
    this.#listeners.emit(String(plan), event);
    this.#notify({ from: this.#self, plan, event });
  }

  /** Returns the function that ends it. */
  subscribe(plan: number, listener: (event: PlanEvent) => void): () => void {
    this.#listeners.on(String(plan), listener);
    return () => this.#listeners.off(String(plan), listener);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#listeners.removeAllListeners();
    await this.#client?.end();
  }

  #notify(envelope: Envelope): void {
    if (this.#client === null) return;
    const whole = JSON.stringify(envelope);
    const refresh: Envelope = { ...envelope, event: { type: 'refresh', data: null } };
    const payload = Buffer.byteLength(whole) <= MAX_NOTIFICATION_BYTES ? whole : JSON.stringify(refresh);
    const client = this.#client;
    // One after the other: a client runs one query at a time.
    this.#sent = this.#sent
      .then(() => client.query('select pg_notify($1, $2)', [CHANNEL, payload]))
      .then(
        () => {},
        (error: Error) => console.error(`live update not sent: ${error.message}`),
      );
  }

  async #connect(url: string): Promise<void> {
    const client = new pg.Client({ connectionString: url, keepAlive: true });
    client.on('notification', ({ payload }) => this.#receive(payload ?? ''));
    client.on('error', () => this.#reconnect(url));
    await client.connect();
    await client.query(`listen ${CHANNEL}`);
    this.#client = client;
  }

  #receive(payload: string): void {
    const envelope = readEnvelope(payload);
    if (envelope && envelope.from !== this.#self) this.#listeners.emit(String(envelope.plan), envelope.event);
  }

  /** While the connection was away events were missed, so everybody loads anew. */
  #reconnect(url: string): void {
    this.#client = null;
    if (this.#closed) return;
    setTimeout(() => {
      if (this.#closed) return;
      this.#connect(url).then(
        () => this.#tellAll({ type: 'refresh', data: null }),
        () => this.#reconnect(url),
      );
    }, RECONNECT_MILLISECONDS).unref();
  }

  #tellAll(event: PlanEvent): void {
    for (const plan of this.#listeners.eventNames()) this.#listeners.emit(plan, event);
  }
}
