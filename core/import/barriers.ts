// Judges the barriers of an import: class and line. Areas (a river between its banks) count as their outlines.
import { z } from 'zod';
import type { BarrierClass } from '../api/messages.ts';
import type { Line } from '../coverage/geometry.ts';
import { latticeLine } from '../coverage/lattice.ts';
import type { Findings } from './findings.ts';
import type { SoundFeature } from './read-features.ts';
import { textProperty } from './text-property.ts';

export const barrierClass = z.enum([
  'river',
  'railway',
  'main-road',
  'secondary',
  'street',
  'lane',
  'wall',
]) satisfies z.ZodType<BarrierClass>;

export interface ReadBarrier {
  readonly feature: number;
  readonly class: BarrierClass;
  readonly name: string;
  readonly line: Line;
}

/** A feature of several lines gives several barriers. */
export function readBarriers(features: readonly SoundFeature[], findings: Findings): ReadBarrier[] {
  return features.flatMap((feature) => {
    const raw = textProperty(feature.properties.class);
    const place = { feature: feature.number, field: 'class', values: { class: raw, known: barrierClass.options.join(', ') } };
    const parsed = barrierClass.safeParse(raw);
    if (!parsed.success) {
      findings.refuse('barriers', raw === '' ? 'class-missing' : 'class-unknown', place);
      return [];
    }
    return readLines(feature, findings).map((line) => ({
      feature: feature.number,
      class: parsed.data,
      name: textProperty(feature.properties.name),
      line,
    }));
  });
}

function readLines(feature: SoundFeature, findings: Findings): Line[] {
  const { shape, number } = feature;
  if (shape.kind === 'points') {
    findings.refuse('barriers', 'geometry-type', { feature: number, values: { type: shape.kind } });
    return [];
  }
  if (shape.kind === 'polygons') findings.mend('barriers', 'barrier-area', { feature: number });
  const lines = (shape.kind === 'lines' ? shape.lines : shape.polygons.flat()).map(latticeLine).filter((line) => line.length >= 4);
  if (lines.length === 0) findings.refuse('barriers', 'line-nil', { feature: number });
  return lines;
}
