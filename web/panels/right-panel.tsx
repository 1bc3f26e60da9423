// Right: the selected grid, else the open community, else what to do next.
import { useTranslation } from 'react-i18next';
import { useWorkspace } from '../state/store.ts';
import { CommunityPanel } from './community-panel.tsx';
import { DividePanel } from './divide-panel.tsx';
import { GridPanel } from './grid-panel.tsx';
import { PlanPanel } from './plan-panel.tsx';
import { PanelSkeleton } from './skeletons.tsx';
import './right-panel.css';

export function RightPanel() {
  const { t } = useTranslation();
  return (
    <aside className="panel right-panel" aria-label={t('panels:right')}>
      <Content />
    </aside>
  );
}

function Content() {
  const active = useWorkspace((workspace) => workspace.active);
  const opening = useWorkspace((workspace) => workspace.opening);
  const started = useWorkspace((workspace) => workspace.started);
  const selectedGrid = useWorkspace((workspace) => workspace.selectedGrid);
  const dividing = useWorkspace((workspace) => workspace.tool === 'divide');
  if (dividing) return <DividePanel />;
  if (active === null) {
    if (opening !== null || !started) return <PanelSkeleton />;
    return <PlanPanel />;
  }
  const grid = active.grids.features.find(({ properties }) => properties.id === selectedGrid)?.properties;
  return grid === undefined ? <CommunityPanel active={active} /> : <GridPanel key={grid.id} grid={grid} active={active} />;
}
