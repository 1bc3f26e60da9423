// onegrid audit: proves the chain of the audit log, and writes the log into a file.
import { Command } from 'commander';
import type { AuditFinding, NotedHead } from '../audit/verify.ts';
import { EXIT_ERRORS, UnusableInput } from './exit.ts';
import { LANGUAGE } from './language.ts';
import { refuseUnwritable, writeOut } from './out-file.ts';
import { dataDirOption, type SettingOptions, settingsOf } from './settings.ts';
import { say } from './texts.ts';

export function auditCommand(): Command {
  return new Command('audit')
    .description('prove the audit log, or write it into a file')
    .addCommand(verifyCommand())
    .addCommand(exportCommand());
}

function verifyCommand(): Command {
  return new Command('verify')
    .exitOverride()
    .description('find every row of the audit log that was changed, removed, inserted or put in another order')
    .option('--head <digest>', 'digest of a seal that was noted down elsewhere: it has to be in the chain')
    .addOption(dataDirOption())
    .addHelpText('after', LIMITS)
    .action(verify);
}

const LIMITS = `
What the chain shows by itself: any change, removal, insertion or exchange of rows and seals before its end.
What it cannot show by itself:
  - that its newest rows were cut off together with their seals, or that the whole log was written anew by somebody who governs the
    database: for that its head has to be known from elsewhere. Note down the head now and then (GET /api/audit/head, or "head" in what
    this command prints) where the administrators of this machine cannot reach it, and give it with --head. Filing packages carry it,
    and the embedded database keeps it in audit-head.json beside the data, which only helps against somebody who cannot write there.
  - that a row told the truth when it was written, or what somebody did past OneGrid.
  - anything about rows that are not sealed yet ("unsealed"): they are sealed within seconds while the server runs.
Nothing in OneGrid removes rows, however old. The embedded database has to be stopped first; a database server need not.
Exit codes: 0 whole, 1 something was found, 2 it could not be looked at.
`;

const DIGEST = /^[0-9a-f]{64}$/i;

async function verify(options: SettingOptions & { readonly head?: string }): Promise<void> {
  const { head } = options;
  if (head !== undefined && !DIGEST.test(head)) throw new UnusableInput(say('audit-head-form'));
  // Loaded when needed: help and wrong options answer at once.
  const [{ openDatabase }, { scoped, SYSTEM }, { verifyChain }, { headFileOf, readNotedHead }] = await Promise.all([
    import('../database/open.ts'),
    import('../database/transaction.ts'),
    import('../audit/verify.ts'),
    import('../audit/head-file.ts'),
  ]);
  const settings = settingsOf(options);
  const database = await openDatabase(settings);
  try {
    const path = headFileOf(settings);
    const filed = path === null ? null : await readNotedHead(path);
    const given: NotedHead[] = head === undefined ? [] : [{ position: null, digest: head.toLowerCase() }];
    const verification = await verifyChain(scoped(database, SYSTEM), filed === null || filed === 'unreadable' ? given : [...given, filed]);
    const unreadable: AuditFinding[] = filed === 'unreadable' ? [{ kind: 'head-unreadable', position: null, entry: null }] : [];
    const findings = [...verification.findings, ...unreadable];
    process.stdout.write(`${JSON.stringify({ ...verification, findings })}\n`);
    for (const { kind, position, entry } of findings.slice(0, SHOWN)) {
      process.stderr.write(`${say(`audit-${kind}`, { position: position ?? '–', entry: entry ?? '–' })}\n`);
    }
    if (findings.length > SHOWN) process.stderr.write(`${say('more-findings', { count: findings.length - SHOWN })}\n`);
    if (findings.length > 0) process.exitCode = EXIT_ERRORS;
    else process.stderr.write(`${say('audit-whole', { sealed: verification.sealed })}\n`);
  } finally {
    await database.close();
  }
}

/** Findings that are said in words; all of them are in the JSON. */
const SHOWN = 20;

function exportCommand(): Command {
  return new Command('export')
    .exitOverride()
    .description('write the audit log as CSV, newest first')
    .requiredOption('--out <file>', 'file to write')
    .addOption(dataDirOption())
    .action(exportLog);
}

async function exportLog(options: SettingOptions & { readonly out: string }): Promise<void> {
  const { out } = options;
  await refuseUnwritable(out);
  const [{ openDatabase }, { inTransaction, scoped, SYSTEM }, { audit }, { auditCsv, CSV_PAGE }, { searchEntries }, { systemIdentity }] =
    await Promise.all([
      import('../database/open.ts'),
      import('../database/transaction.ts'),
      import('../audit/audit.ts'),
      import('../audit/csv.ts'),
      import('../audit/store.ts'),
      import('../http/identity.ts'),
    ]);
  const database = await openDatabase(settingsOf(options));
  try {
    await inTransaction(database, SYSTEM, (db) => audit(db, systemIdentity('onegrid audit'), { action: 'export', subject: 'audit' }));
    const db = scoped(database, SYSTEM);
    let rows = 0;
    const page = async (before: number | null) => {
      const found = await searchEntries(db, { ...EVERYTHING, before, limit: CSV_PAGE });
      rows += found.length;
      return found;
    };
    const parts: string[] = [];
    for await (const part of auditCsv(page, LANGUAGE)) parts.push(part);
    await writeOut(out, parts.join(''));
    process.stdout.write(`${JSON.stringify({ file: out, rows })}\n`);
  } finally {
    await database.close();
  }
}

const EVERYTHING = { region: '*', from: null, to: null, action: null, actor: null, query: null };
