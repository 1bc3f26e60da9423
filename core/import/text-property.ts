// Reads a text property: trimmed, numbers as their digits, anything else as missing.

/** Longer names are cut by nobody: they are refused or left out by the caller. */
export const MAX_TEXT = 200;

export function textProperty(raw: unknown): string {
  if (typeof raw === 'number' && Number.isFinite(raw)) return String(raw);
  return typeof raw === 'string' ? raw.trim().slice(0, MAX_TEXT) : '';
}
