// One net on this screen: the department that is looked at, what became of its old grids, and their outlines on the map.
import { create } from 'zustand';
import type { OneNetOverview, OneNetRow } from '../../core/api/one-net-messages.ts';
import { type OldGridCollection, oneNetClient } from '../api/one-net-client.ts';
import { attempter } from './bench.ts';
import { type DivisionScope, ofRegion } from './division.ts';
import { useDivision } from './division-store.ts';
import { useLaidLayout } from './laid-layout.ts';
import { useLayout } from './layout.ts';
import { useWorkspace } from './store.ts';
import { turns } from './turns.ts';

export interface OneNetStore {
  /** null: not read yet. */
  overview: OneNetOverview | null;
  reading: boolean;
  /** Of the department of the overview; they stay on the map when the panel is closed. */
  oldGrids: OldGridCollection | null;
  /** The outlines are on the map. */
  shown: boolean;
  /** The row that was clicked. */
  marked: number | null;
  open: () => Promise<void>;
  choose: (department: string) => Promise<void>;
  toggleShown: () => void;
  /** Goes to an old grid; the new grids that it went into stand out. */
  goTo: (row: OneNetRow) => void;
  /** Proposes the old grids as the layout of the open community or of the whole plan. */
  start: (scope: DivisionScope) => void;
}

/** After the last of several operations. */
const REFRESH_MS = 800;

const attempt = attempter(useWorkspace.setState);

export const useOneNet = create<OneNetStore>()((set, get) => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const begin = turns();
  const refreshSoon = (): void => {
    clearTimeout(timer);
    // Another department that was chosen meanwhile is not overtaken.
    timer = setTimeout(() => (get().reading ? refreshSoon() : void read(get().overview?.department ?? null)), REFRESH_MS);
  };
  useWorkspace.subscribe((now, before) => {
    if (now.plan?.id !== before.plan?.id) {
      begin();
      set({ overview: null, reading: false, oldGrids: null, marked: null });
    } else if (now.progress !== before.progress && get().overview !== null && useLayout.getState().dialog === 'one-net') refreshSoon();
  });

  async function read(department: string | null): Promise<OneNetOverview | null> {
    const plan = useWorkspace.getState().plan?.id;
    if (plan === undefined) return null;
    const lasts = begin();
    set({ reading: true });
    const overview = await attempt(() => oneNetClient.overview(plan, department));
    if (!lasts()) return null;
    set({ reading: false, ...(overview !== null && { overview }) });
    return overview;
  }

  async function show(department: string | null): Promise<void> {
    const overview = await read(department);
    if (overview === null) return;
    const { plan, department: found } = overview;
    set({ marked: null });
    const oldGrids = found === null ? null : await attempt(() => oneNetClient.oldGrids(plan, found));
    if (get().overview?.department === found) set({ oldGrids, shown: true });
  }

  return {
    overview: null,
    reading: false,
    oldGrids: null,
    shown: true,
    marked: null,
    open: () => show(get().overview?.department ?? null),
    choose: show,
    toggleShown: () => set(({ shown }) => ({ shown: !shown })),
    goTo: (row) => {
      set({ marked: row.id, shown: true });
      useLaidLayout.getState().mark(row.to.map(({ grid }) => grid));
      useWorkspace.getState().focusOn(row.place);
    },
    start: (scope) => {
      const department = get().overview?.department;
      if (department == null || (!ofRegion(scope) && useWorkspace.getState().active === null)) return;
      useLayout.getState().openDialog(null);
      useLaidLayout.getState().mark([]);
      useDivision.getState().startFrom(department, scope);
    },
  };
});
