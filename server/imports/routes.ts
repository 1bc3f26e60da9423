// Imports over HTTP: send the files, watch, cancel.
import { type Request, Router } from 'express';
import { z } from 'zod';
import type { ImportStatus } from '../../core/api/import-messages.ts';
import type { Problem } from '../../core/api/messages.ts';
import { type ImportProblem, problemSentence } from '../../core/import/texts.ts';
import { SYSTEM, scoped } from '../database/transaction.ts';
import type { Context } from '../http/context.ts';
import { identityOf } from '../http/identity.ts';
import { type Language, languageOf } from '../http/language.ts';
import { ProblemError } from '../http/problem.ts';
import { sentence } from '../http/sentences.ts';
import { holdsSynthetic } from '../regions/store.ts';
import { type ImportJob, ImportJobs } from './jobs.ts';
import { MAX_UPLOAD_BYTES, receiveUpload } from './upload.ts';

const formFields = z.strictObject({ skipRefused: z.enum(['true', 'false']).default('false') });

export function importRoutes({ database, api, startup, data }: Context): Router {
  const jobs = new ImportJobs(database);
  api.add(
    {
      method: 'post',
      needs: 'import',
      path: '/api/imports',
      summary: `Import a county: multipart/form-data with the GeoJSON files communities, buildings, barriers?, institutions?
        (each up to ${MAX_UPLOAD_BYTES} bytes, gzip allowed) and skipRefused=true|false. 202; watch it at the Location.`.replace(
        /\s+/g,
        ' ',
      ),
      problems: ['bad-upload', 'upload-too-large', 'import-running'],
    },
    {
      method: 'get',
      needs: 'import',
      path: '/api/imports/{id}',
      summary: 'Progress and, when it is over, the report',
      problems: ['unknown-import'],
    },
    { method: 'delete', needs: 'import', path: '/api/imports/{id}', summary: 'Cancel: nothing is stored', problems: ['unknown-import'] },
  );
  const jobOf = (id: string, request: Request): ImportJob => {
    const job = jobs.find(id, identityOf(request));
    if (!job) throw new ProblemError(404, 'unknown-import', { import: id.slice(0, 40) });
    return job;
  };
  return Router()
    .post('/api/imports', async (request, response) => {
      if (jobs.busy || startup.loading) throw new ProblemError(409, 'import-running');
      if (!request.is('multipart/form-data')) {
        throw new ProblemError(415, 'bad-upload', { found: request.get('content-type') ?? '', field: 'multipart/form-data' });
      }
      const upload = await receiveUpload(request, response);
      try {
        const { communities, buildings, ...others } = upload.paths;
        const { skipRefused } = formFields.parse(upload.fields);
        if (!communities || !buildings)
          throw new ProblemError(400, 'bad-upload', { found: '', field: communities ? 'buildings' : 'communities' });
        if (jobs.busy) throw new ProblemError(409, 'import-running');
        const id = jobs.start(
          { communities, buildings, ...others },
          { skipRefused: skipRefused === 'true', by: identityOf(request) },
          async () => {
            upload.discard();
            data.synthetic = await holdsSynthetic(scoped(database, SYSTEM));
          },
        );
        response
          .status(202)
          .location(`/api/imports/${id}`)
          .json(statusOf(jobOf(id, request), languageOf(request)));
      } catch (error) {
        upload.discard();
        throw error;
      }
    })
    .get('/api/imports/:id', (request, response) => {
      response.set('Cache-Control', 'no-store').json(statusOf(jobOf(request.params.id, request), languageOf(request)));
    })
    .delete('/api/imports/:id', (request, response) => {
      jobOf(request.params.id, request);
      jobs.cancel(request.params.id);
      response.status(202).json(statusOf(jobOf(request.params.id, request), languageOf(request)));
    });
}

function statusOf({ progress, report, problem }: ImportJob, language: Language): ImportStatus {
  return { ...progress, sources: [], report, problem: problem && problemOf(problem, language) };
}

const UNPROCESSABLE = 422;

function problemOf(problem: ImportProblem, language: Language): Problem {
  return {
    type: 'about:blank',
    title: sentence(`status-${UNPROCESSABLE}`, language) ?? '',
    status: UNPROCESSABLE,
    code: problem.code,
    detail: problemSentence(problem, language),
    ...(problem.file && { at: { file: problem.file } }),
  };
}
