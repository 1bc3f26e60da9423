// What a reader of one format does.
import type { InspectedSource, RawRows } from '../../../core/sources/raw-source.ts';
import type { SourceFile } from '../source-file.ts';

export interface ReadChoice {
  /** null: the first layer. */
  readonly layer: string | null;
  /** null: as the file says or the bytes tell. */
  readonly encoding: string | null;
}

/** Both throw UnusableFile. `onShare`: how much is done, 0–1. */
export interface SourceReader {
  readonly inspect: (file: SourceFile, encoding: string | null) => Promise<Omit<InspectedSource, 'format'>>;
  readonly read: (file: SourceFile, choice: ReadChoice, onShare: (share: number) => void) => Promise<Omit<RawRows, 'format'>>;
}
