// Suggestions for one grid outside its band: asked for, looked at on the map, one of them taken.
import { create } from 'zustand';
import type { Mend } from '../../core/division/suggest.ts';
import { useWorkspace } from './store.ts';
import { thinker } from './thinker.ts';

export type MendAsker = 'panel' | 'checks';

export interface Mends {
  /** The grid that they are for; null: nobody has asked. */
  grid: number | null;
  /** Where they were asked for and are listed. */
  asker: MendAsker;
  /** null: they are being worked out. */
  mends: readonly Mend[] | null;
  /** The one that the map shows. */
  looked: Mend | null;
  /** Asks for the suggestions for a grid of the open community; asked again, puts them away. */
  suggest: (grid: number, asker: MendAsker) => Promise<void>;
  lookAt: (mend: Mend | null) => void;
  take: (mend: Mend) => Promise<void>;
}

const NONE = { grid: null, asker: 'panel', mends: null, looked: null } satisfies Partial<Mends>;

export const useMends = create<Mends>()((set, get) => {
  useWorkspace.subscribe((now, before) => {
    if (now.active !== before.active || now.profile !== before.profile) set(NONE);
  });
  return {
    ...NONE,
    suggest: async (grid, asker) => {
      if (get().grid === grid && get().asker === asker) return set(NONE);
      set({ ...NONE, grid, asker });
      const mends = await thinker.ask({ type: 'suggest', grid });
      if (get().grid === grid) set(mends === null ? NONE : { mends });
    },
    lookAt: (looked) => set({ looked }),
    take: async (mend) => {
      set(NONE);
      await useWorkspace.getState().transact(mend.operation);
    },
  };
});
