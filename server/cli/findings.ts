// What an import found in the files, as sentences on standard error.
import type { ImportFinding } from '../../core/api/messages.ts';
import { fileNames, findingSentence } from '../../core/import/texts.ts';

/** Findings that are written; refused ones first. */
const SHOWN_FINDINGS = 20;

export function writeFindings(all: readonly ImportFinding[]): void {
  const findings = all.toSorted((a, b) => Number(b.verdict === 'refused') - Number(a.verdict === 'refused'));
  for (const finding of findings.slice(0, SHOWN_FINDINGS)) {
    const field = finding.field === null ? '' : ` (${finding.field})`;
    const place = finding.coordinate === null ? '' : ` [${finding.coordinate.join(', ')}]`;
    process.stderr.write(
      `${finding.verdict}: ${fileNames[finding.file].en}, feature ${finding.feature}${field}: ${findingSentence(finding, 'en')}${place}\n`,
    );
  }
  if (findings.length > SHOWN_FINDINGS) process.stderr.write(`… and ${findings.length - SHOWN_FINDINGS} more\n`);
}
