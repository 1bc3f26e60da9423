// The button of an action: tooltip with its key; when it cannot be done it stays, and says why.
import { Button, Tooltip } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ActionId } from '../actions/action.ts';
import { actionOf } from '../actions/actions.ts';
import { useWorkspace } from '../state/store.ts';
import './action-button.css';

interface Props {
  id: ActionId;
  icon?: ReactNode;
  /** Only the icon is seen; the name is in the tooltip. */
  compact?: boolean;
  primary?: boolean;
  /** Among buttons with a border. */
  bordered?: boolean;
  size?: 'small' | 'middle';
}

export function ActionButton({ id, icon, compact = false, primary = false, bordered = false, size = 'middle' }: Props) {
  const { t } = useTranslation();
  const action = actionOf(id);
  const reason = useWorkspace((workspace) => JSON.stringify(action.unavailable(workspace)));
  const why = reason === 'null' ? null : (JSON.parse(reason) as ReturnType<typeof action.unavailable>);
  const working = useWorkspace(({ busy }) => (id === 'check' && busy === 'checking') || (id === 'codes' && busy === 'coding'));
  const explain = useWorkspace((workspace) => workspace.explain);
  const name = t(`shell:actions.${id}`);
  return (
    <Tooltip
      title={<ActionHint name={name} shortcut={action.key} why={why === null ? null : t(why.key, why.values)} />}
      mouseEnterDelay={0.4}
    >
      <Button
        className={`action-button${why === null ? '' : ' is-off'}`}
        type={primary ? 'primary' : bordered ? 'default' : 'text'}
        size={size}
        icon={icon}
        loading={working}
        aria-label={name}
        aria-keyshortcuts={action.key.replace('Ctrl', 'Control')}
        aria-disabled={why !== null}
        onClick={() => (why === null ? action.run() : explain(why.key, why.values))}
      >
        {compact ? null : <span className="action-name">{name}</span>}
      </Button>
    </Tooltip>
  );
}

/** What a tooltip says: name, key, and why not. */
export function ActionHint({ name, shortcut, why }: { name: string; shortcut: string; why: string | null }) {
  return (
    <span className="action-hint">
      <span>
        {name} <kbd>{shortcut}</kbd>
      </span>
      {why !== null && <span>{why}</span>}
    </span>
  );
}
