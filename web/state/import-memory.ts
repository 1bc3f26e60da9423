// What files with the same columns were read as last time: their kind, and which of their fields is which of ours.
import type { ImportKind, SourceLayer } from '../../core/api/import-messages.ts';

export interface RememberedColumns {
  kind: ImportKind;
  /** Our field → theirs. */
  fields: Record<string, string>;
}

type Memory = Record<string, RememberedColumns>;
type Keeper = Pick<Storage, 'getItem' | 'setItem'>;

const STORAGE_KEY = 'onegrid.import.columns';
/** Sets of columns that are kept; the oldest goes first. */
const MOST_KEPT = 60;

export function recallColumns(layer: SourceLayer, keeper: Keeper): RememberedColumns | null {
  return memoryOf(keeper)[signatureOf(layer)] ?? null;
}

export function rememberColumns(layer: SourceLayer, columns: RememberedColumns, keeper: Keeper): void {
  const signature = signatureOf(layer);
  const { [signature]: _, ...others } = memoryOf(keeper);
  const kept = Object.fromEntries([...Object.entries(others), [signature, columns]].slice(-MOST_KEPT));
  keeper.setItem(STORAGE_KEY, JSON.stringify(kept));
}

/** The order of columns does not matter. */
const signatureOf = ({ fields, geometry }: SourceLayer): string =>
  JSON.stringify([geometry === 'none' ? 'table' : 'shapes', ...fields.map(({ name }) => name).sort()]);

function memoryOf(keeper: Keeper): Memory {
  try {
    return (JSON.parse(keeper.getItem(STORAGE_KEY) ?? '{}') ?? {}) as Memory;
  } catch {
    return {};
  }
}
