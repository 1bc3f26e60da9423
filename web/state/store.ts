// The page's one workspace store, over the page's own server.
import { createClient } from '../api/client.ts';
import { currentLanguage } from '../i18n/language.ts';
import { createWorkspace } from './create-workspace.ts';

export const useWorkspace = createWorkspace({
  client: createClient('', currentLanguage),
  storage: sessionStorage,
  preferences: localStorage,
});
