// Does one piece of work with a package in a thread of its own and ends.
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import type { PackageFinding } from '../../core/api/messages.ts';
import type { Manifest, PackageFile } from '../../core/filing/manifest.ts';
import { buildPackage } from '../../core/filing/package.ts';
import { fileSchemas, type PackageContents } from '../../core/filing/schemas.ts';
import type { CodeLookup, RegisteredCode } from '../../core/filing/verification.ts';
import { verifyPackage } from '../../core/filing/verify.ts';
import { readSealedZip } from '../../core/filing/zip/read-zip.ts';
import { unpacked } from '../../core/filing/zip/unpack.ts';
import { filingContents } from './contents.ts';
import { gistOf, type PackageGist } from './gist.ts';
import type { FilingSource } from './source.ts';

export interface VerifiedPackage {
  readonly digest: string;
  /** null: it could not be read. */
  readonly manifest: Manifest | null;
  /** null: nothing in the package is believed, the manifest neither. */
  readonly gist: PackageGist | null;
  readonly findings: readonly PackageFinding[];
}

/** Which part of a layout; neither: all of it. */
export interface LayoutPart {
  readonly community?: string | undefined;
  readonly plan?: number | undefined;
}

/** Grids, and the outlines of their communities beside them. */
interface PackagedLayout {
  readonly type: 'FeatureCollection';
  readonly features: PackageContents['layout.geojson']['features'];
  readonly communities: PackageContents['communities.geojson'];
}

/** What a thread can be asked, and what it answers. `bytes` of a package that was verified before, but for `verify`. */
export interface FilingWork {
  build: { given: FilingSource; made: VerifiedPackage & { readonly bytes: Uint8Array } };
  verify: { given: { readonly path: string }; made: VerifiedPackage & { readonly bytes: Uint8Array } };
  gist: { given: { readonly bytes: Uint8Array }; made: PackageGist };
  /** GeoJSON as text. */
  layout: { given: LayoutPart & { readonly bytes: Uint8Array }; made: string };
  file: { given: { readonly bytes: Uint8Array; readonly name: PackageFile }; made: Uint8Array };
}

export type FilingRequest = { [Kind in keyof FilingWork]: { kind: Kind; given: FilingWork[Kind]['given'] } }[keyof FilingWork];

export type FilingAnswer =
  | { readonly kind: 'made'; readonly made: FilingWork[keyof FilingWork]['made'] }
  /** Asks what the books say of these codes; the answer is a map. */
  | { readonly kind: 'lookup'; readonly codes: readonly string[] };

const port = parentPort as MessagePort;

async function work({ kind, given }: FilingRequest): Promise<FilingWork[keyof FilingWork]['made']> {
  switch (kind) {
    case 'build':
      return build(given);
    case 'verify':
      return verified(new Uint8Array(readFileSync(given.path)), askBooks);
    case 'gist':
      return gistOf(packagedFiles(given.bytes));
    case 'layout':
      return JSON.stringify(layoutOf(given));
    case 'file':
      return fileOf(given.bytes, given.name);
  }
}

/** What was built is verified like what arrives, so that nobody files what will be refused. */
async function build(source: FilingSource): Promise<FilingWork['build']['made']> {
  return verified(await buildPackage(filingContents(source)));
}

async function verified(bytes: Uint8Array, registry?: CodeLookup): Promise<FilingWork['verify']['made']> {
  const { digest, manifest, contents, findings } = await verifyPackage(bytes, registry ? { registry } : {});
  return { digest, manifest, gist: contents && gistOf(contents), findings, bytes };
}

async function askBooks(codes: readonly string[]): Promise<ReadonlyMap<string, RegisteredCode>> {
  const answer = once(port, 'message');
  port.postMessage({ kind: 'lookup', codes } satisfies FilingAnswer);
  const [known] = (await answer) as [ReadonlyMap<string, RegisteredCode>];
  return known;
}

function fileOf(bytes: Uint8Array, name: PackageFile): Uint8Array {
  const entry = readSealedZip(bytes).entries.find((one) => one.name === name);
  const content = entry && unpacked(entry);
  if (!content) throw new Error(`${name} of a verified package cannot be read`);
  return content;
}

function packagedFiles(bytes: Uint8Array): Parameters<typeof gistOf>[0] {
  return {
    'scheme.json': readFile(bytes, 'scheme.json'),
    'layout.geojson': readFile(bytes, 'layout.geojson'),
    'communities.geojson': readFile(bytes, 'communities.geojson'),
    'changes.json': readFile(bytes, 'changes.json'),
  };
}

function readFile<File extends keyof PackageContents>(bytes: Uint8Array, file: File): PackageContents[File] {
  return fileSchemas[file].parse(JSON.parse(new TextDecoder().decode(fileOf(bytes, file)))) as PackageContents[File];
}

function layoutOf({ bytes, community, plan }: FilingWork['layout']['given']): PackagedLayout {
  const communities = readFile(bytes, 'communities.geojson').features.filter(
    ({ properties }) => (community === undefined || properties.code === community) && (plan === undefined || properties.plan === plan),
  );
  const codes = new Set(communities.map(({ properties }) => properties.code));
  const { features } = readFile(bytes, 'layout.geojson');
  return {
    type: 'FeatureCollection',
    features: features.filter(({ properties }) => codes.has(properties.community)),
    communities: { type: 'FeatureCollection', features: communities },
  };
}

const made = await work(workerData as FilingRequest);
const bytes = made instanceof Uint8Array ? made : typeof made === 'object' && 'bytes' in made ? made.bytes : null;
port.postMessage({ kind: 'made', made } satisfies FilingAnswer, bytes ? [bytes.buffer as ArrayBuffer] : []);
