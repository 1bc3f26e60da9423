// The container of a package: seal, headers, list of files, sizes; then its files unpacked.
import type { PackageFinding } from '../../api/messages.ts';
import { MANIFEST_FILE, PACKAGE_FILES } from '../manifest.ts';
import { packageFinding } from '../texts.ts';
import { readSealedZip, type SealedZip, type ZipEntry, type ZipFault } from '../zip/read-zip.ts';
import { unpacked } from '../zip/unpack.ts';

/** Unpacked: a city of some millions of persons stays far below. */
const MAX_FILE_BYTES = 384 * 1024 * 1024;
const MAX_PACKAGE_BYTES = 1024 * 1024 * 1024;
/** A name longer than this is cut in the sentence. */
const SHOWN_NAME = 80;

export interface Container {
  /** Those that could be unpacked, by name. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly findings: readonly PackageFinding[];
}

export function openContainer(bytes: Uint8Array): Container {
  const zip = readSealedZip(bytes);
  const findings = [...zip.faults.map(faultFinding), ...listFindings(zip), ...sizeFindings(zip)];
  const files = new Map<string, Uint8Array>();
  if (findings.some(({ message }) => message.endsWith('too-large'))) return { files, findings };
  const changed = new Set(zip.faults.map(({ file }) => file));
  for (const entry of zip.entries.filter(({ name }) => isKnown(name) && !files.has(name))) {
    const content = unpacked(entry);
    if (content) files.set(entry.name, content);
    else if (!changed.has(entry.name)) findings.push(packageFinding('file-unpack', { file: entry.name }));
  }
  return { files, findings };
}

function faultFinding({ kind, file, byte }: ZipFault): PackageFinding {
  return packageFinding(`zip-${kind}`, {
    file: file === null ? null : shown(file),
    values: byte === null ? {} : { byte },
    at: byte === null ? null : `byte ${byte}`,
  });
}

/** Names that are foreign or doubled; which are missing can be said only where the directory could be read to its end. */
function listFindings({ entries, faults }: SealedZip): PackageFinding[] {
  const names = entries.map(({ name }) => name);
  const foreign = names.filter((name) => !isKnown(name));
  const doubled = new Set(names.filter((name, i) => names.indexOf(name) !== i));
  const readable = !faults.some(({ kind }) => kind === 'not-zip' || kind === 'cut-off' || kind === 'directory-broken');
  const missing = readable ? [MANIFEST_FILE, ...PACKAGE_FILES].filter((name) => !names.includes(name)) : [];
  return [
    ...foreign.map((name) => packageFinding(leadsOut(name) ? 'file-path' : 'file-foreign', { file: shown(name) })),
    ...[...doubled].map((name) => packageFinding('file-doubled', { file: shown(name) })),
    ...missing.map((file) => packageFinding('file-missing', { file })),
  ];
}

/** By what the headers declare, before anything is unpacked. */
function sizeFindings({ entries }: SealedZip): PackageFinding[] {
  const bytes = entries.reduce((sum, { size }) => sum + size, 0);
  const large = entries.filter((entry: ZipEntry) => entry.size > MAX_FILE_BYTES);
  return [
    ...large.map(({ name, size }) =>
      packageFinding('file-too-large', { file: shown(name), values: { bytes: size, limit: MAX_FILE_BYTES } }),
    ),
    ...(bytes > MAX_PACKAGE_BYTES ? [packageFinding('package-too-large', { values: { bytes, limit: MAX_PACKAGE_BYTES } })] : []),
  ];
}

const KNOWN: ReadonlySet<string> = new Set([MANIFEST_FILE, ...PACKAGE_FILES]);
const isKnown = (name: string): boolean => KNOWN.has(name);
const leadsOut = (name: string): boolean => /^([/\\]|[A-Za-z]:)|(^|[/\\])\.\.([/\\]|$)/.test(name);
const shown = (name: string): string => name.replace(/[^\x20-\x7e]/g, '?').slice(0, SHOWN_NAME);
