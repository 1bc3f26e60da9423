// Reads a text property: trimmed, control characters as blanks, numbers as their digits, anything else as missing.

/** Longer names are cut by nobody: they are refused or left out by the caller. */
export const MAX_TEXT = 200;

/** Bytes that are no character of the encoding became U+FFFD. */
export const isUnreadable = (text: string): boolean => text.includes('\uFFFD');

export function textProperty(raw: unknown): string {
  if (typeof raw === 'number' && Number.isFinite(raw)) return String(raw);
  return typeof raw === 'string'
    ? raw
        .replace(/\p{Cc}+/gu, ' ')
        .trim()
        .slice(0, MAX_TEXT)
    : '';
}
