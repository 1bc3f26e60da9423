// Files → a zip whose bytes depend on nothing but the files. Inverse: read-zip.ts.
import { deflateSync } from 'fflate';
import { sm3 } from '../digest.ts';
import { crc32 } from './crc32.ts';
import { centralHeader, DEFLATED, type EntryHead, endRecord, localHeader, STORED } from './headers.ts';

/** Names of ASCII characters → bytes, in the order of the zip. */
export type NamedFiles = ReadonlyMap<string, Uint8Array>;

/** Digits of the comment of a sealed zip: SM3, hexadecimal. */
export const SEAL_LENGTH = 64;

/** Already packed: a second time gains nothing. */
const PACKED = /\.(zip|xlsx)$/;

/** A zip without comment. */
export function writeZip(files: NamedFiles): Uint8Array {
  return joined(zipParts(files, 0));
}

/** Its comment is the SM3 of all bytes before it, so that no byte can be changed, added or taken away unseen. */
export function writeSealedZip(files: NamedFiles): Uint8Array {
  const body = joined(zipParts(files, SEAL_LENGTH));
  return joined([body, new TextEncoder().encode(sm3(body))]);
}

function zipParts(files: NamedFiles, comment: number): Uint8Array[] {
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const [name, bytes] of files) {
    const packed = PACKED.test(name) ? bytes : deflateSync(bytes, { level: 9 });
    const method = PACKED.test(name) ? STORED : DEFLATED;
    const head: EntryHead = { name, method, crc: crc32(bytes), packed: packed.length, size: bytes.length, seal: sm3(packed), offset };
    const local = localHeader(head);
    parts.push(local, packed);
    directory.push(centralHeader(head));
    offset += local.length + packed.length;
  }
  const directoryBytes = directory.reduce((sum, { length }) => sum + length, 0);
  return [...parts, ...directory, endRecord(files.size, directoryBytes, offset, comment)];
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
