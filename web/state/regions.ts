// The regions of the plan in hand as the tables of codes have them: which ended, which are new, which are names without a boundary.
import { create, type StoreApi, type UseBoundStore } from 'zustand';
import type { Region, RegionTable } from '../../core/api/messages.ts';
import { type Standing, standingsOf } from '../../core/regions/standing.ts';
import { type RegionClient, regionClient } from '../api/region-client.ts';
import { turns } from './turns.ts';

export interface RegionsOfPlan {
  /** By code; empty until they are read. */
  regions: ReadonlyMap<string, Region>;
  standings: ReadonlyMap<string, Standing>;
  /** The newest table; null: none was taken in. */
  table: RegionTable | null;
  /** The tree gets on without them: a failure is not told. */
  read: (region: string) => Promise<void>;
}

const NOTHING_READ = { regions: new Map<string, Region>(), standings: new Map<string, Standing>(), table: null };

/** The client is handed in so that it runs without a browser. */
export function createRegions(client: RegionClient): UseBoundStore<StoreApi<RegionsOfPlan>> {
  const begin = turns();
  return create<RegionsOfPlan>((set) => ({
    ...NOTHING_READ,
    read: async (region) => {
      const lasts = begin();
      const read = await Promise.all([client.within(region), client.tables()]).catch(() => null);
      if (!lasts()) return;
      if (read === null) return set(NOTHING_READ);
      const [regions, [table = null]] = read;
      set({ regions: new Map(regions.map((one) => [one.code, one])), standings: standingsOf(regions), table });
    },
  }));
}

export const useRegions = createRegions(regionClient);
