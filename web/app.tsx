// The screen inside what it needs: theme and language of the component library, and somebody who is signed in.
import { LoadingOutlined } from '@ant-design/icons';
import { ConfigProvider } from 'antd';
import enGB from 'antd/locale/en_GB';
import zhCN from 'antd/locale/zh_CN';
import { useTranslation } from 'react-i18next';
import { AccountOffice } from './panels/account-office.tsx';
import { IdleNotice } from './panels/idle-notice.tsx';
import { Screen } from './panels/screen.tsx';
import { SignInScreen } from './panels/sign-in-screen.tsx';
import { useWorkspace } from './state/store.ts';
import { theme } from './theme/theme.ts';

/** The library's own spinner can stay behind, unseen but read aloud, where work ends within one frame; one given to it does not. */
const BUTTONS = { autoInsertSpace: false, loadingIcon: <LoadingOutlined /> };

export function App() {
  const { i18n } = useTranslation();
  const session = useWorkspace((workspace) => workspace.session);
  const owner = useWorkspace((workspace) => workspace.owner);
  const signedOut = session !== null && session.account === null;
  return (
    <ConfigProvider theme={theme} locale={i18n.language === 'en' ? enGB : zhCN} button={BUTTONS}>
      <div className="page" inert={signedOut}>
        {(owner?.permissions.includes('read') ?? !signedOut) && <Screen />}
        {owner !== null && !owner.permissions.includes('read') && <AccountOffice account={owner} />}
      </div>
      <IdleNotice />
      {signedOut && <SignInScreen session={session} />}
    </ConfigProvider>
  );
}
