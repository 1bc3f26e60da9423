// findings.csv: every row that was refused or mended, for the office that mends its file.
import { createReadStream, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify';
import type { ImportFinding } from '../../core/api/import-messages.ts';
import { fileNames, findingSentence, type ImportLanguage } from '../../core/import/texts.ts';

const HEADERS: Readonly<Record<ImportLanguage, readonly string[]>> = {
  zh: ['文件', '内容', '行号', '字段', '处理', '原值', '原因', '经度', '纬度'],
  en: ['file', 'content', 'row', 'field', 'verdict', 'value', 'reason', 'longitude', 'latitude'],
};
const VERDICTS = { refused: { zh: '拒绝', en: 'refused' }, mended: { zh: '已修正', en: 'mended' } } as const;

/** Findings in one piece of text; more would not fit into one string. */
const FINDINGS_PER_PIECE = 10_000;

/** Writes findings as the lines that `findingsCsv` reads. */
export function writeFindingLines(path: string, findings: readonly ImportFinding[]): void {
  writeFileSync(path, '');
  addFindingLines(path, findings);
}

export function addFindingLines(path: string, findings: readonly ImportFinding[]): void {
  for (let start = 0; start < findings.length; start += FINDINGS_PER_PIECE) {
    const piece = findings.slice(start, start + FINDINGS_PER_PIECE);
    writeFileSync(path, piece.map((finding) => `${JSON.stringify(finding)}\n`).join(''), { flag: 'a' });
  }
}

/** UTF-8 with a byte order mark, so that Excel reads it; a cell that a spreadsheet would take for a formula begins with an apostrophe. */
export function findingsCsv(path: string, language: ImportLanguage): Readable {
  const csv = stringify({ bom: true, escape_formulas: true, record_delimiter: 'windows' });
  csv.write(HEADERS[language]);
  const rows = Readable.from(rowsOf(path, language));
  rows.on('error', (error) => csv.destroy(error));
  return rows.pipe(csv);
}

async function* rowsOf(path: string, language: ImportLanguage): AsyncGenerator<(string | number)[]> {
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })) {
    yield rowOf(JSON.parse(line) as ImportFinding, language);
  }
}

function rowOf(finding: ImportFinding, language: ImportLanguage): (string | number)[] {
  const { source, file, feature, field, verdict, values, coordinate } = finding;
  const value = values.value ?? (field === null ? undefined : values[field]) ?? '';
  const [longitude = '', latitude = ''] = coordinate ?? [];
  const reason = findingSentence(finding, language);
  return [source, fileNames[file][language], feature, field ?? '', VERDICTS[verdict][language], String(value), reason, longitude, latitude];
}
