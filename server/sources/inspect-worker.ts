// Looks into one file in a thread of its own and tells the main thread what is in it.
import { parentPort, workerData } from 'node:worker_threads';
import { UnusableFile, type UnusableReason } from '../../core/import/unusable-file.ts';
import type { InspectedSource } from '../../core/sources/raw-source.ts';
import { inspectSource } from './open-source.ts';
import './tight-heap.ts';

export interface InspectRequest {
  readonly path: string;
  /** As it was sent. */
  readonly name: string;
  /** null: as the file says or the bytes tell. */
  readonly encoding: string | null;
}

export type InspectMessage =
  | { readonly kind: 'inspected'; readonly inspected: InspectedSource }
  | { readonly kind: 'unusable'; readonly reason: UnusableReason; readonly values: UnusableFile['values'] };

const tell = (message: InspectMessage): void => parentPort?.postMessage(message);

const { path, name, encoding } = workerData as InspectRequest;
try {
  tell({ kind: 'inspected', inspected: await inspectSource(path, name, { encoding }) });
} catch (error) {
  if (!(error instanceof UnusableFile)) throw error;
  tell({ kind: 'unusable', reason: error.reason, values: error.values });
}
