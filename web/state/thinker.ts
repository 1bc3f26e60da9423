// The page's one thinker: divisions and suggestions are worked out there.
import { createThinker } from '../worker/thinker.ts';
import { workerClient } from '../worker/worker-client.ts';
import { useWorkspace } from './store.ts';

export const thinker = createThinker(useWorkspace.getState, () =>
  workerClient(new Worker(new URL('../worker/community-worker.ts', import.meta.url), { type: 'module' })),
);
