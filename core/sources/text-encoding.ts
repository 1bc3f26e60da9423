// How the bytes of texts are to be read: as the file says, as a person says, or as the bytes themselves tell.
import iconv from 'iconv-lite';
import type { SourceLayer } from '../api/import-messages.ts';

export type TextEncoding = NonNullable<SourceLayer['encoding']>;

/** A word of the file about its encoding, and where it stands. */
export interface EncodingClaim {
  readonly name: string | null;
  readonly by: 'cpg' | 'ldid';
}

const BYTE_ORDER_MARK = /^\uFEFF/;
const REPLACEMENT = '\uFFFD';

/** Names and numbers of code pages that files have for the same thing. GB18030 reads all that GBK and GB2312 have. */
const NAMES: Readonly<Record<string, string>> = {
  UTF8: 'UTF-8',
  '65001': 'UTF-8',
  '936': 'GBK',
  '54936': 'GB18030',
  '950': 'Big5',
  '88591': 'ISO-8859-1',
};

/** The name under which an encoding is shown and can be chosen; null: it is not known. */
export function encodingName(said: string): string | null {
  const plain = said
    .trim()
    .toUpperCase()
    .replace(/^(ANSI|CP|MS|WINDOWS|OEM|CODEPAGE)[-_ ]*(?=\d)/, '')
    .replace(/^ISO[-_ ]*8859[-_ ]*1$/, '88591')
    .replace(/^UTF[-_ ]*8$/, 'UTF8');
  if (/^(GB[-_ ]?2312|X?-?GBK|EUC-?CN)$/.test(plain)) return 'GBK';
  const name = NAMES[plain] ?? (/^\d{3,4}$/.test(plain) ? `CP${plain}` : plain);
  return name !== '' && iconv.encodingExists(name) ? name : null;
}

/** Bytes → text, without a byte order mark. What cannot be read becomes U+FFFD. */
export function decodeBytes(bytes: Uint8Array, encoding: string): string {
  const reader = encoding === 'GBK' ? 'GB18030' : encoding;
  return iconv
    .decode(bytes instanceof Buffer ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), reader)
    .replace(BYTE_ORDER_MARK, '');
}

/**
 * Decides by `chosen` (a person), the claims in their order, strict UTF-8, GB18030. `fits` tells whether texts read so are whole;
 * a claim that the bytes contradict is passed over, a person is not contradicted.
 */
export function decideEncoding(chosen: string | null, claims: readonly EncodingClaim[], fits: (encoding: string) => boolean): TextEncoding {
  if (chosen !== null) return { name: chosen, decidedBy: 'person' };
  for (const { name, by } of claims) {
    const known = name === null ? null : encodingName(name);
    if (known !== null && fits(known)) return { name: known, decidedBy: by };
  }
  return fits('UTF-8') ? { name: 'UTF-8', decidedBy: 'utf-8' } : { name: 'GB18030', decidedBy: 'gb18030' };
}

/** A whole file of text: `decideEncoding` over its bytes. */
export function decodeText(bytes: Uint8Array, chosen: string | null): { text: string; encoding: TextEncoding } {
  const marked = utf16(bytes);
  if (chosen === null && marked !== null) return { text: decodeBytes(bytes, marked), encoding: { name: marked, decidedBy: 'utf-8' } };
  const encoding = decideEncoding(chosen, [], () => isUtf8(bytes));
  return { text: decodeBytes(bytes, encoding.name), encoding };
}

/** Excel's “Unicode text”. */
function utf16([first, second]: Uint8Array): 'UTF-16LE' | 'UTF-16BE' | null {
  if (first === 0xff && second === 0xfe) return 'UTF-16LE';
  return first === 0xfe && second === 0xff ? 'UTF-16BE' : null;
}

/** `cut`: the bytes may break off within their last character. */
export function isUtf8(bytes: Uint8Array, cut = false): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: cut });
    return true;
  } catch {
    return false;
  }
}

/** A text whose field was too narrow for it breaks off within a character: what is left of that one is taken off. */
export const withoutCutCharacter = (text: string): string => text.replace(/\uFFFD[\uFFFD\w]{0,2}$/, '');

export const isWhole = (text: string): boolean => !text.includes(REPLACEMENT);
