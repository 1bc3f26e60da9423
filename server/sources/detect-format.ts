// The format of a file by its content and, where several share the content, by its name.
import type { SourceFormat } from '../../core/api/import-messages.ts';
import { firstBytes, type SourceFile, unusable } from './source-file.ts';

/** Throws UnusableFile. */
export function detectFormat(file: SourceFile): SourceFormat {
  const head = firstBytes(file, 1024);
  if (head.length === 0) throw unusable('file-empty');
  if (/\.(geo)?json(\.gz)?$/i.test(file.name)) return 'geojson';
  throw unusable('file-format-unknown', { name: file.name });
}
