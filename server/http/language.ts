// The reader's language: Chinese unless Accept-Language prefers English.
import type { Request } from 'express';

export type Language = 'zh' | 'en';

export function languageOf(request: Request): Language {
  return request.acceptsLanguages('zh', 'en') === 'en' ? 'en' : 'zh';
}
