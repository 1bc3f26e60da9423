// The screen of SCREEN: top bar, regions left, map with floating tools, grid right, checks below; dialogs over it.
import { useTranslation } from 'react-i18next';
import { useKeys } from '../actions/use-keys.ts';
import { MapView } from '../map/map-view.tsx';
import { useLayout } from '../state/layout.ts';
import { useWorkspace } from '../state/store.ts';
import { CheckDrawer } from './check-drawer.tsx';
import { FoldTab } from './fold-tab.tsx';
import { HelpDialog } from './help-dialog.tsx';
import { HistoryDrawer } from './history-drawer.tsx';
import { ImportDialog } from './import-dialog.tsx';
import { LeftPanel } from './left-panel.tsx';
import { Legend } from './legend.tsx';
import { NewPlanDialog } from './new-plan-dialog.tsx';
import { NoticeToast } from './notice-toast.tsx';
import { PrintScreen } from './print-screen.tsx';
import { ProblemCard } from './problem-card.tsx';
import { ProfilePanel } from './profile-panel.tsx';
import { RightPanel } from './right-panel.tsx';
import { ServerBar } from './server-bar.tsx';
import { StartCard } from './start-card.tsx';
import { Toolbar } from './toolbar.tsx';
import { TopBar } from './top-bar.tsx';

export function Screen() {
  const { t } = useTranslation();
  useKeys();
  const leftOpen = useLayout((layout) => layout.leftOpen);
  // The rules need the room of both panels and of the check list; the map stays.
  const withRules = useLayout((layout) => layout.dialog === 'rules');
  const rightOpen = useLayout((layout) => layout.rightOpen) && !withRules;
  const hasPlan = useWorkspace((workspace) => workspace.plan !== null);
  const hasNone = useWorkspace((workspace) => workspace.started && workspace.plan === null);
  return (
    <div className={`screen${rightOpen ? ' with-right' : ''}${withRules ? ' with-rules' : ''}`}>
      <TopBar />
      <ServerBar />
      {withRules && <ProfilePanel />}
      {leftOpen && !hasNone && !withRules && <LeftPanel />}
      <main className="map-area" aria-label={t('shell:map')}>
        <MapView />
        {hasPlan ? <Toolbar /> : <StartCard />}
        {hasPlan && <Legend />}
        <ProblemCard />
        <NoticeToast />
        {!hasNone && <FoldTab side="left" />}
        {!hasNone && <FoldTab side="right" />}
      </main>
      {rightOpen && !hasNone && <RightPanel />}
      {!withRules && <CheckDrawer />}
      <HelpDialog />
      <HistoryDrawer />
      <ImportDialog />
      <NewPlanDialog />
      <PrintScreen />
    </div>
  );
}
