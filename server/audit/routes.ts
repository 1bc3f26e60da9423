// The audit log over HTTP: search, save as a file, and the head of its chain.
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Router } from 'express';
import { z } from 'zod';
import type { AuditHead, AuditRecord } from '../../core/api/messages.ts';
import { AUDIT_ACTIONS } from '../../core/audit/actions.ts';
import { inTransaction, SYSTEM, scoped } from '../database/transaction.ts';
import type { Context } from '../http/context.ts';
import { dbOf, type Identity, identityOf } from '../http/identity.ts';
import { languageOf } from '../http/language.ts';
import { audit } from './audit.ts';
import { auditCsv, CSV_PAGE } from './csv.ts';
import { type AuditFilter, readHead, searchEntries } from './store.ts';
import { verifyChain } from './verify.ts';

const PAGE = 100;
const MAX_PAGE = 1_000;
const MAX_WORDS = 100;
const DAY_MILLISECONDS = 86_400_000;

const words = z.string().trim().min(1).max(MAX_WORDS).optional();
/** A day in China, or an instant. */
const moment = z.union([z.iso.date(), z.iso.datetime({ offset: true })]).optional();
const filterQuery = z.object({
  from: moment,
  /** A day is meant whole. */
  to: moment,
  action: z.enum(AUDIT_ACTIONS).optional(),
  /** Part of the name of a person or an organ. */
  actor: words,
  /** Part of subject, region, address or detail. */
  query: words,
});
const pageQuery = filterQuery.extend({
  /** Id of a row: only older ones. */
  before: z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER).optional(),
  limit: z.coerce.number().int().min(1).max(MAX_PAGE).default(PAGE),
});

const verificationQuery = z.object({
  head: z
    .string()
    .regex(/^[0-9a-f]{64}$/i)
    .optional(),
});

export function auditRoutes(context: Context): Router {
  const needs = 'read-audit';
  context.api.add(
    { method: 'get', needs, path: '/api/audit', summary: 'The audit log of one’s region, newest first', query: pageQuery },
    { method: 'get', needs, path: '/api/audit/export', summary: 'The same as a file', query: filterQuery, answers: 'text/csv' },
    {
      method: 'get',
      needs,
      path: '/api/audit/head',
      summary: 'The newest seal of the chain; noted down elsewhere, it shows later that nothing up to it was cut off',
    },
    {
      method: 'get',
      needs,
      path: '/api/audit/verification',
      summary:
        'Proves the whole chain: places of rows that were changed, removed, put in or moved; with a head that was noted down, of a cut end',
      query: verificationQuery,
    },
  );
  const router = Router();
  router.get('/api/audit', async (request, response) => {
    const { before, limit, ...query } = pageQuery.parse(request.query);
    const filter = { ...filterOf(query, identityOf(request)), before: before ?? null, limit };
    const records: AuditRecord[] = await searchEntries(dbOf(context, request), filter);
    response.set('Cache-Control', 'no-store').json(records);
  });
  router.get('/api/audit/export', async (request, response) => {
    const identity = identityOf(request);
    const filter = filterOf(filterQuery.parse(request.query), identity);
    await inTransaction(context.database, identity, (db) => audit(db, identity, { action: 'export', subject: 'audit' }));
    const db = dbOf(context, request);
    const page = (before: number | null): Promise<AuditRecord[]> => searchEntries(db, { ...filter, before, limit: CSV_PAGE });
    response.set('Cache-Control', 'no-store').attachment('onegrid-audit.csv').type('text/csv; charset=utf-8');
    await pipeline(Readable.from(auditCsv(page, languageOf(request))), response);
  });
  router.get('/api/audit/head', async (request, response) => {
    const { position, digest }: AuditHead = await readHead(dbOf(context, request));
    response.set('Cache-Control', 'no-store').json({ position, digest });
  });
  router.get('/api/audit/verification', async (request, response) => {
    const { head } = verificationQuery.parse(request.query);
    const noted = head === undefined ? [] : [{ position: null, digest: head.toLowerCase() }];
    // The chain runs through the rows of all regions; of what is in them nothing is answered.
    response.set('Cache-Control', 'no-store').json(await verifyChain(scoped(context.database, SYSTEM), noted));
  });
  return router;
}

function filterOf(query: z.infer<typeof filterQuery>, { region }: Identity): Omit<AuditFilter, 'before' | 'limit'> {
  const { from, to, action = null, actor = null, query: text = null } = query;
  return { region, from: from ? instantOf(from, 0) : null, to: to ? instantOf(to, DAY_MILLISECONDS) : null, action, actor, query: text };
}

const isDay = (text: string): boolean => !text.includes('T');

/** `later` is added to a day, which begins at midnight in China. */
function instantOf(text: string, later: number): string {
  return isDay(text) ? new Date(Date.parse(`${text}T00:00:00+08:00`) + later).toISOString() : text;
}
