// Judges the institutions of an import: places that may become dedicated grids.
import type { Polygon } from '../coverage/geometry.ts';
import { readCount } from './counts.ts';
import type { Findings } from './findings.ts';
import type { SoundFeature } from './read-features.ts';
import { shapesOf } from './shapes.ts';
import { textProperty } from './text-property.ts';

export interface ReadInstitution {
  readonly feature: number;
  readonly name: string;
  readonly use: string;
  /** People who work there; null: not known. */
  readonly staff: number | null;
  readonly area: Polygon;
}

/** A feature of several areas gives several institutions of one name. */
export function readInstitutions(features: readonly SoundFeature[], findings: Findings): ReadInstitution[] {
  return features.flatMap((feature) => {
    const name = textProperty(feature.properties.name);
    if (name === '') findings.refuse('institutions', 'name-missing', { feature: feature.number, field: 'name' });
    if (feature.shape.kind !== 'polygons') {
      findings.refuse('institutions', 'geometry-type', { feature: feature.number, values: { type: feature.shape.kind } });
      return [];
    }
    const outcome = shapesOf(feature.shape.polygons);
    if (outcome.verdict === 'refused') {
      findings.refuse('institutions', outcome.message, { feature: feature.number, coordinate: outcome.at });
      return [];
    }
    if (outcome.verdict === 'mended') {
      findings.mend('institutions', 'self-intersection-mended', { feature: feature.number, coordinate: outcome.at });
    }
    const use = textProperty(feature.properties.use);
    const staff = settleStaff(feature, findings);
    return name === '' ? [] : outcome.polygons.map((area) => ({ feature: feature.number, name, use, staff, area }));
  });
}

/** null: none given, or one that is refused. */
function settleStaff(feature: SoundFeature, findings: Findings): number | null {
  const raw = feature.properties.staff;
  const outcome = readCount(raw);
  if (outcome.kind === 'missing') return null;
  if (outcome.kind === 'count') return outcome.value;
  findings.refuse('institutions', `count-${outcome.problem}`, {
    feature: feature.number,
    field: 'staff',
    values: { value: String(raw).slice(0, 40) },
  });
  return null;
}
