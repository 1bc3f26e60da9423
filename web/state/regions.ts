// The regions of the plan in hand as the tables of codes have them: which ended, which are new, which are names without a boundary.
import { create } from 'zustand';
import type { Region, RegionTable } from '../../core/api/messages.ts';
import { type Standing, standingsOf } from '../../core/regions/standing.ts';
import { regionClient } from '../api/region-client.ts';
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

export const useRegions = create<RegionsOfPlan>((set) => {
  const begin = turns();
  return {
    ...NOTHING_READ,
    read: async (region) => {
      const lasts = begin();
      const read = await Promise.all([regionClient.within(region), regionClient.tables()]).catch(() => null);
      if (!lasts()) return;
      if (read === null) return set(NOTHING_READ);
      const [regions, [table = null]] = read;
      set({ regions: new Map(regions.map((one) => [one.code, one])), standings: standingsOf(regions), table });
    },
  };
});
