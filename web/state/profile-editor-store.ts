// The page's one editor of the rules; a draft outlives the panel.
import { pageClient } from '../api/page-client.ts';
import { createProfileEditor } from './profile-editor.ts';
import { useWorkspace } from './store.ts';

export const useProfileEditor = createProfileEditor({ workspace: useWorkspace, client: pageClient });
