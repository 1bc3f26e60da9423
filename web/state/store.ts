// The page's one workspace store, over the page's own server.
import { pageClient } from '../api/page-client.ts';
import { createWorkspace } from './create-workspace.ts';

export const useWorkspace = createWorkspace({
  client: pageClient,
  storage: sessionStorage,
  preferences: localStorage,
  reload: () => location.reload(),
});
