// The routes of one net: old grids of departments beside a plan, and the crosswalk.
import type { FeatureCollection, MultiPolygon } from 'geojson';
import type { OldGridProperties, OneNetOverview } from '../../core/api/one-net-messages.ts';
import type { CrosswalkFormat } from '../../core/one-net/crosswalk-format.ts';
import { currentLanguage } from '../i18n/language.ts';
import { createRequests } from './requests.ts';

export type OldGridCollection = FeatureCollection<MultiPolygon, OldGridProperties>;

const { get } = createRequests('', currentLanguage);
const named = (department: string | null, more: Record<string, string> = {}): string =>
  `?${new URLSearchParams({ ...(department !== null && { department }), ...more })}`;

export const oneNetClient = {
  /** null: of the first department. */
  overview: (plan: number, department: string | null) => get<OneNetOverview>(`/api/plans/${plan}/one-net${named(department)}`),
  oldGrids: (plan: number, department: string) => get<OldGridCollection>(`/api/plans/${plan}/one-net/grids${named(department)}`),
  /** For a download link; null: all departments. */
  crosswalkAddress: (plan: number, department: string | null, format: CrosswalkFormat) =>
    `/api/plans/${plan}/one-net/export${named(department, { format })}`,
};
