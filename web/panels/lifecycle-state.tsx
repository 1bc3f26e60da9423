// The state of the open plan in the top bar; a click shows its way.
import { Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { actionOf } from '../actions/actions.ts';
import { useWorkspace } from '../state/store.ts';
import { ActionHint } from './action-button.tsx';
import './lifecycle.css';

export function PlanStateButton() {
  const { t } = useTranslation();
  const state = useWorkspace((workspace) => workspace.plan?.state);
  if (state === undefined) return null;
  const { key, run } = actionOf('lifecycle');
  return (
    <Tooltip title={<ActionHint name={t('lifecycle:stateHint')} shortcut={key} why={null} />} mouseEnterDelay={0.4}>
      <button type="button" className={`plan-state is-${state}`} data-testid="plan-state" data-state={state} onClick={run}>
        {t(`lifecycle:state.${state}`)}
      </button>
    </Tooltip>
  );
}
