// Judges the area of a feature: polygons that are free of self-contact.
import type { ImportKind } from '../api/import-messages.ts';
import type { Polygon } from '../coverage/geometry.ts';
import type { Findings } from './findings.ts';
import type { SoundFeature } from './read-features.ts';
import { shapesOf } from './shapes.ts';

/** At least one; null when the feature is refused in the findings. What was mended is told there, too. */
export function readPolygons(file: ImportKind, { number: feature, shape }: SoundFeature, findings: Findings): readonly Polygon[] | null {
  if (shape.kind !== 'polygons') {
    findings.refuse(file, 'geometry-type', { feature, values: { type: shape.kind } });
    return null;
  }
  const outcome = shapesOf(shape.polygons);
  if (outcome.verdict === 'refused') {
    findings.refuse(file, outcome.message, { feature, coordinate: outcome.at });
    return null;
  }
  if (outcome.verdict === 'mended') findings.mend(file, 'self-intersection-mended', { feature, coordinate: outcome.at });
  return outcome.polygons;
}
