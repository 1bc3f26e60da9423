// Which field of a file is which of ours, by its header and its values; and what a layer holds. Guesses for people to confirm.
import type { ImportKind, SourceField, SourceLayer } from '../../api/import-messages.ts';

/** Our field → theirs. */
export function guessFields(_kind: ImportKind, _fields: readonly SourceField[]): Record<string, string> {
  return {};
}

/** What a layer most likely holds; null: it could be anything. `fileName` helps where it says so: 楼栋.shp. */
export function guessKind(_layer: Pick<SourceLayer, 'name' | 'geometry' | 'fields'>, _fileName = ''): ImportKind | null {
  return null;
}
