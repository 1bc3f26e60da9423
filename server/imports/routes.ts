// Imports over HTTP: open one, send files, say what they are, look at what would happen, take them in; watch, cancel.
import { existsSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { type Request, type RequestHandler, type Response, Router } from 'express';
import { coordinateSystem } from '../../core/geo/crs/list.ts';
import { GROUND_KINDS } from '../../core/import/validate.ts';
import { SYSTEM, scoped } from '../database/transaction.ts';
import type { Context } from '../http/context.ts';
import { dbOf, identityOf } from '../http/identity.ts';
import { languageOf } from '../http/language.ts';
import { ProblemError } from '../http/problem.ts';
import { holdsSynthetic } from '../regions/store.ts';
import { removeLeftovers } from '../sources/folder.ts';
import { documentImports, featuresQuery, findingsQuery, formFields, newImportBody } from './api.ts';
import { badChoice, choiceChange, decisionsBody, missingIn } from './choice.ts';
import { findingsCsv } from './findings-csv.ts';
import { sampleInThread } from './in-thread.ts';
import { changedSource, inspectFile, reread } from './inspect-source.ts';
import { isRunning, type OpenImport, type OpenSource } from './open-import.ts';
import { findingsIn, type ImportStart, MAX_FILES, OpenImports } from './open-imports.ts';
import { NO_DECISIONS } from './run-import.ts';
import { sampleFeatures } from './sample-features.ts';
import { cleanChoice } from './source-to-read.ts';
import { sourceStatus, statusOf } from './status.ts';
import { regionBounds } from './store.ts';
import { type GroundForm, receiveFile, receiveGroundForm } from './upload.ts';

type SourceRequest = Request<{ id: string; source: string }>;

export function importRoutes(context: Context): Router {
  const { database, api, startup, data, events } = context;
  const imports = new OpenImports(database);
  removeLeftovers();
  documentImports(api);

  const importOf = (request: Request<{ id: string }>): OpenImport => {
    const found = imports.find(request.params.id, identityOf(request));
    if (!found) throw new ProblemError(404, 'unknown-import', { import: request.params.id.slice(0, 40) });
    return found;
  };
  /** Whose files may change. */
  const editable = (request: Request<{ id: string }>): OpenImport => {
    const found = importOf(request);
    if (found.progress.phase === 'done') throw new ProblemError(409, 'import-ended');
    if (isRunning(found)) throw new ProblemError(409, 'import-under-way');
    return found;
  };
  const sourceOf = ({ sources }: OpenImport, { params }: SourceRequest): OpenSource => {
    const found = sources.get(params.source);
    if (!found) throw new ProblemError(404, 'unknown-source', { source: params.source.slice(0, 40) });
    return found;
  };
  const answer = (response: Response, request: Request, id: string, status: number): void => {
    const found = imports.find(id, identityOf(request));
    if (!found) throw new ProblemError(404, 'unknown-import', { import: id });
    response
      .status(status)
      .location(`/api/imports/${id}`)
      .json(statusOf(found, languageOf(request)));
  };
  const knownBounds = (request: Request) => regionBounds(dbOf(context, request));
  const putSource = (
    response: Response,
    request: Request,
    id: string,
    { source, status }: { source: OpenSource; status: number },
  ): void => {
    if (!imports.putSource(id, source)) throw new ProblemError(404, 'unknown-import', { import: id });
    response.status(status).json(sourceStatus(source, languageOf(request)));
  };
  const start = (id: string, { decisions, store, asked }: Pick<ImportStart, 'decisions' | 'store' | 'asked'>): void => {
    if (imports.busy || startup.loading) throw new ProblemError(409, 'import-running');
    const onPlansChanged = (plans: readonly number[]): void => {
      for (const plan of plans) events.publish(plan, { type: 'refresh', data: null });
    };
    const afterwards = async (): Promise<void> => {
      data.synthetic = await holdsSynthetic(scoped(database, SYSTEM));
    };
    imports.start(id, { decisions, store, asked, afterwards, onPlansChanged });
  };
  const startRoute =
    (store: boolean): RequestHandler<{ id: string }> =>
    (request, response) => {
      const { id, sources } = editable(request);
      const decisions = decisionsBody.parse(request.body);
      refuseIncomplete([...sources.values()]);
      start(id, { decisions, store, asked: true });
      answer(response, request, id, 202);
    };

  return Router()
    .post('/api/imports', async (request, response) => {
      if (!request.is('multipart/form-data')) {
        newImportBody.parse(request.body);
        return answer(response, request, imports.open(identityOf(request)).id, 201);
      }
      if (imports.busy || startup.loading) throw new ProblemError(409, 'import-running');
      const { id, folder } = imports.open(identityOf(request));
      try {
        const { files, fields } = await receiveGroundForm(request, response, folder);
        const { skipRefused } = formFields.parse(fields);
        for (const source of cleanSources(files)) imports.putSource(id, source);
        start(id, { decisions: { ...NO_DECISIONS, skipRefused: skipRefused === 'true' }, store: true, asked: false });
      } catch (error) {
        imports.remove(id);
        throw error;
      }
      answer(response, request, id, 202);
    })
    .get('/api/imports/:id', (request, response) => {
      response.set('Cache-Control', 'no-store').json(statusOf(importOf(request), languageOf(request)));
    })
    .delete('/api/imports/:id', (request, response) => {
      const found = importOf(request);
      imports.remove(found.id);
      response.status(202).json(statusOf(found, languageOf(request)));
    })
    .post('/api/imports/:id/cancel', (request, response) => {
      imports.cancel(importOf(request).id);
      answer(response, request, request.params.id, 202);
    })
    .post('/api/imports/:id/sources', async (request, response) => {
      const { id, folder, sources, removed } = editable(request);
      if (sources.size >= MAX_FILES) throw new ProblemError(409, 'too-many-files', { limit: MAX_FILES });
      const file = await receiveFile(request, response, folder);
      const source = await inspectFile(file, await knownBounds(request), removed);
      // A preview may have begun meanwhile.
      if (editable(request).sources.size >= MAX_FILES) throw new ProblemError(409, 'too-many-files', { limit: MAX_FILES });
      putSource(response, request, id, { source, status: 201 });
    })
    .patch('/api/imports/:id/sources/:source', async (request, response) => {
      const change = choiceChange.parse(request.body);
      const open = editable(request);
      const found = await reread(sourceOf(open, request), change, () => knownBounds(request), open.removed);
      // A preview may have begun meanwhile, or somebody changed something else of the file.
      const source = changedSource(sourceOf(editable(request), request), change, found);
      putSource(response, request, request.params.id, { source, status: 200 });
    })
    .delete('/api/imports/:id/sources/:source', (request, response) => {
      const found = editable(request);
      imports.removeSource(found.id, sourceOf(found, request));
      answer(response, request, found.id, 200);
    })
    .get('/api/imports/:id/sources/:source/features', async (request, response) => {
      const open = editable(request);
      const source = sourceOf(open, request);
      const { crs = source.choice.crs, swapAxes } = featuresQuery.parse(request.query);
      if (crs === null || !coordinateSystem(crs)) throw badChoice('crs', crs ?? '');
      const swapped = swapAxes === undefined ? source.choice.swapAxes : swapAxes === 'true';
      const { layer, encoding } = source.choice;
      const sample = source.sample ?? (await sampleInThread({ path: source.path, name: source.name, layer, encoding }, open.removed));
      imports.keepSample(request.params.id, source, sample);
      response.type('application/geo+json').send(JSON.stringify(sampleFeatures(sample, source, { crs, swapAxes: swapped })));
    })
    .post('/api/imports/:id/preview', startRoute(false))
    .post('/api/imports/:id/run', startRoute(true))
    .get('/api/imports/:id/findings.csv', (request, response, next) => {
      const { folder, report, progress } = importOf(request);
      const { language = languageOf(request) } = findingsQuery.parse(request.query);
      if (!report || !existsSync(findingsIn(folder))) throw new ProblemError(404, 'no-findings');
      response.attachment(`findings-${progress.id.slice(0, 8)}.csv`).type('text/csv; charset=utf-8');
      pipeline(findingsCsv(findingsIn(folder), language), response).catch(next);
    });
}

/** Files whose kind and fields are known: nobody has to look into them. */
function cleanSources(files: GroundForm['files']): OpenSource[] {
  for (const kind of ['communities', 'buildings'] as const) {
    if (!files[kind]) throw new ProblemError(400, 'bad-upload', { found: '', field: kind });
  }
  return GROUND_KINDS.flatMap((kind) => {
    const file = files[kind];
    return file
      ? [{ ...file, id: kind, format: 'geojson', layers: [], attribution: null, choice: cleanChoice(kind), problem: null, sample: null }]
      : [];
  });
}

/** Throws ProblemError import-incomplete: there is no file, or one cannot be read or is not settled. */
function refuseIncomplete(sources: readonly OpenSource[]): void {
  const open = sources.find((source) => source.problem !== null || missingIn(source).length > 0);
  if (sources.length > 0 && !open) return;
  const missing = open ? missingIn(open).join(', ') : '';
  throw new ProblemError(409, 'import-incomplete', { file: open?.name ?? '', missing }, open && { file: open.name });
}
