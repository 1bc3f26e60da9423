// Around fields of the plan: where it cannot be edited they stay, switched off, and a line says why.
import { ConfigProvider } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { frozenWhy } from '../state/lifecycle-frozen.ts';
import { useWorkspace } from '../state/store.ts';

export function EditGate({ children }: { children: ReactNode }) {
  const shut = useWorkspace((workspace) => frozenWhy(workspace) !== null);
  return <ConfigProvider componentDisabled={shut}>{children}</ConfigProvider>;
}

/** Why the fields around are switched off; nothing where they are not. */
export function EditNote() {
  const { t } = useTranslation();
  const why = useWorkspace(frozenWhy);
  return why === null ? null : (
    <p className="small quiet" data-testid="edit-note">
      {t(why)}
    </p>
  );
}
