// Subject and detail of an entry of the audit log in words; what has no word is shown as it was written.
import { useTranslation } from 'react-i18next';
import type { AuditRecord } from '../../core/api/messages.ts';

export interface AuditWords {
  /** plan/7/grid/3 → 方案 7 · 网格 3 */
  subject: (subject: string) => string;
  /** One part after the other: 户数 412 · 编码 3 */
  detail: (detail: AuditRecord['detail']) => string;
}

export function useAuditWords(): AuditWords {
  const { t, i18n } = useTranslation();
  const word = (topic: string, key: string): string => (i18n.exists(`audit:${topic}.${key}`) ? t(`audit:${topic}.${key}`) : key);
  const value = (key: string, raw: string | number | boolean): string => {
    if (key === 'roles') return t('accounts:rolesOf', { held: String(raw).split(' ').filter(Boolean) });
    if (key === 'type' && i18n.exists(`panels:operation.${raw}`)) return t(`panels:operation.${raw}`);
    return typeof raw === 'string' ? word('value', raw) : String(raw);
  };
  return {
    subject: (subject) => {
      const parts = subject.split('/');
      if (parts.length % 2 === 1 || subject.includes(' ')) return word('subject', subject);
      const pairs = Array.from({ length: parts.length / 2 }, (_, i) => [parts[2 * i] ?? '', parts[2 * i + 1] ?? ''] as const);
      return pairs.map(([kind, id]) => `${word('subject', kind)} ${word('value', id)}`).join(' · ');
    },
    detail: (detail) =>
      Object.entries(detail)
        .flatMap(([key, raw]) => (raw === null || raw === '' ? [] : `${word('detail', key)} ${value(key, raw)}`))
        .join(' · '),
  };
}
