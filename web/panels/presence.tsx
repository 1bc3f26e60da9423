// Whether the line to the server stands.
import { useTranslation } from 'react-i18next';
import { useWorkspace } from '../state/store.ts';

export function Presence() {
  const { t } = useTranslation();
  const online = useWorkspace((workspace) => workspace.online);
  return (
    <span className={`presence${online ? '' : ' is-away'}`} role="status">
      <span className="presence-dot" />
      <span className="presence-text">{t(online ? 'shell:presence.online' : 'shell:presence.away')}</span>
    </span>
  );
}
