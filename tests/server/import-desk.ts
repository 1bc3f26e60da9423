// Takes files into a test server the way the wizard does, and tells what is stored before and after.
import type { ImportDecisions, ImportSource, ImportStatus, SourceChoice } from '../../core/api/import-messages.ts';
import type { Health, Problem } from '../../core/api/messages.ts';
import { call, post } from './client.ts';
import { ownerOf, type TestServer } from './harness.ts';

export interface SentFile {
  readonly name: string;
  readonly content: string | Uint8Array;
  /** What a person says of it; what they leave out stays as proposed. */
  readonly choice?: Partial<SourceChoice>;
}

/** `unreadable`: a file could not be opened, and the import was not begun. */
export interface ImportEnd {
  readonly verdict: 'unreadable' | 'incomplete' | 'refused' | 'done';
  /** Why nothing was stored; null: it was. */
  readonly problem: Problem | null;
  readonly sources: readonly ImportSource[];
  readonly status: ImportStatus | null;
}

/** No file of the corpus is allowed more; the server itself gives up later. */
const MAX_SECONDS = 100;
const SECOND = 1_000;
const PAUSE_MILLISECONDS = 50;

export class ImportDesk {
  readonly #server: TestServer;

  constructor(server: TestServer) {
    this.#server = server;
  }

  async send(id: string, { name, content }: SentFile): Promise<ImportSource> {
    const form = new FormData();
    form.set('file', new Blob([content as BlobPart]), name);
    const { status, body } = await call<ImportSource & Problem>(this.#server.address, `/api/imports/${id}/sources`, {
      method: 'POST',
      body: form,
    });
    if (status !== 201) throw new Error(`${name} was not received: ${JSON.stringify(body)}`);
    return body;
  }

  async choose(id: string, source: string, choice: Partial<SourceChoice>): Promise<ImportSource> {
    const { status, body } = await call<ImportSource & Problem>(this.#server.address, `/api/imports/${id}/sources/${source}`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(choice),
    });
    if (status !== 200) throw new Error(`the choice was refused: ${JSON.stringify(body)}`);
    return body;
  }

  async open(): Promise<string> {
    return (await post<ImportStatus>(this.#server.address, '/api/imports', {})).body.id;
  }

  /** Sends, chooses, takes in. Every import is closed at the end. Throws when it does not end in time. */
  async take(files: readonly SentFile[], decisions: Partial<ImportDecisions> = {}): Promise<ImportEnd> {
    const id = await this.open();
    try {
      const sources: ImportSource[] = [];
      for (const file of files) {
        const source = await this.send(id, file);
        sources.push(source.problem ? source : await this.choose(id, source.id, file.choice ?? {}));
      }
      const unreadable = sources.find(({ problem }) => problem);
      if (unreadable) return { verdict: 'unreadable', problem: unreadable.problem, sources, status: null };
      return { sources, ...(await this.#run(id, decisions)) };
    } finally {
      await call(this.#server.address, `/api/imports/${id}`, { method: 'DELETE' });
    }
  }

  async #run(id: string, decisions: Partial<ImportDecisions>): Promise<Omit<ImportEnd, 'sources'>> {
    const started = await post<ImportStatus & Problem>(this.#server.address, `/api/imports/${id}/run`, decisions);
    if (started.status === 409 && started.body.code === 'import-incomplete') {
      return { verdict: 'incomplete', problem: started.body, status: null };
    }
    if (started.status !== 202) throw new Error(`the import did not start: ${JSON.stringify(started.body)}`);
    const status = await this.ended(id);
    return { verdict: status.phase === 'done' ? 'done' : 'refused', problem: status.problem, status };
  }

  status(id: string): Promise<ImportStatus> {
    return call<ImportStatus>(this.#server.address, `/api/imports/${id}`, { headers: { 'accept-language': 'zh' } }).then(
      ({ body }) => body,
    );
  }

  async ended(id: string): Promise<ImportStatus> {
    const begun = performance.now();
    for (;;) {
      const status = await this.status(id);
      if (status.phase === 'done' || status.phase === 'failed' || status.phase === 'previewed') return status;
      if (performance.now() - begun > MAX_SECONDS * SECOND) throw new Error(`the import hangs in ${status.phase}`);
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MILLISECONDS));
    }
  }

  async answers(): Promise<boolean> {
    return (await call<Health>(this.#server.address, '/api/health')).status === 200;
  }

  /** A digest of the content of every table, by its name. */
  stored(): Promise<Record<string, string>> {
    return contentOf(this.#server.database);
  }
}

/** The audit is sealed some time after it was written. */
const ALIVE = ['spatial_ref_sys', 'audit_seal', 'audit_unsealed'];

/** A digest of the content of every table, by its name. */
export async function contentOf(database: TestServer['database']): Promise<Record<string, string>> {
  const owner = ownerOf(database);
  const tables = await owner.query<{ name: string }>(
    `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'public' and c.relkind = 'r' and c.relname <> all($1) order by 1`,
    [ALIVE],
  );
  const digests: Record<string, string> = {};
  for (const { name } of tables.rows) {
    const { rows } = await owner.query<{ digest: string }>(
      `select count(*) || ' ' || coalesce(md5(string_agg(md5(row_text), '' order by row_text)), '') as digest
       from (select t::text as row_text from "${name}" t) as listed`,
    );
    digests[name] = rows[0]?.digest ?? '';
  }
  return digests;
}
