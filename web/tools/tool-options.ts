// Choices that belong to a tool and stay while one works: what kind the draw tool makes, what the brush paints.
import { create } from 'zustand';
import type { GridKind } from '../../core/plan/state.ts';

export interface ToolOptions {
  /** Kind of grid that the draw tool carves. */
  carveKind: GridKind;
  /** What the brush gives to: a grid, a new grid, or whatever the first block pressed belongs to. */
  paintTarget: number | 'new' | 'pressed';
  chooseCarveKind: (kind: GridKind) => void;
  choosePaintTarget: (target: number | 'new' | 'pressed') => void;
}

export const toolOptions = create<ToolOptions>()((set) => ({
  carveKind: 'dedicated',
  paintTarget: 'pressed',
  chooseCarveKind: (carveKind) => set({ carveKind }),
  choosePaintTarget: (paintTarget) => set({ paintTarget }),
}));
