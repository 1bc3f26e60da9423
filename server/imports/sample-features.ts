// Features of a file for the map, as a choice of coordinates puts them; no personal column among their fields.
import type { Feature, FeatureCollection } from 'geojson';
import type { SourceChoice } from '../../core/api/import-messages.ts';
import { rowsOf } from '../../core/import/fields/apply-choice.ts';
import type { RawRows } from '../../core/sources/raw-source.ts';
import type { OpenSource } from './open-import.ts';

/** GeoJSON with our field names; the number of each row in the file is its id. */
export function sampleFeatures(
  sample: RawRows,
  { name, choice }: Pick<OpenSource, 'name' | 'choice'>,
  coordinates: Pick<SourceChoice, 'swapAxes'> & { readonly crs: string },
): FeatureCollection {
  const { rows } = rowsOf(sample, { ...choice, ...coordinates }, name);
  const features = (rows.features as Feature[]).map((feature, i) => ({ ...feature, id: rows.numbers?.[i] ?? i + 1 }));
  return { type: 'FeatureCollection', features: features.filter(({ geometry }) => Boolean(geometry)) };
}
