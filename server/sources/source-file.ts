// A file that somebody sent: its bytes, unpacked when gzip packed them, and never more of them than memory bears.
import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { UnusableFile, type UnusableReason } from '../../core/import/unusable-file.ts';

/** Largest content of a file that is read at once; JavaScript cannot hold a longer text. */
const MAX_CONTENT_BYTES = 512 * 1024 * 1024;

const MEGABYTE = 1024 * 1024;
const GZIP_MAGIC = [0x1f, 0x8b] as const;

export interface SourceFile {
  readonly path: string;
  /** As it was sent; the path may say nothing. */
  readonly name: string;
}

/** That the file cannot be used, and why: key of its sentence and what it names. */
export const unusable = (reason: UnusableReason, values: UnusableFile['values'] = {}): UnusableFile =>
  new UnusableFile('source', reason, values);

/** The first bytes, as many as there are. Throws UnusableFile. */
export function firstBytes({ path }: SourceFile, count: number): Buffer {
  try {
    const file = openSync(path, 'r');
    try {
      const bytes = Buffer.alloc(count);
      return bytes.subarray(0, readSync(file, bytes, 0, count, 0));
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw unreadable(error);
  }
}

/** All bytes, unpacked when gzip packed them. Throws UnusableFile. */
export function wholeFile({ path }: SourceFile): Buffer {
  try {
    if (statSync(path).size > MAX_CONTENT_BYTES) throw tooLarge();
    const bytes = readFileSync(path);
    return isGzip(bytes) ? gunzipSync(bytes, { maxOutputLength: MAX_CONTENT_BYTES }) : bytes;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge();
    throw unreadable(error);
  }
}

export const isGzip = (bytes: Uint8Array): boolean => bytes[0] === GZIP_MAGIC[0] && bytes[1] === GZIP_MAGIC[1];

const tooLarge = (): UnusableFile => unusable('file-too-large', { limit: MAX_CONTENT_BYTES / MEGABYTE });

function unreadable(error: unknown): UnusableFile {
  if (error instanceof UnusableFile) return error;
  return unusable('file-unreadable', { reason: error instanceof Error ? error.message : '' });
}
