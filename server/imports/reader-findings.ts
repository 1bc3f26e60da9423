// What the reader of a file mended or left out joins the findings of the judges.
import type { ImportKind } from '../../core/api/import-messages.ts';
import type { Findings } from '../../core/import/findings.ts';
import type { RowCollection } from '../../core/import/read-features.ts';
import type { RawFinding } from '../../core/sources/raw-source.ts';

/** The rows of one file and what its reader said of them. */
export interface ToldRows {
  readonly rows: RowCollection;
  readonly told: readonly RawFinding[];
}

/** To be called once, after all files of the kind were judged, with those files in the same order. Rows that were left out count, too. */
export function tellReaderFindings(findings: Findings, kind: ImportKind, files: readonly ToldRows[]): void {
  let before = 0;
  const leftOut: { source: string; told: RawFinding[] }[] = [];
  for (const { rows, told } of files) {
    const { source, features, numbers } = rows;
    const position = told.length === 0 ? new Map() : new Map(features.map((_, i) => [numbers?.[i] ?? i + 1, i]));
    for (const finding of told) {
      const at = position.get(finding.row);
      if (at !== undefined) tell(findings, kind, finding, before + at + 1);
    }
    leftOut.push({ source, told: told.filter(({ row }) => !position.has(row)) });
    before += features.length;
  }
  for (const { source, told } of leftOut) {
    const numbers = [...new Set(told.map(({ row }) => row))];
    const first = findings.begin(kind, { source, count: numbers.length, numbers });
    for (const finding of told) tell(findings, kind, finding, first + numbers.indexOf(finding.row) + 1);
  }
}

function tell(findings: Findings, kind: ImportKind, { verdict, message, values }: RawFinding, feature: number): void {
  if (verdict === 'mended') findings.mend(kind, message, { feature, values });
  else findings.refuse(kind, message, { feature, values });
}
