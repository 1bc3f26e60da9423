// Makes texts of the bytes in rows (each character one byte), after the encoding was decided over all of them.
import type { RawFeature } from './raw-source.ts';
import {
  decideEncoding,
  decodeBytes,
  type EncodingClaim,
  isUtf8,
  isWhole,
  type TextEncoding,
  withoutCutCharacter,
} from './text-encoding.ts';

/** Longest run of bytes that one character has. */
const MAX_CHARACTER_BYTES = 4;

/**
 * Changes the rows, for a second copy of half a million is a burden. `widths`: bytes that a field has room for, by its name in bytes; a text that
 * fills it may break off within a character.
 */
export function decodeTexts(
  features: readonly RawFeature[],
  widths: ReadonlyMap<string, number>,
  chosen: string | null,
  claims: readonly EncodingClaim[],
): { readonly fields: string[]; readonly encoding: TextEncoding } {
  const texts = foreignTexts(features, widths);
  const fits = (encoding: string): boolean => [...texts].every(([text, full]) => isReadable(text, full, encoding));
  const encoding = decideEncoding(chosen, claims, fits);
  const decode = decoder(encoding.name);
  const names = new Map([...widths.keys()].map((name) => [name, decode(name)]));
  for (const feature of features) feature.properties = decodedProperties(feature.properties ?? {}, names, decode);
  return { fields: [...names.values()], encoding };
}

const FOREIGN = /[\u0080-\u00FF]/;

/** All texts that are more than ASCII, and whether each fills its field. */
function foreignTexts(features: readonly RawFeature[], widths: ReadonlyMap<string, number>): Map<string, boolean> {
  const texts = new Map<string, boolean>();
  for (const name of widths.keys()) if (FOREIGN.test(name)) texts.set(name, true);
  for (const { properties } of features) {
    for (const name in properties) {
      const value: unknown = properties[name];
      if (typeof value !== 'string' || texts.get(value) === true || !FOREIGN.test(value)) continue;
      texts.set(value, value.length > (widths.get(name) ?? 0) - MAX_CHARACTER_BYTES);
    }
  }
  return texts;
}

function isReadable(text: string, full: boolean, encoding: string): boolean {
  const bytes = Buffer.from(text, 'latin1');
  if (encoding === 'UTF-8') return isUtf8(bytes, full);
  const decoded = decodeBytes(bytes, encoding);
  return isWhole(full ? withoutCutCharacter(decoded) : decoded);
}

/** Few texts are different from each other. */
function decoder(encoding: string): (text: string) => string {
  const known = new Map<string, string>();
  return (text) => {
    if (!FOREIGN.test(text)) return text;
    const before = known.get(text);
    if (before !== undefined) return before;
    const decoded = withoutCutCharacter(decodeBytes(Buffer.from(text, 'latin1'), encoding));
    known.set(text, decoded);
    return decoded;
  };
}

function decodedProperties(
  properties: Readonly<Record<string, unknown>>,
  names: ReadonlyMap<string, string>,
  decode: (text: string) => string,
): Record<string, unknown> {
  const decoded: Record<string, unknown> = {};
  for (const name in properties) {
    const value = properties[name];
    decoded[names.get(name) ?? decode(name)] = typeof value === 'string' ? decode(value) : value;
  }
  return decoded;
}
