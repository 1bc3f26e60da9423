// Households per community: sum over its buildings, its own register, what was stored before.
import { Checkbox, Table } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HouseholdComparison } from '../../../core/api/import-messages.ts';
import { useFormat } from '../../i18n/format.ts';

const ROWS_PER_PAGE = 14;

const differenceOf = ({ households, register }: HouseholdComparison): number | null => (register === null ? null : households - register);

export function RegisterTable({ registers }: { registers: readonly HouseholdComparison[] }) {
  const { t } = useTranslation();
  const { count } = useFormat();
  const [onlyDifferent, setOnlyDifferent] = useState(false);
  const shown = onlyDifferent ? registers.filter((one) => (differenceOf(one) ?? 0) !== 0) : registers;
  const orNone = (value: number | null): string => (value === null ? '—' : count(value));
  const signed = (value: number | null): string => (value === null ? '—' : value > 0 ? `+${count(value)}` : count(value));
  return (
    <>
      <p className="small quiet">{t('import:register.hint')}</p>
      <Checkbox checked={onlyDifferent} onChange={({ target }) => setOnlyDifferent(target.checked)}>
        {t('import:register.onlyDifferent')}
      </Checkbox>
      <Table
        size="small"
        rowKey="community"
        dataSource={shown}
        pagination={{ pageSize: ROWS_PER_PAGE, size: 'small', showSizeChanger: false, hideOnSinglePage: true }}
        columns={[
          { title: t('import:register.community'), dataIndex: 'name' },
          { title: t('import:register.sum'), align: 'right', render: (_, one) => count(one.households) },
          { title: t('import:register.register'), align: 'right', render: (_, one) => orNone(one.register) },
          {
            title: t('import:register.difference'),
            align: 'right',
            sorter: (a, b) => Math.abs(differenceOf(a) ?? 0) - Math.abs(differenceOf(b) ?? 0),
            render: (_, one) => <span className={differenceOf(one) ? 'verdict is-mended' : ''}>{signed(differenceOf(one))}</span>,
          },
          { title: t('import:register.before'), align: 'right', render: (_, one) => orNone(one.before) },
        ]}
      />
    </>
  );
}
