// Filing: what the city has sent and can send, and the inbox of the province with the package that is being looked at.
import { create } from 'zustand';
import type { FilingReceipt, FilingRecord, GridFeature } from '../../core/api/messages.ts';
import { type FilingDecision, filingClient } from '../api/filing-client.ts';
import { attempter } from './bench.ts';
import { boundsOfGrids } from './bounds.ts';
import { useLaidLayout } from './laid-layout.ts';
import { useWorkspace } from './store.ts';

export interface FilingStore {
  /** null: being read, or not for the reader. */
  sent: readonly FilingRecord[] | null;
  received: readonly FilingRecord[] | null;
  /** The received package that is looked at. */
  open: number | null;
  receipt: FilingReceipt | null;
  working: 'building' | 'receiving' | 'deciding' | 'answering' | null;
  readSent: () => Promise<void>;
  readReceived: () => Promise<void>;
  /** A package of these settled plans. */
  build: (plans: readonly number[]) => Promise<boolean>;
  /** The file that the province has answered with. */
  takeReceipt: (file: File) => Promise<boolean>;
  receive: (file: File) => Promise<void>;
  /** Shows the layout of a received package on the map; null puts it away. */
  look: (filing: number | null) => Promise<void>;
  /** One after the other; those before a refusal stand. */
  decide: (decisions: readonly FilingDecision[]) => Promise<void>;
  showReceipt: (filing: number | null) => Promise<void>;
}

const attempt = attempter(useWorkspace.setState);

export const useFiling = create<FilingStore>()((set, get) => {
  async function during<T>(working: FilingStore['working'], work: () => Promise<T>): Promise<T | null> {
    useWorkspace.getState().dismissProblem();
    set({ working });
    const result = await attempt(work);
    set({ working: null });
    return result;
  }

  /** Plans have another state now, and codes. */
  async function refreshPlans(): Promise<void> {
    await useWorkspace.getState().refreshPlans();
    await useWorkspace.getState().refreshPlan();
  }

  return {
    ...{ sent: null, received: null, open: null, receipt: null, working: null },
    readSent: async () => set({ sent: await attempt(() => filingClient.sent()) }),
    readReceived: async () => set({ received: await attempt(() => filingClient.received()) }),
    build: async (plans) => {
      const made = await during('building', () => filingClient.build(plans));
      if (made === null) return false;
      await Promise.all([get().readSent(), refreshPlans()]);
      return true;
    },
    takeReceipt: async (file) => {
      const text = await file.text();
      const taken = await during('answering', () => filingClient.takeReceipt(parsed(text)));
      if (taken === null) return false;
      await Promise.all([get().readSent(), refreshPlans()]);
      return true;
    },
    receive: async (file) => {
      const record = await during('receiving', () => filingClient.receive(file));
      if (record === null) return;
      await get().readReceived();
      await get().look(record.id);
    },
    look: async (open) => {
      set({ open, receipt: null });
      useLaidLayout.getState().lay(null);
      if (open === null) return;
      const record = get().received?.find(({ id }) => id === open);
      if (record === undefined || record.parts.length === 0) return;
      const layout = await attempt(() => filingClient.layout(open));
      if (layout === null || get().open !== open) return;
      const grids = layout.features.map(asGrid);
      useLaidLayout.getState().lay({ grids: { ...layout, features: grids }, how: 'alone' });
      if (grids.length > 0) useWorkspace.getState().focusOn(boundsOfGrids(grids));
    },
    decide: async (decisions) => {
      const { open } = get();
      if (open === null) return;
      await during('deciding', async () => {
        for (const decision of decisions) await filingClient.decide(open, decision);
      });
      await Promise.all([get().readReceived(), refreshPlans()]);
    },
    showReceipt: async (filing) => {
      set({ receipt: null });
      if (filing !== null) set({ receipt: await attempt(() => filingClient.receipt(filing)) });
    },
  };
});

const SHADES = 6;

/** Grids of a package have no number here, and no place in the colouring of a plan. */
const asGrid = (grid: GridFeature, index: number): GridFeature => ({
  ...grid,
  properties: { ...grid.properties, id: -1 - index, shade: grid.properties.shade ?? index % SHADES, band: grid.properties.band ?? 'free' },
});

/** Whatever is no JSON is refused by the server like anything else that is no receipt. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
