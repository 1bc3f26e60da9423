// A small real HTTP server that keeps imports: enough of their routes for the store, held up and refusing as a test orders it.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Express } from 'express';
import type { ImportSource, ImportStatus, SourceChoice } from '../../../core/api/import-messages.ts';
import { createImportClient, type ImportClient } from '../../../web/api/import-client.ts';
import { createRequests } from '../../../web/api/requests.ts';

export class ImportServer {
  readonly imports = new Map<string, ImportStatus>();
  /** Routes that were asked for, in order: the method and the last part of the path. */
  readonly asked: string[] = [];
  /** Refuses to cancel. */
  goesOn = false;
  /** Files and changes are answered when this is over. */
  #gate: Promise<void> = Promise.resolve();
  readonly #server = createServer(this.#app());

  async listen(): Promise<ImportClient> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    const address = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    const { upload } = createRequests(address, () => 'zh');
    const send: ImportClient['send'] = (id, file) => {
      const form = new FormData();
      form.append('file', file, file.name);
      return upload(`/api/imports/${id}/sources`, form);
    };
    // Outside a browser there is no XMLHttpRequest.
    return { ...createImportClient(address, () => 'zh'), send };
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** Lets files and changes wait until what is given back is called. */
  hold(): () => void {
    let release = (): void => undefined;
    this.#gate = new Promise((resolve) => {
      release = resolve;
    });
    return release;
  }

  /** What is running has ended like this. */
  end(id: string, phase: ImportStatus['phase']): void {
    this.#change(id, { phase });
  }

  #change(id: string, change: Partial<ImportStatus>): ImportStatus | null {
    const found = this.imports.get(id);
    if (found === undefined) return null;
    const changed = { ...found, ...change };
    this.imports.set(id, changed);
    return changed;
  }

  #app(): Express {
    const app = express();
    app.use(express.json());
    app.use(express.raw({ type: 'multipart/form-data' }));
    app.use(({ method, path }, _, next) => {
      this.asked.push(`${method} ${path.replace(/^.*\//, '')}`);
      next();
    });
    app.post('/api/imports', (_, answer) => {
      const id = `import-${this.imports.size + 1}`;
      const progress = { id, phase: 'choosing', fraction: 0, done: 0, total: 0 } as const;
      this.imports.set(id, { ...progress, sources: [], report: null, problem: null });
      answer.status(201).json(this.imports.get(id));
    });
    app.use('/api/imports/:id', ({ params }, answer, next) => {
      if (this.imports.has(params.id)) return next();
      answer.status(404).json({ type: 'about:blank', title: '', status: 404, code: 'unknown-import', detail: '' });
    });
    app.get('/api/imports/:id', ({ params }, answer) => void answer.json(this.imports.get(params.id)));
    app.delete('/api/imports/:id', ({ params }, answer) => {
      answer.status(202).json(this.imports.get(params.id));
      this.imports.delete(params.id);
    });
    for (const what of ['preview', 'run']) {
      app.post(`/api/imports/:id/${what}`, ({ params }, answer) => {
        answer.status(202).json(this.#change(params.id, { phase: 'validating' }));
      });
    }
    app.post('/api/imports/:id/cancel', ({ params }, answer) => {
      if (!this.goesOn) return void answer.status(202).json(this.#change(params.id, { phase: 'failed' }));
      answer.status(409).json({ type: 'about:blank', title: '', status: 409, code: 'import-ended', detail: '' });
    });
    this.#sources(app);
    return app;
  }

  #sources(app: Express): void {
    app.post('/api/imports/:id/sources', async ({ params, body }, answer) => {
      await this.#gate;
      const [, name = ''] = /filename="([^"]+)"/.exec((body as Buffer).toString()) ?? [];
      const made = table(name);
      this.#change(params.id, { sources: [...(this.imports.get(params.id)?.sources ?? []), made] });
      answer.status(201).json(made);
    });
    app.patch('/api/imports/:id/sources/:source', async ({ params, body }, answer) => {
      const found = this.imports.get(params.id)?.sources.find(({ id }) => id === params.source) as ImportSource;
      const changed = { ...found, choice: { ...found.choice, ...(body as Partial<SourceChoice>) } };
      await this.#gate;
      const sources = this.imports.get(params.id)?.sources.map((one) => (one.id === changed.id ? changed : one)) ?? [];
      this.#change(params.id, { sources });
      answer.json(changed);
    });
    app.delete('/api/imports/:id/sources/:source', ({ params }, answer) => {
      const sources = this.imports.get(params.id)?.sources.filter(({ id }) => id !== params.source) ?? [];
      answer.json(this.#change(params.id, { sources }));
    });
    app.get('/api/imports/:id/sources/:source/features', (_, answer) => {
      answer.json({ type: 'FeatureCollection', features: [] });
    });
  }
}

/** A table of regions that nothing is known of yet. */
const table = (name: string): ImportSource => ({
  ...{ id: name, name, bytes: 1, format: 'csv', layers: [], missing: [], problem: null },
  choice: { kind: 'regions', layer: null, encoding: null, crs: null, swapAxes: false, fields: {}, settings: {} },
});
