// One entry of a zip unpacked, never to more bytes than it says it has.
import { inflateRawSync } from 'node:zlib';
import { crc32 } from './crc32.ts';
import { DEFLATED, STORED } from './headers.ts';
import type { ZipEntry } from './read-zip.ts';

/** null: it cannot be unpacked, or not to what its header says. */
export function unpacked(entry: ZipEntry): Uint8Array | null {
  const bytes = plain(entry);
  return bytes && bytes.length === entry.size && crc32(bytes) === entry.crc ? bytes : null;
}

function plain({ method, bytes, size }: ZipEntry): Uint8Array | null {
  if (method === STORED) return bytes;
  if (method !== DEFLATED) return null;
  try {
    return inflateRawSync(bytes, { maxOutputLength: Math.max(size, 1) });
  } catch {
    return null;
  }
}
