// A province receives a package: verified completely, then kept with what was found, refused or not.
import { reaches } from '../../core/accounts/reach.ts';
import type { FilingRecord, PackageFinding } from '../../core/api/messages.ts';
import type { CodeLookup } from '../../core/filing/verification.ts';
import { audit } from '../audit/audit.ts';
import type { Database } from '../database/open.ts';
import { inTransaction, scoped } from '../database/transaction.ts';
import type { Identity } from '../http/identity.ts';
import { againstKnown, cityFinding } from './against-known.ts';
import { inFilingThread } from './filing-threads.ts';
import type { VerifiedPackage } from './filing-worker.ts';
import { readRegisteredCodes } from './known-store.ts';
import { findFiling, insertFiling, type NewFiling } from './store.ts';
import type { UploadedPackage } from './upload.ts';

/** `known`: the same package was received before, and this is what came of it. */
export interface Received {
  readonly record: FilingRecord;
  readonly known: boolean;
}

export async function receiveFiling(
  database: Database,
  { path, digest }: Pick<UploadedPackage, 'path' | 'digest'>,
  by: Identity,
): Promise<Received> {
  const db = scoped(database, by);
  const before = await findFiling(db, 'received', digest);
  if (before) return { record: before, known: true };
  const lookup: CodeLookup = (codes) => readRegisteredCodes(db, codes);
  const verified = await inFilingThread('verify', { path }, lookup);
  const filing = newFiling(verified, await allFindings(database, verified, by), verified.bytes, by);
  const inserted = await inTransaction(database, by, async (transaction) => {
    const id = await insertFiling(transaction, filing);
    if (id === null) return false;
    const errors = filing.findings.filter(({ severity }) => severity === 'error').length;
    await audit(transaction, by, {
      action: filing.state === 'refused' ? 'filing-refused' : 'filing-received',
      region: filing.city,
      subject: `filing/${id}`,
      detail: { digest, errors },
    });
    return true;
  });
  // Somebody else may have sent the same package at the same time.
  return { record: (await findFiling(db, 'received', digest)) as FilingRecord, known: !inserted };
}

async function allFindings(
  database: Database,
  { manifest, gist, digest, findings }: VerifiedPackage,
  by: Identity,
): Promise<PackageFinding[]> {
  if (!manifest || !gist) return [...findings];
  const foreign = cityFinding(manifest, by);
  if (foreign) return [foreign, ...findings];
  const own = (await findFiling(scoped(database, by), 'sent', digest)) !== null;
  const sound = !findings.some(({ severity }) => severity === 'error');
  const known = sound ? await againstKnown(database, by, { manifest, gist, own }) : [];
  return [...known, ...findings].sort((a, b) => RANK[a.severity] - RANK[b.severity]);
}

const RANK: Readonly<Record<PackageFinding['severity'], number>> = { error: 0, warning: 1, note: 2 };

/** What is not believed names no city, and belongs with what comes from beyond the reach to whoever received it. */
function newFiling(
  { digest, manifest, gist }: VerifiedPackage,
  findings: readonly PackageFinding[],
  content: Uint8Array,
  by: Identity,
): NewFiling {
  const believed = gist ? manifest : null;
  const city = believed && reaches(by.region, believed.city.code) ? believed.city.code : by.region;
  const refused = findings.some(({ severity }) => severity === 'error');
  return {
    direction: 'received',
    digest,
    city,
    state: refused ? 'refused' : 'received',
    manifest: believed,
    findings,
    content,
    actor: by.name,
  };
}
