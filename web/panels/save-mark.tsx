// Whether the last operation is saved: there is no save button, so this mark has to be right.
import { CheckCircleOutlined, ClockCircleOutlined, CloseCircleOutlined, SyncOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { useWorkspace } from '../state/store.ts';

const ICONS = {
  saved: <CheckCircleOutlined />,
  saving: <SyncOutlined spin />,
  waiting: <ClockCircleOutlined />,
  failed: <CloseCircleOutlined />,
};

export function SaveMark() {
  const { t } = useTranslation();
  const saveState = useWorkspace((workspace) => workspace.saveState);
  const unsent = useWorkspace((workspace) => workspace.unsent);
  const hasPlan = useWorkspace((workspace) => workspace.plan !== null);
  if (!hasPlan) return null;
  return (
    <span className={`save-mark is-${saveState}`} role="status" data-testid="save-state" data-state={saveState}>
      {ICONS[saveState]} {t(`shell:save.${saveState}`, { count: unsent })}
    </span>
  );
}
