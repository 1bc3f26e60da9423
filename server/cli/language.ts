// The language in which the command line speaks to people: that of the terminal, Chinese or English.
import type { ImportLanguage } from '../../core/import/texts.ts';

/** By the first of LC_ALL, LC_MESSAGES and LANG that says anything. */
export function languageOf(environment: Readonly<Record<string, string | undefined>>): ImportLanguage {
  const locale = environment.LC_ALL || environment.LC_MESSAGES || environment.LANG || '';
  return /^zh/i.test(locale) ? 'zh' : 'en';
}

export const LANGUAGE = languageOf(process.env);
