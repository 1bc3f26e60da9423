// Bytes of a file → what its schema says it holds, or findings that name file and place.
import type { z } from 'zod';
import type { PackageFinding } from '../../api/messages.ts';
import { packageFinding } from '../texts.ts';

/** Places of one file that are listed. */
const MAX_PLACES = 20;

export type ReadJson<T> = { readonly value: T } | { readonly findings: PackageFinding[] };

export function readJson<S extends z.ZodType>(file: string, bytes: Uint8Array, schema: S): ReadJson<z.output<S>> {
  const parsed = parse(file, bytes);
  if ('findings' in parsed) return parsed;
  const outcome = schema.safeParse(parsed.value);
  if (outcome.success) return { value: outcome.data };
  const { issues } = outcome.error;
  const findings = issues.slice(0, MAX_PLACES).map(({ path, message }) => {
    const place = placeOf(path);
    return packageFinding('file-schema', { file, values: { path: place, reason: message }, at: place });
  });
  const more = issues.length - findings.length;
  return { findings: more > 0 ? [...findings, packageFinding('more-findings', { file, values: { count: more } })] : findings };
}

function parse(file: string, bytes: Uint8Array): ReadJson<unknown> {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return { findings: [packageFinding('file-not-utf8', { file })] };
  }
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/\p{Cc}+/gu, ' ').slice(0, 200) : '';
    return { findings: [packageFinding('file-not-json', { file, values: { reason } })] };
  }
}

/** Features count from 1, as everywhere: `feature 4: properties.code`. */
function placeOf(path: readonly PropertyKey[]): string {
  const [first, index, ...rest] = path;
  if (first === 'features' && typeof index === 'number') return [`feature ${index + 1}`, rest.join('.')].filter(Boolean).join(': ');
  return path.map(String).join('.') || '.';
}
