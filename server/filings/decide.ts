// What the province decides about a package, part by part, and what follows from it here.
import type { EndedCode } from '../../core/adjustment/keep-codes.ts';
import type { FilingRecord } from '../../core/api/messages.ts';
import { audit } from '../audit/audit.ts';
import { registerForeign } from '../codes/foreign.ts';
import type { Queryable } from '../database/queryable.ts';
import { inTransaction, scoped } from '../database/transaction.ts';
import type { Context } from '../http/context.ts';
import type { Identity } from '../http/identity.ts';
import { ProblemError } from '../http/problem.ts';
import { markOfficial, returnFromFiling } from '../lifecycle/filing-steps.ts';
import { inFilingThread } from './filing-threads.ts';
import type { PackageGist } from './gist.ts';
import {
  type Direction,
  findFiling,
  lockFilingsOf,
  type PartDecision,
  readContent,
  readFiling,
  writeDecisions,
  writeState,
} from './store.ts';

type Part = FilingRecord['parts'][number];

export interface Decision {
  readonly decision: 'accept' | 'return';
  /** Numbers of the plans; not given: all that are open. */
  readonly plans?: readonly number[] | undefined;
  readonly remarks: string;
}

/** The filing that somebody asks for. Throws ProblemError unknown-filing (404). */
export async function filingOf(db: Queryable, direction: Direction, id: number): Promise<FilingRecord> {
  const filing = await readFiling(db, direction, id);
  if (!filing) throw new ProblemError(404, 'unknown-filing', { filing: id });
  return filing;
}

/**
 * Accepts or returns parts of a received package: all or nothing, each part once. Throws ProblemError: unknown-filing, part-not-in-filing
 * (404), filing-has-errors, part-decided, and why codes or plans cannot turn official (409), remarks-needed (422).
 */
export async function decideFiling(
  { database, events, clock }: Pick<Context, 'database' | 'events' | 'clock'>,
  id: number,
  asked: Decision,
  by: Identity,
): Promise<FilingRecord> {
  const db = scoped(database, by);
  const before = await filingOf(db, 'received', id);
  if (asked.decision === 'accept' && hasErrors(before)) throw new ProblemError(409, 'filing-has-errors', { filing: id });
  if (asked.decision === 'return' && asked.remarks === '') throw new ProblemError(422, 'remarks-needed');
  const own = await findFiling(db, 'sent', before.digest);
  const gist = own || asked.decision === 'return' ? null : await inFilingThread('gist', { bytes: await readContent(db, id) });
  const decidedAt = clock().toISOString();
  const { record, parts } = await inTransaction(database, by, async (transaction) => {
    await lockFilingsOf(transaction, before.digest);
    const current = await filingOf(transaction, 'received', id);
    const chosen = chosenParts(current, asked.plans);
    const plans = chosen.map(({ plan }) => plan);
    const decision = asked.decision === 'accept' ? 'accepted' : 'returned';
    if (gist) await registerParts(transaction, gist, plans, by);
    if (own) await followDecision(transaction, plans, decision, asked.remarks, by);
    const decisions = plans.map(
      (plan) => ({ plan, decision, remarks: asked.remarks, decidedAt, decidedBy: by.name, organ: by.organ }) as const,
    );
    for (const row of own ? [current, own] : [current]) await recordDecisions(transaction, row, decisions);
    const detail = { digest: current.digest, plans: plans.join(' ') };
    await audit(transaction, by, { action: asked.decision, region: current.city, subject: `filing/${id}`, detail });
    return { record: await filingOf(transaction, 'received', id), parts: chosen };
  });
  if (own) for (const { plan } of parts) events.publish(plan, { type: 'refresh', data: null });
  return record;
}

const hasErrors = ({ findings }: FilingRecord): boolean => findings.some(({ severity }) => severity === 'error');

function chosenParts({ id, parts }: FilingRecord, plans: readonly number[] | undefined): Part[] {
  const wanted = plans ?? parts.filter(({ decision }) => decision === 'open').map(({ plan }) => plan);
  if (wanted.length === 0) throw new ProblemError(409, 'part-decided', { plan: '' });
  return [...new Set(wanted)].map((plan) => {
    const part = parts.find((one) => one.plan === plan);
    if (!part) throw new ProblemError(404, 'part-not-in-filing', { filing: id, plan });
    if (part.decision !== 'open') throw new ProblemError(409, 'part-decided', { plan });
    return part;
  });
}

/** Where the plans themselves are here. */
export async function followDecision(
  db: Queryable,
  plans: readonly number[],
  decision: PartDecision['decision'],
  remarks: string,
  by: Identity,
): Promise<void> {
  if (decision === 'accepted') return markOfficial(db, plans, by);
  for (const plan of [...plans].sort((a, b) => a - b)) await returnFromFiling(db, plan, by, remarks);
}

/** Where only the package is here: its codes are entered in the books as official, and what it ends is retired. */
async function registerParts(
  db: Queryable,
  { scheme, grids, changes }: PackageGist,
  plans: readonly number[],
  by: Identity,
): Promise<void> {
  const chosen = new Set(plans);
  const codes = grids.filter(({ plan }) => chosen.has(plan));
  const borne = new Set(codes.map(({ code }) => code));
  const ended = new Map<string, EndedCode>();
  for (const { plan, from, to, kind } of changes) {
    if (!chosen.has(plan) || from === null || borne.has(from)) continue;
    const successors = [...(ended.get(from)?.successors ?? []), ...(to === null ? [] : [to])];
    const lineage = kind === 'new' || kind === 'end' ? 'redraw' : kind;
    ended.set(from, { code: from, successors, kind: lineage, ending: successors.length > 0 ? '' : 'abolished' });
  }
  await registerForeign(db, scheme, codes, [...ended.values()], by.name);
}

/** Writes what was decided about open parts, and the state of the filing that follows. */
export async function recordDecisions(db: Queryable, filing: FilingRecord, decisions: readonly PartDecision[]): Promise<void> {
  await writeDecisions(db, filing.id, decisions);
  const { state, parts } = await filingOf(db, filing.direction, filing.id);
  await writeState(db, filing.id, stateOf(state, parts));
}

/** What was only returned in part, so far, stands where it stood. */
function stateOf(former: FilingRecord['state'], parts: readonly Part[]): FilingRecord['state'] {
  if (parts.every(({ decision }) => decision === 'accepted')) return 'accepted';
  if (parts.every(({ decision }) => decision === 'returned')) return 'returned';
  return parts.some(({ decision }) => decision === 'accepted') ? 'partly-accepted' : former;
}
