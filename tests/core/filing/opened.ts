// A package opened, changed and closed again, as somebody who wants to cheat would do it.
import { sha256, sm3 } from '../../../core/filing/digest.ts';
import { MANIFEST_FILE, type Manifest } from '../../../core/filing/manifest.ts';
import { readSealedZip } from '../../../core/filing/zip/read-zip.ts';
import { unpacked } from '../../../core/filing/zip/unpack.ts';
import { SEAL_LENGTH, writeSealedZip } from '../../../core/filing/zip/write-zip.ts';

export type Files = Map<string, Uint8Array>;

export function opened(zip: Uint8Array): Files {
  return new Map(
    readSealedZip(zip).entries.map((entry) => {
      const bytes = unpacked(entry);
      if (!bytes) throw new Error(`${entry.name} cannot be unpacked`);
      return [entry.name, bytes];
    }),
  );
}

export const textOf = (files: Files, name: string): string => new TextDecoder().decode(files.get(name));
export const jsonOf = <T>(files: Files, name: string): T => JSON.parse(textOf(files, name)) as T;

export function putJson(files: Files, name: string, content: unknown): void {
  files.set(name, new TextEncoder().encode(JSON.stringify(content)));
}

/** Sealed anew, with every digest of the manifest made right. */
export function mended(files: Files): Uint8Array {
  const manifest = jsonOf<Manifest>(files, MANIFEST_FILE);
  const listed = manifest.files.map((one) => {
    const bytes = files.get(one.name) ?? new Uint8Array();
    return { name: one.name, bytes: bytes.length, sm3: sm3(bytes), sha256: sha256(bytes) };
  });
  putJson(files, MANIFEST_FILE, { ...manifest, files: listed });
  return writeSealedZip(files);
}

/** The same bytes with the right seal at their end: only the container can tell what was done to them. */
export function resealed(zip: Uint8Array): Uint8Array {
  const body = zip.subarray(0, zip.length - SEAL_LENGTH);
  return Buffer.concat([body, Buffer.from(sm3(body))]);
}
