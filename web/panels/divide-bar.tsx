// Below the toolbar while a division is proposed: what it comes to, and the four things one does with it, each with its key.
import { Button, Segmented, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/format.ts';
import { ofRegion } from '../state/division.ts';
import { useDivision } from '../state/division-store.ts';
import { useWorkspace } from '../state/store.ts';
import { ActionHint } from './action-button.tsx';

export function DivideBar() {
  const { t } = useTranslation();
  const { count } = useFormat();
  const { proposal, layout, obstacle, working, view, scope, department } = useDivision();
  const { another, compare, accept } = useDivision.getState();
  const chooseTool = useWorkspace((workspace) => workspace.chooseTool);
  const ownWork = !ofRegion(scope);
  const summary = (): string => {
    if (obstacle !== null) return t(obstacle);
    if (working === 'proposing') return t('tools:divide.proposing');
    if (proposal === null) return t(ownWork ? 'tools:divide.proposing' : 'tools:divide.chooseCommunity');
    if (layout === null) return t(`tools:divide.state.${proposal.state}`);
    const { before, after, householdsMoved } = proposal;
    return t('tools:divide.summary', {
      before: count(before.grids),
      after: count(after.grids),
      within: count(after.within),
      moved: count(householdsMoved),
    });
  };
  return (
    <div className="tool-choices divide-bar" data-testid="divide-bar">
      <span className="divide-summary" role="status">
        {summary()}
      </span>
      <Tooltip title={<ActionHint name={t('tools:divide.compare')} shortcut="X" why={null} />}>
        <Segmented
          size="small"
          value={view}
          disabled={layout === null}
          onChange={compare}
          options={(['present', 'proposed'] as const).map((value) => ({ value, label: t(`tools:divide.view.${value}`) }))}
        />
      </Tooltip>
      <kbd>X</kbd>
      {ownWork && department === null && (
        <Button size="small" disabled={proposal === null} onClick={another}>
          {t('tools:divide.another')} <kbd>A</kbd>
        </Button>
      )}
      <Button
        size="small"
        type="primary"
        disabled={layout === null || working === 'proposing'}
        loading={working === 'accepting'}
        onClick={() => void accept()}
      >
        {t(ownWork ? 'tools:divide.accept' : 'tools:divide.acceptNext')} <kbd>Enter</kbd>
      </Button>
      <Button size="small" type="text" onClick={() => chooseTool('select')}>
        {t('tools:divide.leave')} <kbd>Esc</kbd>
      </Button>
    </div>
  );
}
