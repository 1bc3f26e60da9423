// The page's one editor of the rules; a draft outlives the panel.
import { createClient } from '../api/client.ts';
import { currentLanguage } from '../i18n/language.ts';
import { createProfileEditor } from './profile-editor.ts';
import { useWorkspace } from './store.ts';

export const useProfileEditor = createProfileEditor({ workspace: useWorkspace, client: createClient('', currentLanguage) });
