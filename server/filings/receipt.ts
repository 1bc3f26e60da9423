// The receipt: what the province decided, for the city's own installation to follow.
import { z } from 'zod';
import type { FilingReceipt, FilingRecord } from '../../core/api/messages.ts';
import { sm3 } from '../../core/filing/digest.ts';
import { audit } from '../audit/audit.ts';
import type { Queryable } from '../database/queryable.ts';
import { inTransaction, scoped } from '../database/transaction.ts';
import type { Context } from '../http/context.ts';
import type { Identity } from '../http/identity.ts';
import { ProblemError } from '../http/problem.ts';
import { filingOf, followDecision, recordDecisions } from './decide.ts';
import { findFiling, lockFilingsOf, type PartDecision, readDecided } from './store.ts';

const digest = z.string().regex(/^[0-9a-f]{64}$/);
const line = z.string().max(200);

/** Body of POST /api/filings/receipts. */
export const receiptSchema = z.strictObject({
  format: z.literal(1),
  package: digest,
  city: z.string().regex(/^\d{2,6}$/),
  cityName: line,
  decidedAt: z.iso.datetime(),
  decidedBy: line,
  organ: line,
  parts: z
    .array(
      z.strictObject({
        plan: z.int().positive(),
        region: z.string().regex(/^\d{2,12}$/),
        regionName: line,
        decision: z.enum(['accepted', 'returned']),
        remarks: z.string().max(4_000),
        codes: z.int().nonnegative(),
      }),
    )
    .min(1)
    .refine((parts) => new Set(parts.map(({ plan }) => plan)).size === parts.length, 'a plan is decided once'),
  digest,
});

/** What was decided so far, by the last who decided. Throws ProblemError nothing-decided (409). */
export async function receiptOf(db: Queryable, { digest: packaged, city, cityName, id }: FilingRecord): Promise<FilingReceipt> {
  const decided = await readDecided(db, id);
  const last = decided.toSorted((a, b) => b.decidedAt.getTime() - a.decidedAt.getTime())[0];
  if (!last) throw new ProblemError(409, 'nothing-decided', { filing: id });
  const receipt = {
    format: 1 as const,
    package: packaged,
    city,
    cityName,
    decidedAt: last.decidedAt.toISOString(),
    decidedBy: last.decidedBy,
    organ: last.organ,
    parts: decided.map(({ plan, region, regionName, decision, remarks, codes }) => {
      return { plan, region, regionName, decision, remarks, codes: decision === 'accepted' ? codes : 0 };
    }),
  };
  return { ...receipt, digest: receiptDigest(receipt) };
}

/** SM3 over the fields in this order, whatever the order in the file. */
function receiptDigest(receipt: Omit<FilingReceipt, 'digest'>): string {
  const { format, package: packaged, city, cityName, decidedAt, decidedBy, organ, parts } = receipt;
  const fields = [format, packaged, city, cityName, decidedAt, decidedBy, organ];
  const rows = parts.map(({ plan, region, regionName, decision, remarks, codes }) => [plan, region, regionName, decision, remarks, codes]);
  return sm3(new TextEncoder().encode(JSON.stringify([...fields, rows])));
}

/**
 * The city follows what the province decided: accepted plans turn official, returned ones come back with the remarks. Parts that were
 * decided the same way before are passed over. Throws ProblemError: receipt-changed (422), unknown-receipt (404), receipt-differs, and why
 * a plan cannot follow (409); nothing is changed then.
 */
export async function takeReceipt(
  { database, events }: Pick<Context, 'database' | 'events'>,
  receipt: FilingReceipt,
  by: Identity,
): Promise<FilingRecord> {
  if (receiptDigest(receipt) !== receipt.digest) throw new ProblemError(422, 'receipt-changed');
  const sent = await findFiling(scoped(database, by), 'sent', receipt.package);
  if (!sent) throw new ProblemError(404, 'unknown-receipt', { digest: receipt.package });
  const taken = await inTransaction(database, by, async (db) => {
    await lockFilingsOf(db, receipt.package);
    const filing = await filingOf(db, 'sent', sent.id);
    const decisions = openDecisions(filing, receipt);
    const [first] = decisions;
    // Where the province has the package here, it decides here: a receipt that says more than it did is none of its.
    if (first && (await findFiling(db, 'received', receipt.package))) throw new ProblemError(409, 'receipt-differs', { plan: first.plan });
    for (const decision of ['accepted', 'returned'] as const) await follow(db, decisions, decision, by);
    if (decisions.length > 0) {
      await recordDecisions(db, filing, decisions);
      const detail = { digest: receipt.package, receipt: receipt.digest, plans: decisions.map(({ plan }) => plan).join(' ') };
      await audit(db, by, { action: 'receipt-taken', region: filing.city, subject: `filing/${filing.id}`, detail });
    }
    return { record: await filingOf(db, 'sent', sent.id), plans: decisions.map(({ plan }) => plan) };
  });
  for (const plan of taken.plans) events.publish(plan, { type: 'refresh', data: null });
  return taken.record;
}

/** What the receipt says of parts that are open here. */
function openDecisions({ parts }: FilingRecord, { parts: decided, decidedAt, decidedBy, organ }: FilingReceipt): PartDecision[] {
  return decided.flatMap(({ plan, region, decision, remarks }) => {
    const part = parts.find((one) => one.plan === plan && one.region === region);
    if (!part || (part.decision !== 'open' && part.decision !== decision)) throw new ProblemError(409, 'receipt-differs', { plan });
    return part.decision === 'open' ? [{ plan, decision, remarks, decidedAt, decidedBy, organ }] : [];
  });
}

/** Plan by plan, since each is returned with remarks of its own. */
async function follow(db: Queryable, decisions: readonly PartDecision[], decision: PartDecision['decision'], by: Identity): Promise<void> {
  const own = decisions.filter((one) => one.decision === decision).sort((a, b) => a.plan - b.plan);
  for (const { plan, remarks } of own) await followDecision(db, [plan], decision, remarks, by);
}
