// The page's one division store, with a worker that is started when it is first asked.
import { createClient } from '../api/client.ts';
import { currentLanguage } from '../i18n/language.ts';
import { type WorkerClient, workerClient } from '../worker/worker-client.ts';
import { createDivision } from './division.ts';
import { useWorkspace } from './store.ts';

let client: WorkerClient | null = null;

function thinker(): WorkerClient {
  client ??= workerClient(new Worker(new URL('../worker/community-worker.ts', import.meta.url), { type: 'module' }));
  return client;
}

export const useDivision = createDivision({ workspace: useWorkspace, client: createClient('', currentLanguage), thinker });
