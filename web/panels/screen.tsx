// The screen of SCREEN: top bar, regions left, map with floating tools, grid right, checks below; dialogs over it.
import { useTranslation } from 'react-i18next';
import { useKeys } from '../actions/use-keys.ts';
import { MapView } from '../map/map-view.tsx';
import { type Dialog, isDesk, useLayout } from '../state/layout.ts';
import { useWorkspace } from '../state/store.ts';
import { AdjustmentPanel } from './adjustment-panel.tsx';
import { CheckDrawer } from './check-drawer.tsx';
import { CodeCard } from './code-search-card.tsx';
import { ComparisonPanel } from './comparison-panel.tsx';
import { FilingPanel } from './filing-panel.tsx';
import { FoldTab } from './fold-tab.tsx';
import { HelpDialog } from './help-dialog.tsx';
import { HistoryDrawer } from './history-drawer.tsx';
import { ImportDialog } from './import/import-dialog.tsx';
import { LeftPanel } from './left-panel.tsx';
import { Legend } from './legend.tsx';
import { PlanBar } from './lifecycle-bar.tsx';
import { LifecyclePanel } from './lifecycle-panel.tsx';
import { NewPlanDialog } from './new-plan-dialog.tsx';
import { NoticeToast } from './notice-toast.tsx';
import { OneNetPanel } from './one-net-panel.tsx';
import { PrintScreen } from './print-screen.tsx';
import { ProblemCard } from './problem-card.tsx';
import { ProfilePanel } from './profile-panel.tsx';
import { RightPanel } from './right-panel.tsx';
import { SchemePanel } from './scheme-panel.tsx';
import { ServerBar } from './server-bar.tsx';
import { StartCard } from './start-card.tsx';
import { Toolbar } from './toolbar.tsx';
import { TopBar } from './top-bar.tsx';

export function Screen() {
  const { t } = useTranslation();
  useKeys();
  const leftOpen = useLayout((layout) => layout.leftOpen);
  const dialog = useLayout((layout) => layout.dialog);
  // A desk needs the room of both panels and of the check list; the map stays.
  const withDesk = isDesk(dialog);
  const rightOpen = useLayout((layout) => layout.rightOpen) && !withDesk;
  const hasPlan = useWorkspace((workspace) => workspace.plan !== null);
  const hasNone = useWorkspace((workspace) => workspace.started && workspace.plan === null);
  return (
    <div className={`screen${rightOpen ? ' with-right' : ''}${withDesk ? ' with-desk' : ''}`}>
      <TopBar />
      <div className="bars">
        <ServerBar />
        <PlanBar />
      </div>
      <OpenDesk dialog={dialog} />
      {leftOpen && !hasNone && !withDesk && <LeftPanel />}
      <main className="map-area" aria-label={t('shell:map')}>
        <MapView />
        {hasPlan ? <Toolbar /> : !withDesk && <StartCard />}
        {hasPlan && <Legend />}
        <ProblemCard />
        <NoticeToast />
        {!hasNone && <FoldTab side="left" />}
        {!hasNone && <FoldTab side="right" />}
      </main>
      {rightOpen && !hasNone && <RightPanel />}
      {!withDesk && <CheckDrawer />}
      <HelpDialog />
      <HistoryDrawer />
      <ImportDialog />
      <NewPlanDialog />
      <PrintScreen />
    </div>
  );
}

function OpenDesk({ dialog }: { dialog: Dialog | null }) {
  switch (dialog) {
    case 'rules':
      return <ProfilePanel />;
    case 'schemes':
      return <SchemePanel />;
    case 'lifecycle':
      return <LifecyclePanel />;
    case 'adjustment':
      return <AdjustmentPanel />;
    case 'comparison':
      return <ComparisonPanel />;
    case 'filing':
      return <FilingPanel />;
    case 'code':
      return <CodeCard />;
    case 'one-net':
      return <OneNetPanel />;
    default:
      return null;
  }
}
