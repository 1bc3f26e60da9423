// The page's one client of its own server.
import { currentLanguage } from '../i18n/language.ts';
import { createClient } from './client.ts';

export const pageClient = createClient('', currentLanguage);
