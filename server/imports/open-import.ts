// An import that somebody opened: its files, how they are to be read, and how far its preview or its run is.
import type { ImportProgress, ImportSource } from '../../core/api/import-messages.ts';
import type { ImportProblem } from '../../core/import/texts.ts';
import type { RawRows } from '../../core/sources/raw-source.ts';
import type { Identity } from '../http/identity.ts';
import type { ImportOutcome } from './run-import.ts';

/** A file that was sent, as the server holds it. */
export interface OpenSource extends Omit<ImportSource, 'missing' | 'problem'> {
  readonly path: string;
  /** Whom the data have to be attributed to; null: the file does not say. */
  readonly attribution: string | null;
  /** null: it can be read. */
  readonly problem: ImportProblem | null;
  /** Some features of the chosen layer for the map; null: nobody looked at them yet. */
  readonly sample: RawRows | null;
}

export interface OpenImport extends ImportOutcome {
  readonly id: string;
  /** Whoever opened it; nobody else sees it. */
  readonly by: Identity;
  /** Everything that belongs to it lies there. */
  readonly folder: string;
  readonly progress: ImportProgress;
  readonly sources: ReadonlyMap<string, OpenSource>;
  /** Fires when the import is removed: nobody needs what is being read for it. */
  readonly removed: AbortSignal;
}

const AT_REST: readonly ImportProgress['phase'][] = ['choosing', 'previewed', 'done', 'failed'];

export const isRunning = ({ progress: { phase } }: Pick<OpenImport, 'progress'>): boolean => !AT_REST.includes(phase);
