// A sealed zip → its files, and where it differs from what write-zip.ts writes. Damaged bytes are named, never thrown about.
import { sm3 } from '../digest.ts';
import {
  CENTRAL_BYTES,
  centralHeader,
  END_BYTES,
  END_SIGNATURE,
  type EntryHead,
  endRecord,
  LOCAL_BYTES,
  localHeader,
  readCentralHeader,
  readLocalHeader,
} from './headers.ts';
import { SEAL_LENGTH } from './write-zip.ts';

/** Longest comment that zip knows: the end record lies within it before the end. */
const MAX_COMMENT_BYTES = 0xffff;
/** More than any package has; entries that lie over each other by the thousand would take hours to look at. */
const MAX_ENTRIES = 100;

export type ZipFaultKind =
  | 'not-zip'
  | 'cut-off'
  | 'seal-missing'
  | 'seal-broken'
  | 'directory-broken'
  | 'header-differs'
  | 'data-changed'
  | 'data-moved';

export interface ZipFault {
  readonly kind: ZipFaultKind;
  /** Name of the entry; null: the zip as a whole. */
  readonly file: string | null;
  /** First byte that is not as it should be, from 0; null: no single one. */
  readonly byte: number | null;
}

export interface ZipEntry extends EntryHead {
  /** As they are stored, still packed. */
  readonly bytes: Uint8Array;
}

export interface SealedZip {
  readonly entries: readonly ZipEntry[];
  readonly faults: readonly ZipFault[];
}

/** Nothing is unpacked yet. */
export function readSealedZip(bytes: Uint8Array): SealedZip {
  const end = endOf(bytes);
  const directory = end === null ? null : readDirectory(bytes, end);
  if (end === null || directory === null || isOfInnerZip(bytes, directory)) {
    const file = lastBegun(bytes);
    return { entries: [], faults: [{ kind: file === null ? 'not-zip' : 'cut-off', file, byte: bytes.length }] };
  }
  const { entries, faults } = readEntries(bytes, directory);
  return { entries, faults: [...faults, ...directory.faults, ...sealFaults(bytes, end)] };
}

/** A package that breaks off may end soon behind a zip that it carries: the directory of that one is not its own. */
function isOfInnerZip(bytes: Uint8Array, { heads, shift }: Directory): boolean {
  const [first] = heads;
  return shift !== 0 && (first === undefined || firstDifference(bytes, 0, localHeader(first)) !== null);
}

/** Offset of the end record, looked for from the end. */
function endOf(bytes: Uint8Array): number | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const first = Math.max(0, bytes.length - END_BYTES - MAX_COMMENT_BYTES);
  for (let at = bytes.length - END_BYTES; at >= first; at--) if (view.getUint32(at, true) === END_SIGNATURE) return at;
  return null;
}

/** The entry in which the bytes break off; null: none has begun. */
function lastBegun(bytes: Uint8Array): string | null {
  let last = readLocalHeader(bytes, 0);
  for (let entry = last; entry; entry = readLocalHeader(bytes, entry.next)) last = entry;
  return last?.name ?? null;
}

function sealFaults(bytes: Uint8Array, end: number): ZipFault[] {
  const at = end + END_BYTES;
  if (at === bytes.length) return [{ kind: 'seal-missing', file: null, byte: at }];
  const comment = new TextDecoder('latin1').decode(bytes.subarray(at));
  return comment === sm3(bytes.subarray(0, at)) ? [] : [{ kind: 'seal-broken', file: null, byte: null }];
}

interface Directory {
  readonly heads: readonly EntryHead[];
  readonly start: number;
  /** By how many bytes it lies farther than it says: bytes were put in or taken out before it. */
  readonly shift: number;
  readonly faults: readonly ZipFault[];
}

function readDirectory(bytes: Uint8Array, end: number): Directory {
  const view = new DataView(bytes.buffer, bytes.byteOffset + end, END_BYTES);
  const [size, offset] = [view.getUint32(12, true), view.getUint32(16, true)];
  const start = readCentralHeader(bytes, offset, end) ? offset : end - size;
  const heads: EntryHead[] = [];
  const faults: ZipFault[] = [];
  let at = start;
  while (at !== end) {
    const read = readCentralHeader(bytes, at, end);
    if (!read || heads.length === MAX_ENTRIES) {
      faults.push({ kind: 'directory-broken', file: null, byte: Math.max(at, 0) });
      break;
    }
    const differs = firstDifference(bytes, at, centralHeader(read.head));
    if (differs !== null) faults.push({ kind: 'header-differs', file: read.head.name, byte: differs });
    heads.push(read.head);
    at = Math.max(read.next, at + CENTRAL_BYTES);
  }
  const differs = firstDifference(bytes, end, endRecord(heads.length, end - start, start, SEAL_LENGTH));
  if (faults.length === 0 && differs !== null) faults.push({ kind: 'directory-broken', file: null, byte: differs });
  return { heads, start, shift: start - offset, faults };
}

/** Entries lie one behind the other from the first byte to the directory. */
function readEntries(bytes: Uint8Array, { heads, start, shift }: Directory): SealedZip {
  const faults: ZipFault[] = [];
  let before: string | null = null;
  let expected = 0;
  const entries = heads.map((head): ZipEntry => {
    const local = localHeader(head);
    const [differs, moved] = [0, shift].map((by) => firstDifference(bytes, head.offset + by, local));
    const at = differs !== null && moved === null ? head.offset + shift : head.offset;
    if (differs !== null && moved !== null) faults.push({ kind: 'header-differs', file: head.name, byte: differs ?? null });
    if (at !== expected) faults.push({ kind: 'data-moved', file: before ?? head.name, byte: Math.min(at, expected) });
    const data = at + LOCAL_BYTES + head.name.length;
    const stored = bytes.subarray(data, data + head.packed);
    if (sm3(stored) !== head.seal) faults.push({ kind: 'data-changed', file: head.name, byte: data });
    before = head.name;
    expected = data + head.packed;
    return { ...head, bytes: stored };
  });
  if (heads.length > 0 && expected !== start) faults.push({ kind: 'data-moved', file: before, byte: Math.min(expected, start) });
  return { entries, faults };
}

/** Where bytes that ought to stand at `at` begin to differ; null: they stand there. */
function firstDifference(bytes: Uint8Array, at: number, wanted: Uint8Array): number | null {
  const i = wanted.findIndex((byte, i) => bytes[at + i] !== byte);
  return i < 0 ? null : at + i;
}
