// How the editor of the rules words a field and its value.
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { LifecycleStep } from '../../core/lifecycle/lifecycle.ts';
import type { ProfileRefusal } from '../../core/rules/profile-refusal.ts';
import { type Format, useFormat } from '../i18n/format.ts';
import type { ProfileField } from './profile-fields.ts';

const PERCENT = 100;

export interface ProfileTexts {
  /** 户数 */
  label: (path: readonly string[]) => string;
  /** 网格规模 · 城市网格 · 户数 */
  fullLabel: (path: readonly string[]) => string;
  /** 户, 人, 米; empty: a number without one. */
  unit: (path: readonly string[]) => string;
  /** What the field decides; empty: its name says it. */
  help: (path: readonly string[]) => string;
  /** What one of the choices of the field is called. */
  choice: (path: readonly string[], choice: string) => string;
  /** 300 至 500 户 */
  value: (field: ProfileField, value: unknown) => string;
  /** Why the entry cannot stand, in the unit in which it is entered. */
  refusal: (field: ProfileField, refusal: ProfileRefusal) => string;
}

export function useProfileTexts(): ProfileTexts {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const exists = (key: string): boolean => i18n.exists(key);
  const label = (path: readonly string[]): string => {
    const name = path.at(-1) ?? '';
    const keys = [
      `profiles:field.${path.join('.')}._`,
      `profiles:field.${path.join('.')}`,
      `profiles:leaf.${name}`,
      `checks:check.${name}`,
    ];
    return t(keys.find((key) => exists(key) && typeof t(key, { returnObjects: true }) === 'string') ?? name);
  };
  const optional = (key: string): string => (exists(key) ? t(key) : '');
  const texts: ProfileTexts = {
    label,
    fullLabel: (path) => path.map((_, index) => label(path.slice(0, index + 1))).join(' · '),
    unit: (path) => optional(`profiles:unit.${path.at(-1)}`),
    help: (path) => optional(`profiles:help.${path.join('_')}`),
    choice: (path, choice) => {
      const key = `profiles:choice.${choice}`;
      return path[0] === 'severity' ? t(`checks:severity.${choice}`) : exists(key) ? t(key) : choice;
    },
    value: (field, value) => wordedValue(field, value, { t, format, texts, language: i18n.language }),
    refusal: (field, { path, reason, values }) => {
      const { limit } = values;
      const inPercent = typeof limit === 'number' && (field.kind === 'share' || path.at(-1) === 'tolerance');
      return t(`profiles:refusal.${reason}`, inPercent ? { limit: `${limit * PERCENT}%` } : values);
    },
  };
  return texts;
}

interface Wording {
  readonly t: TFunction;
  readonly format: Format;
  readonly texts: ProfileTexts;
  readonly language: string;
}

function wordedValue(field: ProfileField, value: unknown, { t, format, texts, language }: Wording): string {
  if (value === null || value === undefined) return t('profiles:value.none');
  const unit = texts.unit(field.path);
  const spoken = (text: unknown): string => (text as Record<string, string>)[language === 'en' ? 'en' : 'zh'] ?? '';
  const joined = (words: readonly string[]): string =>
    words.length === 0 ? t('profiles:value.none') : words.join(t('profiles:value.joint'));
  switch (field.kind) {
    case 'measure':
      return wordedMeasure(value as Measure, unit, t, format);
    case 'share':
      return `${format.decimal(Number(value) * PERCENT)}%`;
    case 'number':
      return `${format.decimal(Number(value))} ${unit}`.trim();
    case 'flag':
      return t(value === true ? 'profiles:value.yes' : 'profiles:value.no');
    case 'choice':
      return texts.choice(field.path, String(value));
    case 'choices':
      return joined((value as string[]).map((choice) => texts.choice(field.path, choice)));
    case 'words':
      return joined(value as string[]);
    case 'steps':
      return (value as LifecycleStep[]).map(({ name, organs }) => `${spoken(name)} ${organs.join(t('profiles:value.joint'))}`).join('\n');
    case 'text':
      return spoken(value);
    case 'texts':
      return (value as object[]).map((text, index) => `${index + 1}. ${spoken(text)}`).join('\n');
    case 'word':
      return String(value);
    default:
      return t('profiles:value.some');
  }
}

export type Measure = { minimum: number | null; maximum: number | null } | { about: number | null; tolerance: number | null };

function wordedMeasure(measure: Measure, unit: string, t: TFunction, format: Format): string {
  if ('about' in measure) {
    const percent = format.decimal((measure.tolerance ?? 0) * PERCENT);
    return t('profiles:value.about', { about: format.count(measure.about ?? 0), percent, unit });
  }
  const { minimum, maximum } = measure;
  const values = { minimum: format.count(minimum ?? 0), maximum: format.count(maximum ?? 0), unit };
  if (minimum !== null && maximum !== null) return t('profiles:value.between', values);
  if (minimum !== null) return t('profiles:value.atLeast', values);
  return t(maximum === null ? 'profiles:value.unbounded' : 'profiles:value.atMost', values);
}
