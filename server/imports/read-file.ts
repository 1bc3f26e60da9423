// Reads a file of an import, gzip or plain, whatever its name says.
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { FeatureFile } from '../../core/import/findings.ts';
import { UnusableFile } from '../../core/import/unusable-file.ts';

/** Largest GeoJSON text; JavaScript cannot hold a longer one. */
export const MAX_TEXT_BYTES = 512 * 1024 * 1024;

const GZIP_MAGIC = [0x1f, 0x8b] as const;

/** Throws UnusableFile. */
export function readImportFile(file: FeatureFile, path: string): Uint8Array {
  try {
    const bytes = readFileSync(path);
    const packed = bytes[0] === GZIP_MAGIC[0] && bytes[1] === GZIP_MAGIC[1];
    return packed ? gunzipSync(bytes, { maxOutputLength: MAX_TEXT_BYTES }) : bytes;
  } catch (error) {
    throw new UnusableFile(file, 'file-unreadable', { reason: error instanceof Error ? error.message : '' });
  }
}
