// What an import found in the files, as sentences on standard error.
import type { ImportFinding, ImportReport } from '../../core/api/import-messages.ts';
import { findingSentence } from '../../core/import/texts.ts';
import { type FilePaths, fileLabel } from './files.ts';
import { LANGUAGE } from './language.ts';
import { say } from './texts.ts';

/** Findings that are written; refused ones first. */
const SHOWN_FINDINGS = 20;

export function writeFindings(all: readonly ImportFinding[], paths: FilePaths): void {
  const findings = all.toSorted((a, b) => Number(b.verdict === 'refused') - Number(a.verdict === 'refused'));
  for (const finding of findings.slice(0, SHOWN_FINDINGS)) {
    const values = {
      verdict: say(finding.verdict),
      file: fileLabel(finding.file, finding.source === '' ? paths : { [finding.file]: finding.source }),
      feature: finding.feature,
      field: finding.field === null ? '' : ` (${finding.field})`,
      sentence: findingSentence(finding, LANGUAGE),
      place: finding.coordinate === null ? '' : ` [${finding.coordinate.join(', ')}]`,
    };
    process.stderr.write(`${say('finding', values)}\n`);
  }
  if (findings.length > SHOWN_FINDINGS) process.stderr.write(`${say('more-findings', { count: findings.length - SHOWN_FINDINGS })}\n`);
}

/** Nobody should wonder where the names went. */
export function writeDropped(dropped: ImportReport['dropped']): void {
  if (dropped.length === 0) return;
  process.stderr.write(`${say('dropped', { columns: dropped.map(({ source, field }) => `${field} (${source})`).join(', ') })}\n`);
}
