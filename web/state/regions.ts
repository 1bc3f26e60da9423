// The regions of the plan in hand as the tables of codes have them: which ended, which are new, which are names without a boundary.
import { create } from 'zustand';
import type { Region, RegionTable } from '../../core/api/messages.ts';
import { type Standing, standingsOf } from '../../core/regions/standing.ts';
import { regionClient } from '../api/region-client.ts';

export interface RegionsOfPlan {
  /** By code; empty until they are read. */
  regions: ReadonlyMap<string, Region>;
  standings: ReadonlyMap<string, Standing>;
  /** The newest table; null: none was taken in. */
  table: RegionTable | null;
  /** The tree gets on without them: a failure is not told. */
  read: (region: string) => Promise<void>;
}

export const useRegions = create<RegionsOfPlan>((set) => ({
  ...{ regions: new Map(), standings: new Map(), table: null },
  read: async (region) => {
    try {
      const [regions, tables] = await Promise.all([regionClient.within(region), regionClient.tables()]);
      const table = tables[0] ?? null;
      set({ regions: new Map(regions.map((one) => [one.code, one])), standings: standingsOf(regions), table });
    } catch {
      set({ regions: new Map(), standings: new Map(), table: null });
    }
  },
}));
