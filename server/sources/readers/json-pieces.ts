// A FeatureCollection feature by feature, so that the text of a large one is never in memory as a whole.
import { isUtf8 } from 'node:buffer';

const [QUOTE, BACKSLASH, COLON, COMMA] = [0x22, 0x5c, 0x3a, 0x2c];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];
const SPACE = 0x20;
const FEATURES = Buffer.from('features');
/** Depth of the members of the collection. */
const MEMBERS = 1;

/** The collection with its features; null when the bytes are written in any other way, which somebody else has to read. */
export function parsedByFeature(bytes: Buffer): Record<string, unknown> | null {
  const start = startOfList(bytes);
  if (start === -1 || !isUtf8(bytes)) return null;
  const features: unknown[] = [];
  try {
    const end = eachElement(bytes, start, (from, to) => features.push(JSON.parse(bytes.toString('utf8', from, to))));
    if (end === -1) return null;
    const around: unknown = JSON.parse(Buffer.concat([bytes.subarray(0, start), bytes.subarray(end)]).toString('utf8'));
    return { ...(around as Record<string, unknown>), features };
  } catch {
    return null;
  }
}

/** Behind the bracket that opens the list of features; −1: there is none. */
function startOfList(bytes: Buffer): number {
  if (bytes[0] !== OPEN_OBJECT) return -1;
  let depth = 0;
  let isFeatures = false;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] as number;
    if (byte === QUOTE) {
      const end = endOfText(bytes, at);
      isFeatures = depth === MEMBERS && bytes.subarray(at + 1, end).equals(FEATURES);
      at = end;
    } else if (byte === OPEN_OBJECT || byte === OPEN_LIST) {
      if (byte === OPEN_LIST && isFeatures) return at + 1;
      depth += 1;
    } else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) depth -= 1;
    else if (byte > SPACE && byte !== COLON) isFeatures = false;
  }
  return -1;
}

/** Tells the bounds of each element; answers where the bracket is that closes the list, or −1. */
function eachElement(bytes: Buffer, start: number, tell: (from: number, to: number) => void): number {
  let depth = 0;
  let from = start;
  for (let at = start; at < bytes.length; at++) {
    const byte = bytes[at] as number;
    if (byte === QUOTE) at = endOfText(bytes, at);
    else if (byte === OPEN_OBJECT || byte === OPEN_LIST) depth += 1;
    else if (byte === COMMA && depth === 0) {
      tell(from, at);
      from = at + 1;
    } else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) {
      if (depth > 0) {
        depth -= 1;
        continue;
      }
      if (!isBlank(bytes, start, at)) tell(from, at);
      return at;
    }
  }
  return -1;
}

const isBlank = (bytes: Buffer, from: number, to: number): boolean => bytes.subarray(from, to).every((byte) => byte <= SPACE);

/** The quotation mark that ends the text which begins here; the end of the bytes when none does. */
function endOfText(bytes: Buffer, start: number): number {
  for (let at = start + 1; at < bytes.length; at++) {
    if (bytes[at] === BACKSLASH) at += 1;
    else if (bytes[at] === QUOTE) return at;
  }
  return bytes.length;
}
