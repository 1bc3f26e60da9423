// In place of the map for those who do not work on plans: administrators look after accounts, auditors read the log (三员分立).
import { GlobalOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { SessionAccount } from '../../core/api/messages.ts';
import { chooseLanguage } from '../i18n/texts.ts';
import mark from '../theme/mark.svg';
import { AccountMenu } from './account-menu.tsx';
import { AccountScreen } from './account-screen.tsx';
import { AuditScreen } from './audit-screen.tsx';
import { NoticeToast } from './notice-toast.tsx';
import { ProblemCard } from './problem-card.tsx';
import { ServerBar } from './server-bar.tsx';
import './account-office.css';

export function AccountOffice({ account }: { account: SessionAccount }) {
  const { t, i18n } = useTranslation();
  return (
    <div className="office">
      <header className="top-bar">
        <h1 className="product">
          <img src={mark} alt="" width={24} height={24} />
          <span>{t('shell:product')}</span>
        </h1>
        <p className="small quiet clip office-hint">{account.roles.length > 0 && t('session:officeHint')}</p>
        <div className="top-end">
          <Button type="text" icon={<GlobalOutlined />} onClick={() => void chooseLanguage(i18n.language === 'en' ? 'zh' : 'en')}>
            {t('shell:actions.language')}
          </Button>
          <AccountMenu />
        </div>
      </header>
      <ServerBar />
      <main>
        <Room account={account} />
        <ProblemCard />
        <NoticeToast />
      </main>
    </div>
  );
}

function Room({ account: { name, permissions } }: { account: SessionAccount }) {
  const { t } = useTranslation();
  if (permissions.includes('read-audit')) return <AuditScreen />;
  if (permissions.includes('manage-accounts') || permissions.includes('grant-roles')) return <AccountScreen />;
  return (
    <div className="start-card">
      <h2>{t('session:noRoles.title')}</h2>
      <p>{t('session:noRoles.text', { name })}</p>
    </div>
  );
}
