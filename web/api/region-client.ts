// The routes of the regions through time.
import type { Region, RegionTable } from '../../core/api/messages.ts';
import { currentLanguage } from '../i18n/language.ts';
import { createRequests } from './requests.ts';

export interface RegionClient {
  /** Everything below a region, those that have ended, too. */
  within: (region: string) => Promise<Region[]>;
  /** Tables of codes that were taken in, newest first. */
  tables: () => Promise<RegionTable[]>;
}

/** @param base scheme and host of the server, '' for the page's own; @param language reader's language for problem texts */
export function createRegionClient(base: string, language: () => string): RegionClient {
  const { get } = createRequests(base, language);
  return {
    within: (region) => get(`/api/regions?within=${region}&ended=true`),
    tables: () => get('/api/region-tables'),
  };
}

export const regionClient = createRegionClient('', currentLanguage);
