// The tools on the map: every tool keeps its place; one that cannot be used now says why.
import { RedoOutlined, UndoOutlined } from '@ant-design/icons';
import { Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { useWorkspace } from '../state/store.ts';
import { tools } from '../tools/registry.ts';
import { ActionButton, ActionHint } from './action-button.tsx';
import { ToolChoices } from './tool-choices.tsx';
import './toolbar.css';

export function Toolbar() {
  const { t } = useTranslation();
  return (
    <div className="toolbar-place">
      <div className="toolbar" role="toolbar" aria-label={t('shell:tools')}>
        {tools.map((tool) => (
          <ToolButton key={tool.id} tool={tool} />
        ))}
        <span className="toolbar-rule" />
        <ActionButton id="undo" icon={<UndoOutlined />} compact />
        <ActionButton id="redo" icon={<RedoOutlined />} compact />
      </div>
      <ToolChoices />
    </div>
  );
}

function ToolButton({ tool: { id, key, icon: Icon, unavailable } }: { tool: (typeof tools)[number] }) {
  const { t } = useTranslation();
  const chosen = useWorkspace((workspace) => workspace.tool === id);
  const reason = useWorkspace(unavailable);
  const chooseTool = useWorkspace((workspace) => workspace.chooseTool);
  const explain = useWorkspace((workspace) => workspace.explain);
  const name = t(`tools:name.${id}`);
  return (
    <Tooltip title={<ActionHint name={name} shortcut={key} why={reason === null ? null : t(reason)} />} mouseEnterDelay={0.4}>
      <button
        type="button"
        className="tool"
        aria-pressed={chosen}
        aria-disabled={reason !== null}
        aria-keyshortcuts={key}
        data-tool={id}
        onClick={() => (reason === null ? chooseTool(id) : explain(reason))}
      >
        <Icon />
        <span>{name}</span>
      </button>
    </Tooltip>
  );
}
