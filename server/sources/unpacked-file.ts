// A file as a reader takes it: offices pack whatever they send, so the only file of a zip is unpacked first.
import { basename, join } from 'node:path';
import type { SourceFormat } from '../../core/api/import-messages.ts';
import { detectFormat } from './detect-format.ts';
import { unpackInto, withZip, type ZipEntry } from './safe-zip.ts';
import { type SourceFile, unusable } from './source-file.ts';
import { inWorkFolder } from './work-folder.ts';

const LIST = /\.((geo)?jsonl?|geojsons|csv|tsv|xlsx?|gpkg|kml|fgb|dxf|osm|pbf)$/i;
/** Lists as well as notes: meant only where nothing else is. */
const PERHAPS_LIST = /\.txt$/i;
/** Notes, what an open Office leaves beside its file, and what is hidden. */
const ASIDE = /^(~\$|\.)|(read ?me|说明).*\.txt$/i;
/** Files that a sentence names. */
const NAMED_FILES = 5;
/** The name that it has in the zip may be none here. */
const UNPACKED = 'unpacked';

/** Gives `work` the file, or the only one in its zip under the name that it has there. Throws UnusableFile. */
export async function withUnpacked<Answer>(
  file: SourceFile,
  work: (file: SourceFile, format: SourceFormat) => Promise<Answer>,
): Promise<Answer> {
  const format = await detectFormat(file);
  if (format !== null) return work(file, format);
  return inWorkFolder(async (folder) => {
    const only = await withZip(file, async (entries) => {
      const entry = onlyList(entries, file.name);
      await unpackInto(folder, { ...entry, name: UNPACKED });
      return { path: join(folder, UNPACKED), name: basename(entry.name) };
    });
    const packed = await detectFormat(only);
    if (packed === null) throw unusable('zip-nested', { entry: only.name });
    return work(only, packed);
  });
}

function onlyList(entries: readonly ZipEntry[], zip: string): ZipEntry {
  const files = entries.filter(({ name }) => !ASIDE.test(basename(name)));
  const sure = files.filter(({ name }) => LIST.test(name));
  const lists = sure.length > 0 ? sure : files.filter(({ name }) => PERHAPS_LIST.test(name));
  const [only, ...others] = lists;
  if (!only) throw unusable('file-format-unknown', { name: zip });
  if (others.length === 0) return only;
  const names = lists.slice(0, NAMED_FILES).map(({ name }) => basename(name).slice(0, 100));
  throw unusable('zip-several', { count: lists.length, entries: `${names.join(', ')}${lists.length > NAMED_FILES ? ' …' : ''}` });
}
