// The sentences of server/texts, by code and language; {name} stands for a value.
import en from '../texts/en.json' with { type: 'json' };
import zh from '../texts/zh.json' with { type: 'json' };
import type { Language } from './language.ts';

export type ProblemCode = Exclude<keyof typeof zh & keyof typeof en, `${'status' | 'issue'}-${string}`>;

const texts: Readonly<Record<Language, Readonly<Record<string, string>>>> = { zh, en };

/** undefined: there is no such sentence. */
export function sentence(code: string, language: Language, values: Readonly<Record<string, string | number>> = {}): string | undefined {
  return texts[language][code]?.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
}
