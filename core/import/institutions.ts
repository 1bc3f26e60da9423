// Judges the institutions of an import: places that may become dedicated grids.
import type { Polygon } from '../coverage/geometry.ts';
import { settleCount } from './counts.ts';
import type { Findings } from './findings.ts';
import { readPolygons } from './read-area.ts';
import type { SoundFeature } from './read-features.ts';
import { textProperty } from './text-property.ts';

export interface ReadInstitution {
  readonly feature: number;
  readonly name: string;
  readonly use: string;
  /** People who work there; null: not known, or refused. */
  readonly staff: number | null;
  readonly area: Polygon;
}

/** A feature of several areas gives several institutions of one name. */
export function readInstitutions(features: readonly SoundFeature[], findings: Findings): ReadInstitution[] {
  return features.flatMap((feature) => {
    const name = textProperty(feature.properties.name);
    if (name === '') findings.refuse('institutions', 'name-missing', { feature: feature.number, field: 'name' });
    const polygons = readPolygons('institutions', feature, findings);
    if (!polygons) return [];
    const use = textProperty(feature.properties.use);
    const staff = settleCount('institutions', { feature: feature.number, field: 'staff', raw: feature.properties.staff }, findings);
    if (name === '') return [];
    return polygons.map((area) => ({ feature: feature.number, name, use, staff: staff === 'missing' ? null : staff, area }));
  });
}
