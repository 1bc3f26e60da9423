// The page's one import store.
import { importClient } from '../api/import-client.ts';
import { createImport } from './create-import.ts';
import { useLayout } from './layout.ts';
import { useWorkspace } from './store.ts';

export const useImport = createImport({
  workspace: useWorkspace,
  client: importClient,
  session: sessionStorage,
  preferences: localStorage,
  isShown: () => useLayout.getState().dialog === 'import',
});
