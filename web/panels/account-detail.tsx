// One account: who it is, what an administrator can do for it, and its roles. What is another administrator's part says so.
import { CloseOutlined } from '@ant-design/icons';
import { Button, Form, Popconfirm } from 'antd';
import { useTranslation } from 'react-i18next';
import type { AccountChange } from '../../core/accounts/account.ts';
import type { AccountRecord } from '../../core/api/messages.ts';
import { useFormat } from '../i18n/format.ts';
import { useAccounts } from '../state/accounts.ts';
import { useWhyNot } from '../state/may.ts';
import { useWorkspace } from '../state/store.ts';
import { AccountFields } from './account-fields.tsx';
import { AccountRoles } from './account-roles.tsx';
import { AccountState } from './account-screen.tsx';

export function AccountDetail({ account }: { account: AccountRecord }) {
  const { t } = useTranslation();
  const { date } = useFormat();
  const choose = useAccounts((accounts) => accounts.choose);
  // One's own part comes first.
  const grants = useWhyNot('grant-roles') === null;
  return (
    <aside className="office-detail" aria-label={t('accounts:detail.title')} data-testid="account-detail">
      <section className="panel-section">
        <div className="grid-line">
          <strong className="community-name">{account.name}</strong>
          <AccountState account={account} />
          <Button type="text" size="small" icon={<CloseOutlined />} aria-label={t('accounts:detail.close')} onClick={() => choose(null)} />
        </div>
        <p className="small quiet">
          <span className="mono">{account.login}</span> · {t('accounts:detail.made', { date: date(account.createdAt) })}
        </p>
      </section>
      {grants && <Rights account={account} />}
      <Management account={account} />
      {!grants && <Rights account={account} />}
    </aside>
  );
}

/** Whether it is the administrator's own account, which another one looks after. */
function useWhyOwn({ id }: AccountRecord): string | null {
  const { t } = useTranslation();
  const own = useWorkspace((workspace) => workspace.session?.account?.id === id);
  return own ? t('accounts:why.own') : null;
}

function Management({ account }: { account: AccountRecord }) {
  const { t } = useTranslation();
  const mayNot = useWhyNot('manage-accounts');
  const own = useWhyOwn(account);
  const { change, resetPassword } = useAccounts.getState();
  const { id, name, disabled } = account;
  return (
    <section className="panel-section" data-testid="account-management">
      <h3>{t('accounts:detail.manage')}</h3>
      {(mayNot ?? own) !== null && <p className="small quiet">{mayNot ?? own}</p>}
      <Description account={account} why={mayNot} />
      <div className="account-actions">
        <Asked about="password" name={name} why={mayNot ?? own} onYes={() => resetPassword(account)} />
        {disabled ? (
          <Button disabled={mayNot !== null} title={mayNot ?? ''} onClick={() => void change(id, { disabled: false })}>
            {t('accounts:detail.enable')}
          </Button>
        ) : (
          <Asked about="disable" name={name} why={mayNot ?? own} onYes={() => change(id, { disabled: true })} />
        )}
      </div>
    </section>
  );
}

function Description({ account, why }: { account: AccountRecord; why: string | null }) {
  const { t } = useTranslation();
  const change = useAccounts((accounts) => accounts.change);
  const working = useAccounts((accounts) => accounts.working);
  const { id, name, organ, region } = account;
  return (
    <Form<Pick<AccountChange, 'name' | 'organ' | 'region'>>
      name="account"
      layout="vertical"
      requiredMark={false}
      disabled={why !== null}
      initialValues={{ name, organ, region }}
      onFinish={(entered) => void change(id, entered)}
    >
      <AccountFields />
      <Button htmlType="submit" loading={working} title={why ?? ''}>
        {t('accounts:form.save')}
      </Button>
    </Form>
  );
}

function Rights({ account }: { account: AccountRecord }) {
  const { t } = useTranslation();
  const mayNot = useWhyNot('grant-roles');
  const own = useWhyOwn(account);
  const why = mayNot ?? own;
  const change = useAccounts((accounts) => accounts.change);
  const { id, name, lockedUntil, secondFactor } = account;
  const notLocked = lockedUntil === null ? t('accounts:why.notLocked') : null;
  const noFactor = secondFactor ? null : t('accounts:why.noFactor');
  return (
    <section className="panel-section" data-testid="account-rights">
      <h3>{t('accounts:detail.rights')}</h3>
      {why !== null && <p className="small quiet">{why}</p>}
      <AccountRoles key={`${account.roles} ${account.region}`} account={account} why={why} />
      <div className="account-actions">
        <Button disabled={(why ?? notLocked) !== null} title={why ?? notLocked ?? ''} onClick={() => void change(id, { unlock: true })}>
          {t('accounts:detail.unlock')}
        </Button>
        <Asked about="resetFactor" name={name} why={why ?? noFactor} onYes={() => change(id, { resetSecondFactor: true })} />
      </div>
    </section>
  );
}

interface AskedProps {
  about: 'password' | 'disable' | 'resetFactor';
  name: string;
  why: string | null;
  onYes: () => Promise<unknown>;
}

/** A button whose consequence is said before. */
function Asked({ about, name, why, onYes }: AskedProps) {
  const { t } = useTranslation();
  return (
    <Popconfirm
      title={t(`accounts:detail.${about}Ask`, { name })}
      description={t(`accounts:detail.${about}Meaning`)}
      okText={t('accounts:detail.yes')}
      cancelText={t('shell:cancel')}
      disabled={why !== null}
      onConfirm={() => void onYes()}
    >
      <Button danger={about === 'disable'} disabled={why !== null} title={why ?? ''}>
        {t(`accounts:detail.${about}`)}
      </Button>
    </Popconfirm>
  );
}
