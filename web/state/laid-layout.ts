// A layout other than that of the open plan, laid on the map: what was official on a day, a former plan, what a package holds.
import { create } from 'zustand';
import type { GridCollection } from '../../core/api/messages.ts';

export interface LaidLayout {
  grids: GridCollection;
  /** alone: in place of the open plan; dashed: its borders over those of the plan. */
  how: 'alone' | 'dashed';
}

export interface LaidLayoutStore {
  laid: LaidLayout | null;
  /** Ids of grids, laid or of the plan, that stand out. */
  marked: ReadonlySet<number>;
  lay: (laid: LaidLayout | null) => void;
  mark: (grids: readonly number[]) => void;
}

const NONE: ReadonlySet<number> = new Set();

export const useLaidLayout = create<LaidLayoutStore>()((set) => ({
  laid: null,
  marked: NONE,
  lay: (laid) => set(laid === null ? { laid, marked: NONE } : { laid }),
  mark: (grids) => set({ marked: new Set(grids) }),
}));
