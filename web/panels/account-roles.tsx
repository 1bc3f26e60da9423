// The roles of an account. Roles that cannot go together, or not with its region, say so where they are chosen.
import { Button, Checkbox } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { roleBeyondRegion } from '../../core/accounts/account.ts';
import { ROLES, type Role, SEPARATED_ROLES } from '../../core/accounts/roles.ts';
import type { AccountRecord } from '../../core/api/messages.ts';
import { useAccounts } from '../state/accounts.ts';

const isSeparated = (role: Role): boolean => SEPARATED_ROLES.includes(role);
const WORKING_ROLES = ROLES.filter((role) => !isSeparated(role));

export function AccountRoles({ account, why }: { account: AccountRecord; why: string | null }) {
  const { t } = useTranslation();
  const [roles, setRoles] = useState<readonly Role[]>(account.roles);
  const change = useAccounts((accounts) => accounts.change);
  const working = useAccounts((accounts) => accounts.working);
  const toggle = (role: Role): void => setRoles(roles.includes(role) ? roles.filter((other) => other !== role) : [...roles, role]);
  const unchanged = roles.length === account.roles.length && roles.every((role) => account.roles.includes(role));
  const obstacle = roles.length === 0 ? t('accounts:roles.noneLeft') : unchanged ? t('accounts:roles.unchanged') : null;
  const group = (members: readonly Role[]) =>
    members.map((role) => <RoleBox key={role} {...{ role, roles, why }} region={account.region} onToggle={() => toggle(role)} />);
  return (
    <div className="account-roles">
      <h4>{t('accounts:roles.working')}</h4>
      {group(WORKING_ROLES)}
      <h4>{t('accounts:roles.separated')}</h4>
      <p className="small quiet">{t('accounts:roles.separatedWhy')}</p>
      {group(SEPARATED_ROLES)}
      <div className="account-grant">
        <Button
          type="primary"
          loading={working}
          disabled={(why ?? obstacle) !== null}
          title={why ?? obstacle ?? ''}
          onClick={() => void change(account.id, { roles: [...roles] })}
        >
          {t('accounts:roles.save')}
        </Button>
        {why === null && obstacle !== null && <span className="small quiet">{obstacle}</span>}
      </div>
    </div>
  );
}

interface BoxProps {
  role: Role;
  roles: readonly Role[];
  region: string;
  why: string | null;
  onToggle: () => void;
}

function RoleBox({ role, roles, region, why, onToggle }: BoxProps) {
  const { t } = useTranslation();
  const held = roles.includes(role);
  const blocked = held ? null : whyBlocked(role, roles, region);
  const blockedWords = blocked === null ? null : t(`accounts:roles.${blocked}`, { held: roles.filter(isSeparated) });
  return (
    <Checkbox checked={held} disabled={(why ?? blocked) !== null} title={why ?? blockedWords ?? ''} onChange={onToggle} data-role={role}>
      {t('accounts:rolesOf', { held: [role] })}
      <span className="small quiet">{blockedWords ?? t(`accounts:can.${role}`)}</span>
    </Checkbox>
  );
}

type Blocked = 'blockedByWorking' | 'blockedBySeparated' | 'needsCity' | 'needsProvince';

function whyBlocked(role: Role, roles: readonly Role[], region: string): Blocked | null {
  if (roles.some(isSeparated)) return 'blockedBySeparated';
  if (isSeparated(role) && roles.length > 0) return 'blockedByWorking';
  if (roleBeyondRegion([role], region) === null) return null;
  return role === 'province' ? 'needsProvince' : 'needsCity';
}
