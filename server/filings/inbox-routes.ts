// The province's side over HTTP: receive packages, look into them, decide, answer with a receipt.
import { type Response, Router } from 'express';
import { z } from 'zod';
import type { FilingRecord } from '../../core/api/messages.ts';
import type { Context } from '../http/context.ts';
import { dbOf, identityOf } from '../http/identity.ts';
import { ProblemError } from '../http/problem.ts';
import { communityCode, planId } from '../plans/routes.ts';
import { decideFiling } from './decide.ts';
import { inFilingThread } from './filing-threads.ts';
import { receiptOf } from './receipt.ts';
import { receiptPage } from './receipt-page.ts';
import { receiveFiling } from './receive.ts';
import { askedFiling, exportedPackage, planIds } from './routes.ts';
import { listFilings, readContent, readManifest } from './store.ts';
import { MAX_PACKAGE_BYTES, PACKAGE_FIELD, receivePackage } from './upload.ts';

const MAX_REMARKS = 2_000;

/** Body of POST /api/inbox/{filing}/decision. */
const decisionSchema = z.strictObject({
  decision: z.enum(['accept', 'return']),
  plans: planIds.optional(),
  remarks: z.string().trim().max(MAX_REMARKS).default(''),
});

const layoutQuery = z.object({ community: communityCode.optional(), plan: planId.optional() });

/** What a package or a person has written is shown as a document: it runs nothing, loads nothing and sends nothing. */
const AS_DOCUMENT = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'";

export function inboxRoutes(context: Context): Router {
  const one = { needs: 'decide-filing' as const, problems: ['unknown-filing'] };
  context.api.add(
    { method: 'get', needs: 'decide-filing', path: '/api/inbox', summary: 'Packages that were received, newest first' },
    {
      method: 'post',
      needs: 'decide-filing',
      path: '/api/inbox',
      summary: `Receives a filing package: multipart/form-data with the file ${PACKAGE_FIELD} (up to ${MAX_PACKAGE_BYTES} bytes), verified and kept. 200: it was received before.`,
      problems: ['bad-upload', 'upload-too-large', 'filing-too-slow'],
    },
    { method: 'get', ...one, path: '/api/inbox/{filing}', summary: 'One of them, with all that was found' },
    {
      method: 'get',
      ...one,
      path: '/api/inbox/{filing}/layout',
      summary: 'Grids as the package has them, and beside them the outlines of their communities: all, of one plan, or of one community',
      query: layoutQuery,
      answers: 'application/geo+json',
      problems: ['unknown-filing', 'filing-unreadable'],
    },
    {
      method: 'get',
      ...one,
      path: '/api/inbox/{filing}/report',
      summary: 'The report of the package',
      answers: 'text/html',
      problems: ['unknown-filing', 'filing-unreadable'],
    },
    {
      method: 'get',
      ...one,
      path: '/api/inbox/{filing}/package',
      summary: 'The package as it was received',
      answers: 'application/zip',
    },
    {
      method: 'post',
      ...one,
      path: '/api/inbox/{filing}/decision',
      summary: 'Accepts or returns the package, or single plans of it',
      body: decisionSchema,
      problems: [
        ...['unknown-filing', 'part-not-in-filing', 'filing-has-errors', 'part-decided', 'remarks-needed', 'foreign-code-refused'],
        ...['adjustment-outdated', 'step-not-yet'],
      ],
    },
    {
      method: 'get',
      needs: ['decide-filing', 'file'],
      path: '/api/inbox/{filing}/receipt',
      summary: 'The receipt for the city',
      problems: ['unknown-filing', 'nothing-decided'],
    },
    {
      method: 'get',
      needs: ['decide-filing', 'file'],
      path: '/api/inbox/{filing}/receipt.html',
      summary: 'The receipt to print',
      answers: 'text/html',
      problems: ['unknown-filing', 'nothing-decided'],
    },
  );
  return Router()
    .get('/api/inbox', async (request, response) => {
      response.json(await listFilings(dbOf(context, request), 'received'));
    })
    .post('/api/inbox', async (request, response) => {
      if (!request.is('multipart/form-data')) {
        throw new ProblemError(415, 'bad-upload', { found: request.get('content-type') ?? '', field: 'multipart/form-data' });
      }
      const upload = await receivePackage(request, response);
      try {
        const { record, known } = await receiveFiling(context.database, upload, identityOf(request));
        response
          .status(known ? 200 : 201)
          .location(`/api/inbox/${record.id}`)
          .json(record);
      } finally {
        await upload.discard();
      }
    })
    .get('/api/inbox/:filing', async (request, response) => {
      response.json(await askedFiling(context, request, 'received'));
    })
    .get('/api/inbox/:filing/layout', async (request, response) => {
      const part = layoutQuery.parse(request.query);
      const filing = await askedFiling(context, request, 'received');
      const bytes = await believedContent(context, request, filing);
      response.type('application/geo+json').send(await inFilingThread('layout', { ...part, bytes }));
    })
    .get('/api/inbox/:filing/report', async (request, response) => {
      const filing = await askedFiling(context, request, 'received');
      const bytes = await believedContent(context, request, filing);
      const report = await inFilingThread('file', { bytes, name: 'report.html' });
      sendDocument(response, new TextDecoder().decode(report));
    })
    .get('/api/inbox/:filing/package', async (request, response) => {
      const filing = await askedFiling(context, request, 'received');
      response.attachment(`${filing.digest}.zip`).type('application/octet-stream');
      response.send(await exportedPackage(context, filing, identityOf(request)));
    })
    .post('/api/inbox/:filing/decision', async (request, response) => {
      const decision = decisionSchema.parse(request.body);
      const filing = await askedFiling(context, request, 'received');
      response.json(await decideFiling(context, filing.id, decision, identityOf(request)));
    })
    .get('/api/inbox/:filing/receipt', async (request, response) => {
      const filing = await askedFiling(context, request, 'received');
      response.json(await receiptOf(dbOf(context, request), filing));
    })
    .get('/api/inbox/:filing/receipt.html', async (request, response) => {
      const filing = await askedFiling(context, request, 'received');
      sendDocument(response, receiptPage(await receiptOf(dbOf(context, request), filing)));
    });
}

/** Throws ProblemError filing-unreadable (409): nothing in the package is believed. */
async function believedContent(context: Context, request: Parameters<typeof askedFiling>[1], { id }: FilingRecord): Promise<Buffer> {
  const db = dbOf(context, request);
  if (!(await readManifest(db, id))) throw new ProblemError(409, 'filing-unreadable', { filing: id });
  return readContent(db, id);
}

function sendDocument(response: Response, html: string): void {
  response.set('Content-Security-Policy', AS_DOCUMENT).type('html').send(html);
}
