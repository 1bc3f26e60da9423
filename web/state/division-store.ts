// The page's one division store.
import { pageClient } from '../api/page-client.ts';
import { createDivision } from './division.ts';
import { useWorkspace } from './store.ts';
import { thinker } from './thinker.ts';

export const useDivision = createDivision({ workspace: useWorkspace, client: pageClient, thinker });
