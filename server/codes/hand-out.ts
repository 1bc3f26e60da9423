// Handing out a range of numbers to the communities of a region.
import { reaches } from '../../core/accounts/reach.ts';
import type { CodeRange } from '../../core/api/messages.ts';
import { lastSequence } from '../../core/codes/sequence.ts';
import { audit } from '../audit/audit.ts';
import type { Database } from '../database/open.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Identity } from '../http/identity.ts';
import { ProblemError } from '../http/problem.ts';
import { versionsOf } from '../schemes/known-schemes.ts';
import { insertRange, readRanges } from './ranges-store.ts';

export type NewRange = Omit<CodeRange, 'id' | 'at' | 'actor'>;

/**
 * From now on the communities of the region give out numbers of their ranges only. Throws ProblemError: unknown-region (404) beyond the
 * reach, unknown-scheme (404), range-invalid (422) and range-overlaps (409); nothing is handed out then.
 */
export async function handOut(database: Database, by: Identity, range: NewRange): Promise<CodeRange> {
  const { scheme: id, region, first, last } = range;
  if (!reaches(by.region, region)) throw new ProblemError(404, 'unknown-region', { region });
  return inTransaction(database, by, async (db) => {
    const [scheme] = await versionsOf(db, id);
    if (!scheme) throw new ProblemError(404, 'unknown-scheme', { scheme: id });
    const limit = lastSequence(scheme);
    if (first > last || last > limit) throw new ProblemError(422, 'range-invalid', { limit });
    const overlapped = (await readRanges(db, id)).find((one) => one.region === region && one.first <= last && first <= one.last);
    if (overlapped) throw new ProblemError(409, 'range-overlaps', { first: overlapped.first, last: overlapped.last });
    await audit(db, by, { action: 'code-range', region, subject: `scheme/${id}`, detail: { first, last } });
    return insertRange(db, { ...range, actor: by.name });
  });
}
