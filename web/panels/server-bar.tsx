// The bar that says the server does not answer, and what happens to unsent work.
import { DisconnectOutlined } from '@ant-design/icons';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useWorkspace } from '../state/store.ts';
import './server-bar.css';

export function ServerBar() {
  const { t } = useTranslation();
  const online = useWorkspace((workspace) => workspace.online);
  const unsent = useWorkspace((workspace) => workspace.unsent);
  useEffect(() => {
    if (unsent === 0) return;
    // Whoever signs out has said that it may be left, and the page goes before this is taken off.
    const warn = (event: BeforeUnloadEvent): void => {
      if (useWorkspace.getState().unsent > 0) event.preventDefault();
    };
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [unsent]);
  const everAnswered = useWorkspace((workspace) => workspace.health !== null);
  if (online) return null;
  return (
    <div className="server-bar" role="alert">
      <DisconnectOutlined />
      <strong>{t(everAnswered ? 'shell:server.gone' : 'shell:server.starting')}</strong>
      {everAnswered && <span>{unsent > 0 ? t('shell:server.unsent', { count: unsent }) : t('shell:server.readable')}</span>}
    </div>
  );
}
