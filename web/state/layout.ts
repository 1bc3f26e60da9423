// What is open and folded on this screen; belongs to the reader, not to the plan.
import { create } from 'zustand';

export type Dialog = 'help' | 'print' | 'import' | 'history' | 'new-plan' | Desk;

/** What takes the place of the left panel, beside the map: the rules, the code schemes, the way of the plan, an adjustment, filing, one code, one net. */
export const DESKS = ['rules', 'schemes', 'lifecycle', 'adjustment', 'comparison', 'filing', 'code', 'one-net'] as const;
export type Desk = (typeof DESKS)[number];

export const isDesk = (dialog: Dialog | null): dialog is Desk => DESKS.some((desk) => desk === dialog);

/** Below this width of the window the right panel lies over the map. */
export const NARROW_WIDTH_PX = 1280;

export interface Layout {
  leftOpen: boolean;
  rightOpen: boolean;
  checksOpen: boolean;
  /** The check list shows the open community only. */
  onlyCommunity: boolean;
  dialog: Dialog | null;
  /** The grid whose reason field should take the focus; null: none, or it has it. */
  reasonWanted: number | null;
  /** Where one is configured. */
  baseMapShown: boolean;
  toggleBaseMap: () => void;
  toggleLeft: () => void;
  toggleRight: () => void;
  toggleChecks: () => void;
  showOnlyCommunity: (only: boolean) => void;
  /** The check list of the whole plan. */
  showAllChecks: () => void;
  openDialog: (dialog: Dialog | null) => void;
  askReason: (grid: number) => void;
  reasonTaken: () => void;
}

export const useLayout = create<Layout>()((set) => ({
  leftOpen: true,
  rightOpen: window.innerWidth >= NARROW_WIDTH_PX,
  checksOpen: window.innerHeight >= 800,
  onlyCommunity: true,
  dialog: null,
  reasonWanted: null,
  baseMapShown: true,
  toggleBaseMap: () => set(({ baseMapShown }) => ({ baseMapShown: !baseMapShown })),
  toggleLeft: () => set(({ leftOpen }) => ({ leftOpen: !leftOpen })),
  toggleRight: () => set(({ rightOpen }) => ({ rightOpen: !rightOpen })),
  toggleChecks: () => set(({ checksOpen }) => ({ checksOpen: !checksOpen })),
  showOnlyCommunity: (onlyCommunity) => set({ onlyCommunity }),
  showAllChecks: () => set({ onlyCommunity: false, checksOpen: true }),
  openDialog: (dialog) => set({ dialog }),
  askReason: (reasonWanted) => set({ reasonWanted, rightOpen: true }),
  reasonTaken: () => set({ reasonWanted: null }),
}));
