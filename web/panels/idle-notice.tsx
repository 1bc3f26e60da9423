// A minute before a session ends for want of use: says so, and keeps it with one click.
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useWorkspace } from '../state/store.ts';

export function IdleNotice() {
  const { t } = useTranslation();
  const seconds = useWorkspace((workspace) => workspace.idleSeconds);
  const stay = useWorkspace((workspace) => workspace.stay);
  if (seconds === null) return null;
  return (
    <div className="idle-notice" role="alert">
      <span>{t('session:idle.soon', { count: seconds })}</span>
      <Button type="primary" onClick={() => void stay()}>
        {t('session:idle.stay')}
      </Button>
    </div>
  );
}
