// Top bar: product, plan and its state, whether work is saved, search, the actions on the whole plan, who is here, language, help, account.
import {
  AuditOutlined,
  CalendarOutlined,
  CheckSquareOutlined,
  DownloadOutlined,
  FileProtectOutlined,
  GlobalOutlined,
  HistoryOutlined,
  NumberOutlined,
  PrinterOutlined,
  QuestionCircleOutlined,
  UploadOutlined,
} from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import mark from '../theme/mark.svg';
import { AccountMenu } from './account-menu.tsx';
import { ActionButton } from './action-button.tsx';
import { PlaceSearch } from './place-search.tsx';
import { PlanChooser } from './plan-chooser.tsx';
import { Presence } from './presence.tsx';
import { SaveMark } from './save-mark.tsx';
import { WaitingPlans } from './waiting-plans.tsx';
import './top-bar.css';

export function TopBar() {
  const { t } = useTranslation();
  return (
    <header className="top-bar">
      <h1 className="product">
        <img src={mark} alt="" width={24} height={24} />
        <span>{t('shell:product')}</span>
      </h1>
      <PlanChooser />
      <WaitingPlans />
      <SaveMark />
      <PlaceSearch />
      <nav className="top-actions" aria-label={t('shell:planActions')}>
        <ActionButton id="import" icon={<UploadOutlined />} />
        <ActionButton id="rules" icon={<AuditOutlined />} />
        <ActionButton id="check" icon={<CheckSquareOutlined />} />
        <ActionButton id="history" icon={<HistoryOutlined />} />
        <ActionButton id="export" icon={<DownloadOutlined />} />
        <ActionButton id="filing" icon={<FileProtectOutlined />} />
        <ActionButton id="official" icon={<CalendarOutlined />} />
        <ActionButton id="print" icon={<PrinterOutlined />} />
        <ActionButton id="codes" icon={<NumberOutlined />} primary />
      </nav>
      <div className="top-end">
        <Presence />
        <ActionButton id="language" icon={<GlobalOutlined />} />
        <ActionButton id="help" icon={<QuestionCircleOutlined />} compact />
        <AccountMenu />
      </div>
    </header>
  );
}
