// Zips that strangers sent: every entry is judged before the first is unpacked, and none gives more bytes than it says.
import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32 } from 'node:zlib';
import { type Entry, openPromise, validateFileName } from 'yauzl';
import { UnusableFile } from '../../core/import/unusable-file.ts';
import { decodeBytes, isUtf8 } from '../../core/sources/text-encoding.ts';
import { type SourceFile, unusable } from './source-file.ts';

/** A File Geodatabase has some hundred files. */
const MAX_ENTRIES = 10_000;
const MEGABYTE = 1024 * 1024;
/** Of all entries together. */
const MAX_UNPACKED_BYTES = 2_048 * MEGABYTE;
/** Tables of blanks are packed a hundredfold; what is large and packed beyond this is made to harm. */
const MAX_RATIO = 500;
const RATIO_MATTERS_BYTES = 64 * MEGABYTE;

const UTF8_FLAG = 0x800;
const MADE_ON_UNIX = 3;
const FILE_TYPE = 0o170000;
const SYMBOLIC_LINK = 0o120000;
const ZIP_NAME = /\.(zip|kmz|rar|7z|tar|tgz|gz)$/i;
/** What macOS adds to every zip. */
const FORKS = /(^|\/)(__MACOSX\/|\._|\.DS_Store$)/;

export interface ZipEntry {
  /** Path in the zip, parted by `/`; folders are no entries. */
  readonly name: string;
  readonly size: number;
  /** Its content; fails when it is not as long as it says or its check sum differs. */
  readonly open: () => Promise<Readable>;
}

/** Gives the judged entries to `work`. Throws UnusableFile. */
export async function withZip<Answer>({ path }: SourceFile, work: (entries: readonly ZipEntry[]) => Promise<Answer>): Promise<Answer> {
  const zip = await openPromise(path, { autoClose: false, lazyEntries: true, decodeStrings: false }).catch((error: Error) => {
    throw unusable('file-broken', { reason: error.message });
  });
  try {
    if (zip.entryCount > MAX_ENTRIES) throw unusable('zip-too-many', { limit: MAX_ENTRIES });
    const entries: ZipEntry[] = [];
    let bytes = 0;
    for await (const entry of zip.eachEntry()) {
      const name = nameOf(entry);
      judge(entry, name);
      bytes += entry.uncompressedSize;
      if (bytes > MAX_UNPACKED_BYTES) throw unusable('file-too-large', { limit: MAX_UNPACKED_BYTES / MEGABYTE });
      if (name.endsWith('/') || FORKS.test(name)) continue;
      entries.push({ name, size: entry.uncompressedSize, open: async () => checked(await zip.openReadStreamPromise(entry), entry, name) });
    }
    return await work(entries);
  } catch (error) {
    if (error instanceof UnusableFile) throw error;
    throw unusable('file-broken', { reason: error instanceof Error ? error.message.slice(0, 200) : '' });
  } finally {
    zip.close();
  }
}

/** Writes an entry into a folder under the path that it has in the zip; answers where it is. */
export async function unpackInto(folder: string, entry: ZipEntry): Promise<string> {
  const path = join(folder, entry.name);
  mkdirSync(dirname(path), { recursive: true });
  await pipeline(await entry.open(), createWriteStream(path));
  return path;
}

/** All bytes of an entry that is known to be small. */
export async function entryBytes(entry: ZipEntry): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of await entry.open()) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Windows writes names in the code page of the machine. */
function nameOf({ fileNameRaw, generalPurposeBitFlag }: Entry): string {
  const utf8 = (generalPurposeBitFlag & UTF8_FLAG) !== 0 || isUtf8(fileNameRaw);
  return decodeBytes(fileNameRaw, utf8 ? 'UTF-8' : 'GB18030').replaceAll('\\', '/');
}

function judge(entry: Entry, name: string): void {
  const shown = { entry: name.slice(0, 100) };
  if (validateFileName(name) !== null || name.includes('\0')) throw unusable('zip-unsafe-path', shown);
  if (entry.isEncrypted()) throw unusable('zip-encrypted', shown);
  const mode = entry.externalFileAttributes >>> 16;
  if (entry.versionMadeBy >>> 8 === MADE_ON_UNIX && (mode & FILE_TYPE) === SYMBOLIC_LINK) throw unusable('zip-link', shown);
  if (ZIP_NAME.test(name)) throw unusable('zip-nested', shown);
  const ratio = entry.uncompressedSize / Math.max(1, entry.compressedSize);
  if (entry.uncompressedSize > RATIO_MATTERS_BYTES && ratio > MAX_RATIO) throw unusable('zip-bomb', shown);
}

/** The length is watched by the library. */
function checked(content: Readable, { crc32: expected }: Entry, name: string): Readable {
  let found = 0;
  const check = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      found = crc32(chunk, found);
      done(null, chunk);
    },
    flush(done) {
      done(found === expected ? null : unusable('file-broken', { reason: `CRC: ${name.slice(0, 100)}` }));
    },
  });
  content.on('error', (error) => check.destroy(error));
  return content.pipe(check);
}
