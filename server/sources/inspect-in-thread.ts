// Looks into a file in a thread of its own: which layers and fields it has.
import { UnusableFile } from '../../core/import/unusable-file.ts';
import type { InspectedSource } from '../../core/sources/raw-source.ts';
import type { InspectMessage, InspectRequest } from './inspect-worker.ts';
import { runThread, type ThreadLimits } from './run-thread.ts';
import { unusable } from './source-file.ts';

/** A file of half a million buildings takes a fraction of it. */
const LIMITS: ThreadLimits = { seconds: 600, heapMegabytes: 2_048 };

/** Throws UnusableFile, also when a limit is reached, or the reason of the abort. */
export async function inspectInThread(request: InspectRequest, signal?: AbortSignal, limits = LIMITS): Promise<InspectedSource> {
  try {
    return await runThread<InspectMessage, InspectedSource>({
      start: new URL('./inspect-thread.js', import.meta.url),
      task: request,
      limits,
      signal,
      hear(message, { resolve, reject }) {
        if (message.kind === 'inspected') resolve(message.inspected);
        else reject(new UnusableFile('source', message.reason, message.values));
      },
    });
  } catch (error) {
    if (error instanceof UnusableFile || signal?.aborted) throw error;
    // A library that failed in a way of its own.
    throw unusable('file-broken', { reason: error instanceof Error ? error.message.slice(0, 200) : '' });
  }
}
