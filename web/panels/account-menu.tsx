// Right end of the top bar: who is signed in; in the demo every demo account with one click; password, second factor, sign out.
import { DownOutlined, UserOutlined } from '@ant-design/icons';
import { Button, Popover } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EVERYWHERE } from '../../core/accounts/reach.ts';
import type { Session, SessionAccount } from '../../core/api/messages.ts';
import { useWorkspace } from '../state/store.ts';
import { AccountDialog, type AccountTask } from './account-dialog.tsx';
import './account-menu.css';

export function AccountMenu() {
  const { t } = useTranslation();
  const session = useWorkspace((workspace) => workspace.session);
  const [open, setOpen] = useState(false);
  const [task, setTask] = useState<AccountTask | null>(null);
  const account = session?.account;
  if (!session || !account) return null;
  const begin = (wanted: AccountTask): void => {
    setOpen(false);
    setTask(wanted);
  };
  const isStandIn = account.login === '';
  return (
    <>
      <Popover
        trigger="click"
        placement="bottomRight"
        arrow={false}
        open={open}
        onOpenChange={setOpen}
        content={session.demo === null ? <OwnMenu account={account} onTask={begin} /> : <DemoMenu account={account} demo={session.demo} />}
      >
        <Button type="text" className="account-button" data-testid="account-menu" aria-label={t('session:menu.label')} aria-expanded={open}>
          <UserOutlined />
          <span className="account-name">
            <span className="clip">{isStandIn ? t('session:menu.demo') : account.name}</span>
            {!isStandIn && <Standing account={account} />}
          </span>
          <DownOutlined className="account-arrow" />
        </Button>
      </Popover>
      <AccountDialog task={task} session={session} onClose={() => setTask(null)} />
    </>
  );
}

type Described = Pick<SessionAccount, 'organ' | 'region' | 'regionName'>;

/** Organ and region: 政法委 · 高台县. */
function Standing({ account: { organ, region, regionName } }: { account: Described }) {
  const { t } = useTranslation();
  const place = region === EVERYWHERE ? t('session:menu.everywhere') : regionName || region;
  return <span className="small quiet clip">{[organ, place].filter(Boolean).join(' · ')}</span>;
}

function OwnMenu({ account, onTask }: { account: SessionAccount; onTask: (task: AccountTask) => void }) {
  const { t } = useTranslation();
  const signOut = useWorkspace((workspace) => workspace.signOut);
  return (
    <div className="account-menu">
      <div className="account-self">
        <strong>{account.name}</strong>
        <span className="small quiet mono">{account.login}</span>
        <Standing account={account} />
        <span className="small quiet">{t('accounts:rolesOf', { held: account.roles })}</span>
      </div>
      <ul>
        <li>
          <button type="button" onClick={() => onTask('password')}>
            {t('session:menu.password')}
          </button>
        </li>
        <li>
          <button type="button" onClick={() => onTask('second-factor')}>
            {t('session:menu.factor')}
          </button>
        </li>
        <li>
          <button type="button" onClick={() => void signOut()}>
            {t('session:menu.signOut')}
          </button>
          <Unsent />
        </li>
      </ul>
    </div>
  );
}

function Unsent() {
  const { t } = useTranslation();
  const unsent = useWorkspace((workspace) => workspace.unsent);
  return unsent === 0 ? null : <p className="small account-unsent">{t('session:menu.unsent', { count: unsent })}</p>;
}

function DemoMenu({ account, demo }: { account: SessionAccount; demo: NonNullable<Session['demo']> }) {
  const { t } = useTranslation();
  const takeDemo = useWorkspace((workspace) => workspace.takeDemo);
  const signOut = useWorkspace((workspace) => workspace.signOut);
  const isStandIn = account.login === '';
  return (
    <div className="account-menu">
      <p className="account-self">
        <strong>{t('session:menu.demoTitle')}</strong>
        <span className="small quiet">{t('session:menu.demoNote')}</span>
      </p>
      <ul>
        <li>
          <button type="button" aria-current={isStandIn} disabled={isStandIn} onClick={() => void signOut()}>
            <span>{t(isStandIn ? 'session:menu.standIn' : 'session:menu.backToDemo')}</span>
            <span className="small quiet">{t('session:menu.standInHint')}</span>
          </button>
        </li>
        {demo.map((one) => (
          <li key={one.login}>
            <button
              type="button"
              data-login={one.login}
              aria-current={one.login === account.login}
              disabled={one.login === account.login}
              onClick={() => void takeDemo(one.login)}
            >
              <span>{one.name}</span>
              <span className="small quiet">{t('accounts:rolesOf', { held: one.roles })}</span>
              <Standing account={one} />
            </button>
          </li>
        ))}
      </ul>
      <Unsent />
    </div>
  );
}
