// An adjustment beside the plan that it was branched from: the lines of the list, and which of both layouts the map shows.
import { create } from 'zustand';
import type { ComparedGrids, GridCollection, GridFate, GridFeature, PlanComparison } from '../../core/api/messages.ts';
import { lifecycleClient } from '../api/lifecycle-client.ts';
import { pageClient } from '../api/page-client.ts';
import { attempter } from './bench.ts';
import { boundsOfGrids } from './bounds.ts';
import { useLaidLayout } from './laid-layout.ts';
import { useLayout } from './layout.ts';
import { useWorkspace } from './store.ts';

/** overlaid: the present layout with the former borders dashed over it. */
export type ComparisonView = 'overlaid' | 'former' | 'present';

export interface ComparisonStore {
  comparison: PlanComparison | null;
  /** The former layout of the communities of the plan. */
  former: GridCollection | null;
  view: ComparisonView;
  /** null: all. */
  fate: GridFate | null;
  open: () => Promise<void>;
  close: () => void;
  show: (view: ComparisonView) => void;
  filter: (fate: GridFate | null) => void;
  /** Goes to the grids of a line and lets them stand out. */
  goTo: (line: ComparedGrids) => void;
}

const attempt = attempter(useWorkspace.setState);

export const useComparison = create<ComparisonStore>()((set, get) => {
  const lay = (): void => {
    const { former, view } = get();
    const shown = former === null || view === 'present' ? null : former;
    useLaidLayout.getState().lay(shown && { grids: shown, how: view === 'former' ? 'alone' : 'dashed' });
  };
  useWorkspace.subscribe((now, before) => {
    if (get().comparison === null) return;
    if (now.plan?.id !== before.plan?.id) useLayout.getState().openDialog(null);
    else if (now.progress !== before.progress) void read();
  });

  async function read(): Promise<void> {
    const { plan } = useWorkspace.getState();
    if (plan === null) return;
    const comparison = await attempt(() => lifecycleClient.comparison(plan.id));
    if (comparison === null || useWorkspace.getState().plan?.id !== plan.id) return;
    set({ comparison });
  }

  return {
    comparison: null,
    former: null,
    view: 'overlaid',
    fate: null,
    open: async () => {
      useWorkspace.getState().selectGrid(null);
      await read();
      const { comparison } = get();
      const communities = useWorkspace.getState().progress;
      const grids = comparison && (await attempt(() => pageClient.grids(comparison.with)));
      if (grids === null) return;
      set({ former: { ...grids, features: grids.features.filter(({ properties }) => communities.has(properties.community)) } });
      lay();
    },
    close: () => {
      set({ comparison: null, former: null, fate: null, view: 'overlaid' });
      useLaidLayout.getState().lay(null);
    },
    show: (view) => {
      set({ view });
      lay();
    },
    filter: (fate) => set({ fate }),
    goTo: (line) => {
      const ids = new Set([...line.former, ...line.present].map(({ grid }) => grid));
      const { planGrids, focusOn } = useWorkspace.getState();
      const grids: GridFeature[] = [...planGrids.features, ...(get().former?.features ?? [])];
      const own = grids.filter(({ properties }) => ids.has(properties.id));
      useLaidLayout.getState().mark([...ids]);
      if (own.length > 0) focusOn(boundsOfGrids(own));
    },
  };
});
