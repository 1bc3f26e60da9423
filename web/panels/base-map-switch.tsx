// The switch of the base map, in the legend on the map; without a configured one it stays and says why.
import { Switch, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { actionOf } from '../actions/actions.ts';
import { useLayout } from '../state/layout.ts';
import { useWorkspace } from '../state/store.ts';
import { ActionHint } from './action-button.tsx';
import './base-map-switch.css';

export function BaseMapSwitch() {
  const { t } = useTranslation();
  const { key, run } = actionOf('baseMap');
  const configured = useWorkspace(({ health }) => health?.map.baseMap != null);
  const shown = useLayout((layout) => layout.baseMapShown);
  const name = t('shell:actions.baseMap');
  return (
    <Tooltip placement="top" title={<ActionHint name={name} shortcut={key} why={configured ? null : t('shell:why.noBaseMap')} />}>
      <span className="base-map-switch">
        <span aria-hidden="true">{t('shell:baseMap')}</span>
        <Switch size="small" aria-label={name} checked={configured && shown} disabled={!configured} onChange={run} />
      </span>
    </Tooltip>
  );
}
