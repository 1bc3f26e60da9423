// The city's side over HTTP: file settled plans, look at what was filed, save the package, take in the province's receipt.
import { type Request, Router } from 'express';
import { z } from 'zod';
import type { FilingRecord } from '../../core/api/messages.ts';
import { audit } from '../audit/audit.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Context } from '../http/context.ts';
import { dbOf, type Identity, identityOf } from '../http/identity.ts';
import { ProblemError } from '../http/problem.ts';
import { buildFiling } from './build.ts';
import { filingOf } from './decide.ts';
import { receiptSchema, takeReceipt } from './receipt.ts';
import { type Direction, listFilings, readContent } from './store.ts';

/** Plans of one package. */
const MAX_PLANS = 500;
const MAX_ID = 2_147_483_647;

export const planIds = z
  .array(z.int().positive().max(MAX_ID))
  .min(1)
  .max(MAX_PLANS)
  .refine((plans) => new Set(plans).size === plans.length, 'a plan is named once');

/** Body of POST /api/filings. */
const newFilingSchema = z.strictObject({ plans: planIds });

const filingId = z.coerce.number().int().positive().max(MAX_ID);

/** The filing that the path names. Throws ProblemError unknown-filing (404). */
export async function askedFiling(context: Context, request: Request, direction: Direction): Promise<FilingRecord> {
  const id = filingId.safeParse(request.params.filing);
  if (!id.success) throw new ProblemError(404, 'unknown-filing', { filing: String(request.params.filing).slice(0, 20) });
  return filingOf(dbOf(context, request), direction, id.data);
}

export function filingRoutes(context: Context): Router {
  context.api.add(
    { method: 'get', needs: 'read', path: '/api/filings', summary: 'Packages that were filed, newest first' },
    {
      method: 'post',
      needs: 'file',
      path: '/api/filings',
      summary: 'Builds a filing package of settled plans of one city, and files them',
      body: newFilingSchema,
      problems: [
        ...['unknown-plan', 'plan-not-settled', 'plan-changed-meanwhile', 'plans-of-several-cities', 'plans-differ-in-rules'],
        ...['plans-overlap', 'filing-unsound', 'filing-too-large', 'plan-not-coded', 'code-ended'],
      ],
    },
    {
      method: 'post',
      needs: 'file',
      path: '/api/filings/receipts',
      summary: 'Takes in the receipt of the province: accepted plans turn official, returned ones come back',
      body: receiptSchema,
      problems: ['receipt-changed', 'unknown-receipt', 'receipt-differs'],
    },
    { method: 'get', needs: 'read', path: '/api/filings/{filing}', summary: 'One of them', problems: ['unknown-filing'] },
    {
      method: 'get',
      needs: ['file', 'decide-filing'],
      path: '/api/filings/{filing}/package',
      summary: 'The package as a file',
      answers: 'application/zip',
      problems: ['unknown-filing'],
    },
  );
  return Router()
    .get('/api/filings', async (request, response) => {
      response.json(await listFilings(dbOf(context, request), 'sent'));
    })
    .post('/api/filings', async (request, response) => {
      const { plans } = newFilingSchema.parse(request.body);
      const by = identityOf(request);
      const filing = await buildFiling(context, plans, by);
      response
        .status(201)
        .location(`/api/filings/${filing}`)
        .json(await filingOf(dbOf(context, request), 'sent', filing));
    })
    .post('/api/filings/receipts', async (request, response) => {
      response.json(await takeReceipt(context, receiptSchema.parse(request.body), identityOf(request)));
    })
    .get('/api/filings/:filing', async (request, response) => {
      response.json(await askedFiling(context, request, 'sent'));
    })
    .get('/api/filings/:filing/package', async (request, response) => {
      const filing = await askedFiling(context, request, 'sent');
      response.attachment(packageName(filing)).type('application/zip');
      response.send(await exportedPackage(context, filing, identityOf(request)));
    });
}

/** The bytes of the package, for somebody who takes it along: the log says who did. */
export function exportedPackage({ database }: Context, { id, city, digest }: FilingRecord, by: Identity): Promise<Buffer> {
  return inTransaction(database, by, async (db) => {
    await audit(db, by, { action: 'export', region: city, subject: `filing/${id}`, detail: { format: 'zip', digest } });
    return readContent(db, id);
  });
}

/** With city and date. */
function packageName({ cityName, city, at, id }: FilingRecord): string {
  const day = new Date(at).toLocaleDateString('sv');
  return `网格备案包-${cityName || city}-${day}-${id}.zip`;
}
