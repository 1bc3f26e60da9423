// The accounts of one's region: find one, make one, look after it.
import { PlusOutlined, SearchOutlined } from '@ant-design/icons';
import { Button, Input, Skeleton } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountRecord } from '../../core/api/messages.ts';
import { useFormat } from '../i18n/format.ts';
import { useAccounts } from '../state/accounts.ts';
import { useWhyNot } from '../state/may.ts';
import { useWorkspace } from '../state/store.ts';
import { AccountDetail } from './account-detail.tsx';
import { AccountMaker } from './account-maker.tsx';
import { HandedOutPassword } from './account-password.tsx';
import { usePlaceName } from './account-place.tsx';
import './account-screen.css';

export function AccountScreen() {
  const { t } = useTranslation();
  const { list, chosen, open } = useAccounts();
  const [filter, setFilter] = useState('');
  const [making, setMaking] = useState(false);
  useEffect(() => void open(), [open]);
  const found = useFound(list ?? [], filter);
  const account = list?.find(({ id }) => id === chosen);
  const demo = useWorkspace((workspace) => workspace.session?.demo !== null);
  const mayNot = useWhyNot('manage-accounts');
  const why = mayNot ?? (demo ? t('accounts:why.demo') : null);
  return (
    <div className={`office-room${account ? ' with-detail' : ''}`}>
      <header className="office-head">
        <h2>{t('accounts:title')}</h2>
        <Input
          className="account-filter"
          aria-label={t('accounts:filter')}
          placeholder={t('accounts:filter')}
          prefix={<SearchOutlined />}
          allowClear
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
        />
        <span className="small quiet">{t('accounts:count', { shown: found.length, total: list?.length ?? 0 })}</span>
        <span className="office-end account-make">
          {why !== null && <span className="small quiet">{why}</span>}
          <Button type="primary" icon={<PlusOutlined />} disabled={why !== null} title={why ?? ''} onClick={() => setMaking(true)}>
            {t('accounts:make')}
          </Button>
        </span>
      </header>
      <div className="office-list">
        {list === null ? <Skeleton active className="office-empty" /> : <AccountTable accounts={found} none={list.length === 0} />}
      </div>
      {account && <AccountDetail key={account.id} account={account} />}
      <AccountMaker open={making} onClose={() => setMaking(false)} />
      <HandedOutPassword />
    </div>
  );
}

/** Every word of the filter is found somewhere in the line. */
function useFound(accounts: readonly AccountRecord[], filter: string): AccountRecord[] {
  const { t } = useTranslation();
  const placeName = usePlaceName();
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  return accounts.filter(({ login, name, organ, region, roles }) => {
    const line = [login, name, organ, region, placeName(region), t('accounts:rolesOf', { held: roles })].join(' ').toLowerCase();
    return words.every((word) => line.includes(word));
  });
}

const COLUMNS = ['name', 'login', 'organ', 'region', 'roles', 'state', 'factor', 'lastSignIn'] as const;

function AccountTable({ accounts, none }: { accounts: readonly AccountRecord[]; none: boolean }) {
  const { t } = useTranslation();
  if (accounts.length === 0) return <p className="office-empty">{t(none ? 'accounts:none' : 'accounts:notFound')}</p>;
  return (
    <table className="office-table" data-testid="accounts">
      <thead>
        <tr>
          {COLUMNS.map((column) => (
            <th key={column}>{t(`accounts:column.${column}`)}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {accounts.map((account) => (
          <AccountRow key={account.id} account={account} />
        ))}
      </tbody>
    </table>
  );
}

function AccountRow({ account }: { account: AccountRecord }) {
  const { t } = useTranslation();
  const { date } = useFormat();
  const placeName = usePlaceName();
  const chosen = useAccounts((accounts) => accounts.chosen === account.id);
  const choose = useAccounts((accounts) => accounts.choose);
  const { id, login, name, organ, region, roles, secondFactor, lastSignIn } = account;
  return (
    <tr className={chosen ? 'is-chosen' : ''} data-account={login} onClick={() => choose(id)}>
      <td>
        <button type="button" className="account-choose" aria-pressed={chosen}>
          {name}
        </button>
      </td>
      <td className="mono">{login}</td>
      <td>{organ}</td>
      <td>{placeName(region)}</td>
      <td>{roles.length === 0 ? <span className="account-none">{t('accounts:noRoles')}</span> : t('accounts:rolesOf', { held: roles })}</td>
      <td>
        <AccountState account={account} />
      </td>
      <td className={secondFactor ? '' : 'quiet'}>{t(secondFactor ? 'accounts:factor.yes' : 'accounts:factor.no')}</td>
      <td className="quiet">{lastSignIn === null ? t('accounts:never') : date(lastSignIn)}</td>
    </tr>
  );
}

export function AccountState({ account: { disabled, lockedUntil } }: { account: AccountRecord }) {
  const { t, i18n } = useTranslation();
  if (disabled) return <span className="account-state is-disabled">{t('accounts:state.disabled')}</span>;
  if (lockedUntil === null) return <span className="account-state">{t('accounts:state.active')}</span>;
  const time = new Intl.DateTimeFormat(i18n.language, { timeStyle: 'short', hourCycle: 'h23' }).format(new Date(lockedUntil));
  return <span className="account-state is-locked">{t('accounts:state.locked', { time })}</span>;
}
