// Prepares one import in a thread of its own and tells the main thread how far it is.
import { parentPort, workerData } from 'node:worker_threads';
import type { FeatureFile } from '../../core/import/findings.ts';
import { UnusableFile, type UnusableReason } from '../../core/import/unusable-file.ts';
import { type Prepared, type PrepareProgress, type PrepareRequest, prepareImport } from './prepare.ts';

export type PrepareMessage =
  | { readonly kind: 'progress'; readonly progress: PrepareProgress }
  | { readonly kind: 'prepared'; readonly prepared: Prepared }
  | { readonly kind: 'unusable'; readonly file: FeatureFile; readonly reason: UnusableReason; readonly values: UnusableFile['values'] };

/** Progress is not told more often than this. */
const TELL_MILLISECONDS = 100;

const tell = (message: PrepareMessage, transfer: ArrayBuffer[] = []): void => parentPort?.postMessage(message, transfer);

let told = 0;
try {
  const prepared = prepareImport(workerData as PrepareRequest, (progress) => {
    if (Date.now() - told < TELL_MILLISECONDS) return;
    told = Date.now();
    tell({ kind: 'progress', progress });
  });
  tell({ kind: 'prepared', prepared }, shapesOf(prepared));
} catch (error) {
  if (!(error instanceof UnusableFile)) throw error;
  tell({ kind: 'unusable', file: error.file, reason: error.reason, values: error.values });
}

function shapesOf({ rows }: Prepared): ArrayBuffer[] {
  if (!rows) return [];
  const { communities, blocks, buildings, barriers, institutions } = rows;
  return [communities.outline, blocks.shape, buildings.point, buildings.footprint, barriers.line, institutions.area].map(
    ({ bytes }) => bytes.buffer as ArrayBuffer,
  );
}
