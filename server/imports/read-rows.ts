// Reads the files of an import as they were chosen: rows by what they are, with our fields, in degrees, and without personal columns.
import type { ImportKind, ImportReport } from '../../core/api/import-messages.ts';
import { rowsOf } from '../../core/import/fields/apply-choice.ts';
import type { RowCollection } from '../../core/import/read-features.ts';
import { UnusableFile } from '../../core/import/unusable-file.ts';
import type { ImportRowCollections } from '../../core/import/validate.ts';
import { readSource } from '../sources/open-source.ts';
import type { SourceToRead } from './source-to-read.ts';

export interface ReadRows {
  readonly rows: ImportRowCollections;
  readonly dropped: ImportReport['dropped'];
}

/** Throws UnusableFile that says of which kind the file is. `onShare`: how much is done, 0–1. */
export async function readRows(sources: readonly SourceToRead[], onShare: (share: number) => void): Promise<ReadRows> {
  const rows: { [kind in ImportKind]?: RowCollection[] } = {};
  const dropped: ImportReport['dropped'] = [];
  for (const [i, { path, name, choice }] of sources.entries()) {
    const kind = choice.kind as ImportKind;
    const raw = await readSource(path, name, choice, (share) => onShare((i + share) / sources.length)).catch((error: unknown) => {
      throw error instanceof UnusableFile ? new UnusableFile(kind, error.reason, error.values) : error;
    });
    const read = rowsOf(raw, choice, name);
    rows[kind] = [...(rows[kind] ?? []), read.rows];
    dropped.push(...read.dropped);
    onShare((i + 1) / sources.length);
  }
  return { rows, dropped };
}
