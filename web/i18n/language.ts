// Which language the reader has chosen; kept in the browser.
export const LANGUAGES = ['zh', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

const STORAGE_KEY = 'onegrid.language';

/** Chinese unless the reader has chosen otherwise. */
export function currentLanguage(): Language {
  return localStorage.getItem(STORAGE_KEY) === 'en' ? 'en' : 'zh';
}

export function keepLanguage(language: Language): void {
  localStorage.setItem(STORAGE_KEY, language);
}
