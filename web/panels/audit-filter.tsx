// What is looked for in the audit log: days, action, person or organ, words; the list follows while one types.
import { SearchOutlined } from '@ant-design/icons';
import { DatePicker, Input, Select } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AUDIT_ACTIONS } from '../../core/audit/actions.ts';
import { AUDIT_ACTION_NAMES } from '../../core/audit/names.ts';
import { type AuditFilter, useAuditLog } from '../state/audit.ts';

/** The hand has paused for so long. */
const PAUSE_MS = 300;
const DAY = 'YYYY-MM-DD';

export function AuditFilterFields() {
  const { t, i18n } = useTranslation();
  const language = i18n.language === 'en' ? 'en' : 'zh';
  const [wanted, setWanted] = useState<AuditFilter>({});
  useSearch(wanted);
  const want = (part: AuditFilter): void => setWanted({ ...wanted, ...part });
  return (
    <div className="audit-filter">
      <DatePicker.RangePicker
        aria-label={t('audit:filter.days')}
        allowEmpty={[true, true]}
        onChange={(days) => want({ from: days?.[0]?.format(DAY) ?? '', to: days?.[1]?.format(DAY) ?? '' })}
      />
      <Select
        aria-label={t('audit:filter.action')}
        placeholder={t('audit:filter.action')}
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        popupMatchSelectWidth={false}
        options={AUDIT_ACTIONS.map((action) => ({ value: action, label: AUDIT_ACTION_NAMES[action][language] }))}
        onChange={(action?: string) => want({ action: action ?? '' })}
      />
      <Input
        aria-label={t('audit:filter.actor')}
        placeholder={t('audit:filter.actor')}
        allowClear
        maxLength={100}
        onChange={({ target }) => want({ actor: target.value.trim() })}
      />
      <Input
        aria-label={t('audit:filter.query')}
        placeholder={t('audit:filter.query')}
        prefix={<SearchOutlined />}
        allowClear
        maxLength={100}
        onChange={({ target }) => want({ query: target.value.trim() })}
      />
    </div>
  );
}

function useSearch(wanted: AuditFilter): void {
  const search = useAuditLog((log) => log.search);
  useEffect(() => {
    if (Object.keys(wanted).length === 0) return;
    const timer = setTimeout(() => void search(wanted), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [wanted, search]);
}
