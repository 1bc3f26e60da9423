// The bytes of a filing package → what is wrong with it, by file and place. Needs nothing but the bytes. Inverse: package.ts.
import type { PackageFinding } from '../api/messages.ts';
import type { Severity } from '../rules/rule.ts';
import { sm3 } from './digest.ts';
import { MANIFEST_FILE, type Manifest, manifestSchema } from './manifest.ts';
import { fileSchemas, type JsonFile, type PackageContents } from './schemas.ts';
import { packageFinding } from './texts.ts';
import type { CodeLookup, Verification } from './verification.ts';
import { approvalFindings } from './verify/approval.ts';
import { codeFindings, registryFindings } from './verify/codes.ts';
import { openContainer } from './verify/container.ts';
import { digestFindings } from './verify/digests.ts';
import { areaFindings, groundFindings, groundOf } from './verify/ground.ts';
import { layoutFindings } from './verify/layout.ts';
import { readJson } from './verify/read-json.ts';
import { referenceFindings } from './verify/references.ts';

/** Findings of one kind in one file that are listed. */
const MAX_OF_A_KIND = 50;

const RANK: Readonly<Record<Severity, number>> = { error: 0, warning: 1, note: 2 };

/** Never throws, whatever the bytes are; `registry` may. */
export async function verifyPackage(bytes: Uint8Array, { registry }: { registry?: CodeLookup } = {}): Promise<Verification> {
  const verification = inspectPackage(bytes);
  const { manifest, contents, findings } = verification;
  if (!registry || !manifest || !contents) return verification;
  return { ...verification, findings: listed([...findings, ...(await registryFindings(manifest, contents, registry))]) };
}

/** All that the bytes alone tell: work for a thread, as it takes long for a city. */
export function inspectPackage(bytes: Uint8Array): Verification {
  const digest = sm3(bytes);
  const container = openContainer(bytes);
  const read = readManifest(container.files);
  const { manifest } = read;
  const findings = [...container.findings, ...read.findings, ...(manifest ? digestFindings(manifest, container.files) : [])];
  if (!manifest || findings.length > 0) return { digest, manifest, contents: null, findings: listed(findings) };
  const { contents, findings: unread } = readContents(container.files);
  if (!contents) return { digest, manifest, contents, findings: listed(unread) };
  return { digest, manifest, contents, findings: listed(contentFindings(manifest, contents, container.files)) };
}

function readManifest(files: ReadonlyMap<string, Uint8Array>): { manifest: Manifest | null; findings: readonly PackageFinding[] } {
  const bytes = files.get(MANIFEST_FILE);
  // That it is missing has been told of.
  if (!bytes) return { manifest: null, findings: [] };
  const read = readJson(MANIFEST_FILE, bytes, manifestSchema);
  return 'value' in read ? { manifest: read.value, findings: [] } : { manifest: null, findings: read.findings };
}

function readContents(files: ReadonlyMap<string, Uint8Array>): { contents: PackageContents | null; findings: PackageFinding[] } {
  const findings: PackageFinding[] = [];
  const read = Object.entries(fileSchemas).map(([file, schema]) => {
    const outcome = readJson(file, files.get(file) ?? new Uint8Array(), schema);
    if ('findings' in outcome) findings.push(...outcome.findings);
    return [file as JsonFile, 'value' in outcome ? outcome.value : null];
  });
  return { contents: findings.length > 0 ? null : (Object.fromEntries(read) as PackageContents), findings };
}

function contentFindings(manifest: Manifest, contents: PackageContents, files: ReadonlyMap<string, Uint8Array>): PackageFinding[] {
  const ground = groundOf(contents);
  const areas = areaFindings(ground);
  const onGround = () => [
    ...groundFindings(contents, ground),
    ...layoutFindings(files.get('layout.geojson') ?? new Uint8Array(), contents, ground),
  ];
  return [
    ...referenceFindings(manifest, contents),
    ...(areas.length > 0 ? areas : onGround()),
    ...codeFindings(contents),
    ...approvalFindings(manifest, contents),
  ];
}

/** The gravest first; of each kind so many, and how many more there are. */
function listed(findings: readonly PackageFinding[]): PackageFinding[] {
  const kinds = new Map<string, PackageFinding[]>();
  for (const finding of findings) {
    const kind = [finding.severity, finding.file, finding.message, finding.values.check].join(' ');
    const list = kinds.get(kind);
    if (list) list.push(finding);
    else kinds.set(kind, [finding]);
  }
  const shown = [...kinds.values()].flatMap((list) => {
    const [{ severity, file }] = list as [PackageFinding];
    const more = list.length - MAX_OF_A_KIND;
    return more > 0
      ? [...list.slice(0, MAX_OF_A_KIND), packageFinding('more-findings', { severity, file, values: { count: more } })]
      : list;
  });
  return shown.sort((a, b) => RANK[a.severity] - RANK[b.severity]);
}
