// Issuing codes: every living grid without one gets the next numbers of its community, in reading order; nothing is ever renumbered.
import type { CodesAnswer } from '../../core/api/messages.ts';
import { commonRegion } from '../../core/audit/common-region.ts';
import { type NumberedCode, Numbering } from '../../core/codes/numbering.ts';
import { orderingPoint, readingOrder } from '../../core/codes/order.ts';
import type { Scheme } from '../../core/codes/scheme.ts';
import { CodeError, type CodeFailure, schemeOf } from '../../core/codes/schemes.ts';
import { audit } from '../audit/audit.ts';
import type { Queryable } from '../database/queryable.ts';
import { inTransaction } from '../database/transaction.ts';
import { wkbToMultiPolygon } from '../database/wkb.ts';
import type { Identity } from '../http/identity.ts';
import { ProblemError } from '../http/problem.ts';
import type { ProblemCode } from '../http/sentences.ts';
import type { EditingContext } from '../operations/perform.ts';
import {
  countErrors,
  insertCodes,
  lockNumbers,
  lockPlan,
  type NewCode,
  readLastSequences,
  readUncoded,
  type UncodedGrid,
} from './store.ts';

const PROBLEMS: Readonly<Record<CodeFailure, ProblemCode>> = {
  'sequence-exhausted': 'codes-exhausted',
  'sequence-reserved': 'code-reserved',
  'community-code': 'code-without-community',
  'sequence-invalid': 'code-number-invalid',
  'cell-invalid': 'code-number-invalid',
};

/**
 * Issues provisional codes for a plan, or one community of it. Throws ProblemError: unknown-plan (404), plan-frozen (409),
 * plan-has-errors (409), and why a code cannot be made (409); nothing is issued then.
 */
export async function issueCodes(
  context: Pick<EditingContext, 'database' | 'events'>,
  plan: number,
  by: Identity,
  community?: string,
): Promise<CodesAnswer> {
  const issued = await inTransaction(context.database, by, async (db) => {
    const codes = await issue(db, plan, by.name, community);
    const region = commonRegion(codes.map((code) => code.community));
    if (codes.length > 0) await audit(db, by, { action: 'codes-issued', region, subject: `plan/${plan}`, detail: { codes: codes.length } });
    return codes;
  });
  if (issued.length > 0)
    context.events.publish(plan, { type: 'codes', data: { communities: [...new Set(issued.map((code) => code.community))] } });
  return { issued: issued.map(({ code, community: where, grid }) => ({ code, community: where, grid })), total: issued.length };
}

async function issue(db: Queryable, plan: number, actor: string, community?: string): Promise<NewCode[]> {
  const locked = await lockPlan(db, plan);
  const scheme = locked && schemeOf(locked.scheme);
  if (!locked || !scheme) throw new ProblemError(404, 'unknown-plan', { plan });
  if (!locked.editable) throw new ProblemError(409, 'plan-frozen', { plan });
  const errors = await countErrors(db, plan, community);
  if (errors > 0) throw new ProblemError(409, 'plan-has-errors', { errors });
  const waiting = await readUncoded(db, plan, community);
  if (waiting.length === 0) return [];
  const communities = [...new Set(waiting.map((grid) => grid.community))].sort();
  await lockNumbers(db, communities);
  const last = await readLastSequences(db, scheme.id, communities);
  const codes = communities.flatMap((code) =>
    numbered(
      scheme,
      waiting.filter((grid) => grid.community === code),
      last.get(code) ?? 0,
    ),
  );
  await insertCodes(db, scheme.id, actor, codes);
  return codes;
}

/** Codes of one community's grids, after the last number given out there. */
function numbered(scheme: Scheme, grids: readonly UncodedGrid[], last: number): NewCode[] {
  const byId = new Map(grids.map((grid) => [grid.id, grid]));
  const order = readingOrder(
    scheme,
    grids.map((grid) => ({ id: grid.id, point: orderingPoint(wkbToMultiPolygon(grid.outline)) })),
  );
  const taken = Array.from({ length: last }, (_, i) => i + 1);
  const numbering = new Numbering(scheme, grids[0]?.community ?? '', taken);
  return order.map((id) => {
    const { community, kind } = byId.get(id) as UncodedGrid;
    return { ...nextCode(numbering, community, kind), community, grid: id };
  });
}

function nextCode(numbering: Numbering, community: string, kind: UncodedGrid['kind']): NumberedCode {
  try {
    return numbering.next(kind);
  } catch (error) {
    if (error instanceof CodeError) throw new ProblemError(409, PROBLEMS[error.code], { community });
    throw error;
  }
}
