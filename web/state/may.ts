// Whether whoever is signed in may do something, for panels.
import { useTranslation } from 'react-i18next';
import type { Permission } from '../../core/accounts/roles.ts';
import { whyNot } from './session.ts';
import { useWorkspace } from './store.ts';

/** The sentence that says why they may not; null: they may. */
export function useWhyNot(permission: Permission): string | null {
  const { t } = useTranslation();
  const key = useWorkspace((workspace) => whyNot(workspace, permission));
  return key === null ? null : t(key);
}
