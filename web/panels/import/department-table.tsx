// What newer old grids of a department mean for those that are there already.
import { useTranslation } from 'react-i18next';
import type { DepartmentGridChange } from '../../../core/api/import-messages.ts';
import { departmentName } from '../../../core/one-net/departments.ts';
import { useFormat } from '../../i18n/format.ts';

export function DepartmentTable({ changes }: { changes: readonly DepartmentGridChange[] }) {
  const { t, i18n } = useTranslation();
  const { count } = useFormat();
  return (
    <ul className="boundary-list">
      {changes.map(({ department, county, added, unchanged, removed }) => (
        <li key={`${department} ${county.code}`}>
          <strong>{departmentName(department, i18n.language === 'en' ? 'en' : 'zh')}</strong> {county.name}
          <p className="small">
            {t('import:department.change', { added: count(added), unchanged: count(unchanged), removed: count(removed) })}
          </p>
        </li>
      ))}
    </ul>
  );
}
