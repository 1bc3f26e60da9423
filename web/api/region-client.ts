// The routes of the regions through time.
import type { Region, RegionTable } from '../../core/api/messages.ts';
import { currentLanguage } from '../i18n/language.ts';
import { createRequests } from './requests.ts';

const { get } = createRequests('', currentLanguage);

export const regionClient = {
  /** Everything below a region, those that have ended, too. */
  within: (region: string) => get<Region[]>(`/api/regions?within=${region}&ended=true`),
  /** Tables of codes that were taken in, newest first. */
  tables: () => get<RegionTable[]>('/api/region-tables'),
};
