// Every file against its digests in the manifest.
import type { PackageFinding } from '../../api/messages.ts';
import { sha256, sm3 } from '../digest.ts';
import { type Manifest, PACKAGE_FILES } from '../manifest.ts';
import { packageFinding } from '../texts.ts';

/** `files`: those that are there; a missing one has been told of. */
export function digestFindings(manifest: Manifest, files: ReadonlyMap<string, Uint8Array>): PackageFinding[] {
  return PACKAGE_FILES.flatMap((file): PackageFinding[] => {
    const bytes = files.get(file);
    const [listed, ...others] = manifest.files.filter(({ name }) => name === file);
    if (!listed) return [packageFinding('digest-missing', { file })];
    if (others.length > 0) return [packageFinding('digest-doubled', { file })];
    if (!bytes) return [];
    const found = { bytes: bytes.length, sm3: sm3(bytes), sha256: sha256(bytes) };
    const measure = (['bytes', 'sm3', 'sha256'] as const).find((one) => found[one] !== listed[one]);
    if (!measure) return [];
    return [packageFinding('digest-differs', { file, values: { measure, stated: listed[measure], found: found[measure] } })];
  });
}
