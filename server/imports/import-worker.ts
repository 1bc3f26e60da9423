// Reads and prepares files of imports in a thread of its own; asks the main thread what is stored and tells it how far it is.
import { parentPort, workerData } from 'node:worker_threads';
import type { FeatureFile } from '../../core/import/findings.ts';
import { UnusableFile, type UnusableReason } from '../../core/import/unusable-file.ts';
import '../sources/tight-heap.ts';
import type { PrepareRequest } from './prepare.ts';
import { type Prepared, type PrepareProgress, prepareImport } from './prepare.ts';
import { readSample, type SampleRequest } from './sample.ts';
import type { StoredQuestions } from './stored-questions.ts';

export type ThreadTask = ({ readonly task: 'prepare' } & PrepareRequest) | ({ readonly task: 'sample' } & SampleRequest);

/** What the thread says. */
export type ThreadMessage =
  | { readonly kind: 'progress'; readonly progress: PrepareProgress }
  | { readonly kind: 'question'; readonly id: number; readonly name: keyof StoredQuestions; readonly values: readonly unknown[] }
  | { readonly kind: 'done'; readonly result: unknown }
  | { readonly kind: 'unusable'; readonly file: FeatureFile; readonly reason: UnusableReason; readonly values: UnusableFile['values'] };

/** What it is told. */
export type ThreadAnswer = { readonly id: number; readonly answer: unknown };

/** Progress is not told more often than this. */
const TELL_MILLISECONDS = 100;

const tell = (message: ThreadMessage, transfer: ArrayBuffer[] = []): void => parentPort?.postMessage(message, transfer);

const waiting = new Map<number, (answer: never) => void>();
parentPort?.on('message', ({ id, answer }: ThreadAnswer) => {
  waiting.get(id)?.(answer as never);
  waiting.delete(id);
});

let asked = 0;
/** Each question of `StoredQuestions` becomes a message; an error of the main thread ends this one. */
const stored = new Proxy({} as StoredQuestions, {
  get:
    (_, name: keyof StoredQuestions) =>
    (...values: readonly unknown[]) =>
      new Promise((resolve) => {
        asked += 1;
        waiting.set(asked, resolve);
        tell({ kind: 'question', id: asked, name, values });
      }),
});

let told = 0;
function onProgress(progress: PrepareProgress): void {
  if (Date.now() - told < TELL_MILLISECONDS) return;
  told = Date.now();
  tell({ kind: 'progress', progress });
}

try {
  const task = workerData as ThreadTask;
  if (task.task === 'sample') tell({ kind: 'done', result: await readSample(task) });
  else {
    const prepared = await prepareImport(task, stored, onProgress);
    tell({ kind: 'done', result: prepared }, shapesOf(prepared));
  }
} catch (error) {
  if (!(error instanceof UnusableFile)) throw error;
  tell({ kind: 'unusable', file: error.file, reason: error.reason, values: error.values });
}

function shapesOf({ rows }: Prepared): ArrayBuffer[] {
  if (!rows?.ground) return [];
  const { communities, blocks, buildings, barriers, institutions } = rows.ground;
  return [communities.outline, blocks.shape, buildings.point, buildings.footprint, barriers.line, institutions.area].map(
    ({ bytes }) => bytes.buffer as ArrayBuffer,
  );
}
