// Reads the files of an import as they were chosen: rows with our fields, in degrees, and without personal columns.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { ImportKind, ImportReport, SourceChoice, SourceFormat } from '../../core/api/import-messages.ts';
import { rowsOf } from '../../core/import/fields/apply-choice.ts';
import type { RowCollection } from '../../core/import/read-features.ts';
import { UnusableFile } from '../../core/import/unusable-file.ts';
import type { ImportRowCollections } from '../../core/import/validate.ts';
import type { RawRows } from '../../core/sources/raw-source.ts';
import { readSource } from '../sources/open-source.ts';
import type { ToldRows } from './reader-findings.ts';
import type { SourceToRead } from './source-to-read.ts';

export interface ReadFile extends ToldRows {
  readonly kind: ImportKind;
  readonly settings: SourceChoice['settings'];
  readonly format: SourceFormat;
  /** Whom the rows have to be attributed to: as people say, else as the file does; null: nobody. */
  readonly attribution: string | null;
}

export interface ReadFiles {
  readonly files: readonly ReadFile[];
  readonly dropped: ImportReport['dropped'];
}

/** Of these there may be none: a county without railways has an empty file of them. */
const MAY_BE_EMPTY: readonly ImportKind[] = ['barriers', 'institutions'];

/** Throws UnusableFile that says of which kind the file is; a file that is there twice would count twice. `onShare`: how much is done, 0–1. */
export async function readFiles(sources: readonly SourceToRead[], onShare: (share: number) => void): Promise<ReadFiles> {
  const files: ReadFile[] = [];
  const dropped: ImportReport['dropped'] = [];
  const seen = new Set<string>();
  for (const [i, source] of sources.entries()) {
    const { name, choice } = source;
    const kind = choice.kind as ImportKind;
    const key = await contentKey(source);
    if (seen.has(key)) throw new UnusableFile(kind, 'file-twice', { name });
    seen.add(key);
    const raw = await readRaw(source, kind, (share) => onShare((i + share) / sources.length));
    if (raw) {
      const read = rowsOf(raw, choice, name);
      const attribution = choice.settings.attribution?.trim() || raw.attribution;
      files.push({ kind, settings: choice.settings, format: raw.format, attribution, rows: read.rows, told: raw.findings });
      dropped.push(...read.dropped);
    }
    onShare((i + 1) / sources.length);
  }
  return { files, dropped };
}

/** The same for the same content that is to be read in the same way. A file that is not there is for its reader to refuse. */
async function contentKey({ path, choice: { kind, layer, fields, settings } }: SourceToRead): Promise<string> {
  const digest = createHash('sha256');
  try {
    for await (const piece of createReadStream(path)) digest.update(piece as Buffer);
  } catch {
    digest.update(path);
  }
  return JSON.stringify([digest.digest('hex'), kind, layer, Object.entries(fields).sort(), settings]);
}

/** The rows of all files by what they are. */
export function rowsByKind(files: readonly ReadFile[]): ImportRowCollections {
  const rows: { [kind in ImportKind]?: RowCollection[] } = {};
  for (const file of files) rows[file.kind] = [...(rows[file.kind] ?? []), file.rows];
  return rows;
}

/** null: it is empty, and may be. */
async function readRaw({ path, name, choice }: SourceToRead, kind: ImportKind, onShare: (share: number) => void): Promise<RawRows | null> {
  try {
    return await readSource(path, name, choice, onShare);
  } catch (error) {
    if (!(error instanceof UnusableFile)) throw error;
    if (error.reason === 'file-empty' && MAY_BE_EMPTY.includes(kind)) return null;
    throw new UnusableFile(kind, error.reason, error.values);
  }
}
