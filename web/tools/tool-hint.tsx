// One line at the foot of the map: what the tool in hand does.
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useDivision } from '../state/division-store.ts';
import { useWorkspace } from '../state/store.ts';

export function ToolHint({ finish }: { finish: () => void }) {
  const { t } = useTranslation();
  const tool = useWorkspace((workspace) => workspace.tool);
  const open = useWorkspace((workspace) => workspace.active !== null);
  const chooses = useWorkspace((workspace) => workspace.tool === 'reshape' && workspace.selectedGrid === null);
  const choosesGrids = useDivision(({ scope }) => scope === 'grids');
  // What is proposed has its keys beside it.
  if (tool === 'select' || !open || (tool === 'divide' && !choosesGrids)) return null;
  const hint = chooses ? 'reshapeChoose' : tool === 'divide' ? 'divideGrids' : tool;
  return (
    <div className="tool-hint" data-testid="tool-hint">
      <span>{t(`tools:hint.${hint}`)}</span>
      {tool === 'merge' && (
        <Button size="small" onClick={finish}>
          {t('tools:finish')}
        </Button>
      )}
    </div>
  );
}
