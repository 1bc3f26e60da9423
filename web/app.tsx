// The screen inside what it needs: theme and language of the component library.
import { ConfigProvider } from 'antd';
import enGB from 'antd/locale/en_GB';
import zhCN from 'antd/locale/zh_CN';
import { useTranslation } from 'react-i18next';
import { Screen } from './panels/screen.tsx';
import { theme } from './theme/theme.ts';

export function App() {
  const { i18n } = useTranslation();
  return (
    <ConfigProvider theme={theme} locale={i18n.language === 'en' ? enGB : zhCN} button={{ autoInsertSpace: false }}>
      <Screen />
    </ConfigProvider>
  );
}
