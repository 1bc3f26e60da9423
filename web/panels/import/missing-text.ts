// What a file still needs before it can be taken, in words.
import type { TFunction } from 'i18next';
import i18next from 'i18next';
import type { ImportSource } from '../../../core/api/import-messages.ts';
import { ourFields } from '../../../core/import/fields/our-fields.ts';

export function missingText(t: TFunction, { missing, choice: { kind } }: ImportSource): string[] {
  const language = i18next.language === 'en' ? 'en' : 'zh';
  const fields = kind === null ? [] : ourFields[kind];
  return missing.map((need) => {
    const [what = '', name = ''] = need.split(':');
    if (what !== 'field') return t(`import:missing.${name || what}`);
    return t('import:missing.field', { field: fields.find((field) => field.name === name)?.label[language] ?? name });
  });
}
