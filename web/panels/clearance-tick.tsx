// That a reviewer looked at a person of the staff: a dated tick without reasons, which can be taken back; also on a frozen plan.
import { Checkbox, ConfigProvider, Tooltip } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { GridProperties } from '../../core/api/messages.ts';
import type { StaffMember } from '../../core/plan/state.ts';
import { lifecycleClient } from '../api/lifecycle-client.ts';
import { useFormat } from '../i18n/format.ts';
import { attempter } from '../state/bench.ts';
import { useWorkspace } from '../state/store.ts';

const attempt = attempter(useWorkspace.setState);

export function ClearanceTick({ grid, member: { role, name } }: { grid: GridProperties; member: StaffMember }) {
  const { t } = useTranslation();
  const { day } = useFormat();
  const [working, setWorking] = useState(false);
  const plan = useWorkspace((workspace) => workspace.plan?.id);
  const may = useWorkspace(({ session }) => session?.account?.permissions.includes('state-clearance') === true);
  const clearance = grid.clearances.find((one) => one.role === role && one.name === name);
  const said =
    clearance === undefined ? '' : t('lifecycle:staff.cleared', { organ: clearance.organ || clearance.person, at: day(clearance.at) });
  if (!may) return <span className="small quiet clearance">{said || t('lifecycle:staff.uncleared')}</span>;
  const state = async (cleared: boolean): Promise<void> => {
    if (plan === undefined) return;
    setWorking(true);
    const answer = await attempt(() => lifecycleClient.clear(plan, grid.id, { role, name, cleared }));
    if (answer !== null) await useWorkspace.getState().refreshPlan();
    setWorking(false);
  };
  return (
    <ConfigProvider componentDisabled={working}>
      <Tooltip title={clearance === undefined ? t('lifecycle:staff.clearHint') : t('lifecycle:staff.takeBack')}>
        <Checkbox className="small clearance" checked={clearance !== undefined} onChange={(event) => void state(event.target.checked)}>
          {said || t('lifecycle:staff.clear')}
        </Checkbox>
      </Tooltip>
    </ConfigProvider>
  );
}
