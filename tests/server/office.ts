// An office at its import over HTTP: opens one, sends files, says what they are, previews, runs.
import type { ImportDecisions, ImportProgress, ImportSource, ImportStatus, SourceChoice } from '../../core/api/import-messages.ts';
import type { Problem } from '../../core/api/messages.ts';
import { type Answer, call, post } from './client.ts';

const PAUSE_MILLISECONDS = 50;
const AT_REST: readonly ImportProgress['phase'][] = ['choosing', 'previewed', 'done', 'failed'];

export class Office {
  readonly address: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly id: string;

  constructor(address: string, id: string, headers: Readonly<Record<string, string>> = {}) {
    this.address = address;
    this.id = id;
    this.headers = headers;
  }

  static async open(address: string, headers: Readonly<Record<string, string>> = {}): Promise<Office> {
    const { body } = await call<ImportStatus>(address, '/api/imports', {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: '{}',
    });
    return new Office(address, body.id, headers);
  }

  get path(): string {
    return `/api/imports/${this.id}`;
  }

  send(name: string, content: Uint8Array | string): Promise<Answer<ImportSource & Problem>> {
    const form = new FormData();
    form.set('file', new Blob([content as BlobPart]), name);
    return call(this.address, `${this.path}/sources`, { method: 'POST', headers: this.headers, body: form });
  }

  choose(source: string, change: Partial<SourceChoice>): Promise<Answer<ImportSource & Problem>> {
    return call(this.address, `${this.path}/sources/${source}`, {
      method: 'PATCH',
      headers: { ...this.headers, 'content-type': 'application/json' },
      body: JSON.stringify(change),
    });
  }

  /** Sends a file and confirms the first guess of its coordinates, with what else is said about it. */
  async bring(name: string, content: Uint8Array | string, change: Partial<SourceChoice> = {}): Promise<ImportSource> {
    const { body: sent } = await this.send(name, content);
    const [layer] = sent.layers;
    const guess = layer?.crsGuesses[0];
    const { body } = await this.choose(sent.id, { ...(guess && { crs: guess.crs, swapAxes: guess.swapAxes }), ...change });
    return body;
  }

  start(what: 'preview' | 'run', decisions: Partial<ImportDecisions> = {}): Promise<Answer<ImportStatus & Problem>> {
    return post(this.address, `${this.path}/${what}`, decisions);
  }

  async status(): Promise<ImportStatus> {
    return (await call<ImportStatus>(this.address, this.path, { headers: this.headers })).body;
  }

  /** The status once `phase` is reached, or the end. */
  async reached(phase?: ImportProgress['phase']): Promise<ImportStatus> {
    for (;;) {
      const status = await this.status();
      if (!status.phase) throw new Error(`the import has no phase: ${JSON.stringify(status)}`);
      if (status.phase === phase || AT_REST.includes(status.phase)) return status;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MILLISECONDS));
    }
  }

  async preview(decisions: Partial<ImportDecisions> = {}): Promise<ImportStatus> {
    await this.start('preview', decisions);
    return this.reached();
  }

  async run(decisions: Partial<ImportDecisions> = {}): Promise<ImportStatus> {
    await this.start('run', decisions);
    return this.reached();
  }
}
