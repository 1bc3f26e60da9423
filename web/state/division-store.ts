// The page's one division store.
import { createClient } from '../api/client.ts';
import { currentLanguage } from '../i18n/language.ts';
import { createDivision } from './division.ts';
import { useWorkspace } from './store.ts';
import { thinker } from './thinker.ts';

export const useDivision = createDivision({ workspace: useWorkspace, client: createClient('', currentLanguage), thinker });
