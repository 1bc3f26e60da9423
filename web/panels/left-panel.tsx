// Left: the region tree and, below it, how far the whole plan is.
import { useTranslation } from 'react-i18next';
import { useWorkspace } from '../state/store.ts';
import { PlanTotals } from './plan-totals.tsx';
import { RegionTree } from './region-tree.tsx';
import { TreeSkeleton } from './skeletons.tsx';

export function LeftPanel() {
  const { t } = useTranslation();
  const hasPlan = useWorkspace((workspace) => workspace.plan !== null);
  const waiting = useWorkspace((workspace) => !workspace.started);
  return (
    <aside className="panel left-panel" aria-label={t('panels:tree.title')}>
      {hasPlan ? (
        <>
          <RegionTree />
          <PlanTotals />
        </>
      ) : (
        waiting && <TreeSkeleton />
      )}
    </aside>
  );
}
