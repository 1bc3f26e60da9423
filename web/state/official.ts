// What was official on a day: the days on which the layout of the region changed, and the layout of the one that is looked at.
import { create } from 'zustand';
import type { OfficialDate } from '../../core/api/messages.ts';
import { lifecycleClient } from '../api/lifecycle-client.ts';
import { attempter } from './bench.ts';
import { useLaidLayout } from './laid-layout.ts';
import { useWorkspace } from './store.ts';

export interface Official {
  /** YYYY-MM-DD; null: the open plan is looked at as it is. */
  date: string | null;
  /** Newest first. */
  dates: readonly OfficialDate[];
  /** Grids that were official on the day; null: they are being read. */
  grids: number | null;
  /** Shows the newest official layout, or goes back to the plan. */
  toggle: () => Promise<void>;
  choose: (date: string) => Promise<void>;
  leave: () => void;
}

const attempt = attempter(useWorkspace.setState);

export const useOfficial = create<Official>()((set, get) => {
  useWorkspace.subscribe((now, before) => {
    if (now.plan?.id !== before.plan?.id && get().date !== null) get().leave();
  });
  return {
    date: null,
    dates: [],
    grids: null,
    toggle: async () => {
      const { plan, explain, chooseTool } = useWorkspace.getState();
      if (get().date !== null) return get().leave();
      if (plan === null) return;
      const dates = await attempt(() => lifecycleClient.officialDates(plan.region));
      if (dates === null) return;
      const newestFirst = dates.toSorted((a, b) => b.date.localeCompare(a.date));
      const [newest] = newestFirst;
      if (newest === undefined) return explain('lifecycle:official.none');
      chooseTool('select');
      set({ dates: newestFirst });
      await get().choose(newest.date);
    },
    choose: async (date) => {
      const { plan } = useWorkspace.getState();
      if (plan === null) return;
      set({ date, grids: null });
      useWorkspace.setState({ blocked: 'lifecycle:official.readOnly' });
      const grids = await attempt(() => lifecycleClient.officialLayout(plan.region, date));
      if (grids === null || get().date !== date) return;
      set({ grids: grids.features.length });
      useLaidLayout.getState().lay({ grids, how: 'alone' });
    },
    leave: () => {
      set({ date: null, grids: null });
      useLaidLayout.getState().lay(null);
      useWorkspace.setState({ blocked: null });
    },
  };
});
