// The headers of a zip file (PKWARE APPNOTE 4.3) as packages have them: no time, no extra field, no encryption, nothing that varies.

export const LOCAL_BYTES = 30;
export const CENTRAL_BYTES = 46;
export const END_BYTES = 22;

const LOCAL_SIGNATURE = 0x04034b50;
const CENTRAL_SIGNATURE = 0x02014b50;
export const END_SIGNATURE = 0x06054b50;

export const STORED = 0;
export const DEFLATED = 8;
/** Deflate, as any program reads it. */
const VERSION = 20;
/** 1980-01-01, the first day that zip knows: the same contents give the same bytes on every day. */
const FIRST_DAY = 0x21;

/** What local and central header both say. Names are ASCII. `seal` is the comment of the entry: SM3 of its bytes as they are stored. */
export interface EntryHead {
  readonly name: string;
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  readonly seal: string;
  /** Of the local header, from the beginning of the file. */
  readonly offset: number;
}

export function localHeader(head: EntryHead): Uint8Array {
  const bytes = new Uint8Array(LOCAL_BYTES + head.name.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, LOCAL_SIGNATURE, true);
  view.setUint16(4, VERSION, true);
  writeCommon(view, 6, head);
  write(bytes, LOCAL_BYTES, head.name);
  return bytes;
}

export function centralHeader(head: EntryHead): Uint8Array {
  const bytes = new Uint8Array(CENTRAL_BYTES + head.name.length + head.seal.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, CENTRAL_SIGNATURE, true);
  view.setUint16(4, VERSION, true);
  view.setUint16(6, VERSION, true);
  writeCommon(view, 8, head);
  view.setUint16(32, head.seal.length, true);
  view.setUint32(42, head.offset, true);
  write(bytes, CENTRAL_BYTES, head.name + head.seal);
  return bytes;
}

export function endRecord(entries: number, directoryBytes: number, directoryOffset: number, comment: number): Uint8Array {
  const bytes = new Uint8Array(END_BYTES);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, END_SIGNATURE, true);
  view.setUint16(8, entries, true);
  view.setUint16(10, entries, true);
  view.setUint32(12, directoryBytes, true);
  view.setUint32(16, directoryOffset, true);
  view.setUint16(20, comment, true);
  return bytes;
}

/** The central header at `at` and where the next begins; null: there is none, or it runs over `end`. */
export function readCentralHeader(bytes: Uint8Array, at: number, end: number): { head: EntryHead; next: number } | null {
  if (at < 0 || at + CENTRAL_BYTES > end) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset + at);
  if (view.getUint32(0, true) !== CENTRAL_SIGNATURE) return null;
  const [name, extra, comment] = [28, 30, 32].map((field) => view.getUint16(field, true)) as [number, number, number];
  const next = at + CENTRAL_BYTES + name + extra + comment;
  if (next > end) return null;
  const head = {
    name: text(bytes, at + CENTRAL_BYTES, name),
    method: view.getUint16(10, true),
    crc: view.getUint32(16, true),
    packed: view.getUint32(20, true),
    size: view.getUint32(24, true),
    seal: text(bytes, at + CENTRAL_BYTES + name + extra, comment),
    offset: view.getUint32(42, true),
  };
  return { head, next };
}

/** Name of the entry whose local header stands at `at`, and where the next entry begins; null: there is no header. */
export function readLocalHeader(bytes: Uint8Array, at: number): { name: string; next: number } | null {
  if (at + LOCAL_BYTES > bytes.length) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset + at);
  if (view.getUint32(0, true) !== LOCAL_SIGNATURE) return null;
  const length = view.getUint16(26, true);
  return { name: text(bytes, at + LOCAL_BYTES, length), next: at + LOCAL_BYTES + length + view.getUint32(18, true) };
}

/** Bit flags, method, time, day, CRC, sizes and length of the name: the same run in both headers. */
function writeCommon(view: DataView, at: number, head: EntryHead): void {
  view.setUint16(at + 2, head.method, true);
  view.setUint16(at + 6, FIRST_DAY, true);
  view.setUint32(at + 8, head.crc, true);
  view.setUint32(at + 12, head.packed, true);
  view.setUint32(at + 16, head.size, true);
  view.setUint16(at + 20, head.name.length, true);
}

function write(bytes: Uint8Array, at: number, ascii: string): void {
  for (let i = 0; i < ascii.length; i++) bytes[at + i] = ascii.charCodeAt(i);
}

/** One character per byte: what is no ASCII stays different from every name that is known. */
const text = (bytes: Uint8Array, at: number, length: number): string => String.fromCharCode(...bytes.subarray(at, at + length));
