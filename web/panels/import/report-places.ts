// What a report says about places, as features for the map: gaps, overlaps, findings; and the box around one of them.
import type { Feature, FeatureCollection } from 'geojson';
import type { ImportDecisions, ImportFinding, ImportReport } from '../../../core/api/import-messages.ts';
import { type Bounds, boundsOfFeatures } from '../../state/bounds.ts';
import { isUndecided } from '../../state/import-steps.ts';

/** The misfit or finding in hand. */
export interface Picked {
  key: string;
}

export interface ReportPlaces {
  misfits: FeatureCollection;
  marks: FeatureCollection;
  /** null: it has no place. */
  of: (picked: Picked | null) => { features: FeatureCollection; bounds: Bounds } | null;
  /** The list in which it stands. */
  tabOf: (key: string) => 'findings' | 'misfits';
}

/** Half the side of the box around a point, and the room around a shape. */
const AROUND_DEGREES = 0.0015;

/** Findings about gaps and overlaps. */
const shapedFindings: ReadonlySet<string> = new Set(['gap', 'gap-open', 'gap-mended', 'overlap', 'overlap-mended']);

/** Stable within one report. One community may have several gaps, each in its place. */
export const findingKey = ({ source, file, feature, message, field, coordinate }: ImportFinding): string =>
  `finding ${source} ${file} ${feature} ${message} ${field} ${coordinate}`;

export function placesOf({ misfits, findings }: ImportReport, decisions: ImportDecisions): ReportPlaces {
  const shapes = misfits.map(
    (misfit): Feature => ({
      type: 'Feature',
      geometry: misfit.shape,
      properties: {
        key: misfit.key,
        kind: misfit.kind,
        open: isUndecided(misfit, decisions),
      },
    }),
  );
  const placed = findings.filter(({ coordinate }) => coordinate !== null);
  const marks = placed.map(
    (finding): Feature => ({
      type: 'Feature',
      geometry: { type: 'Point', coordinates: finding.coordinate ?? [] },
      properties: { key: findingKey(finding), verdict: finding.verdict },
    }),
  );
  // A gap is seen as its own shape; a mark on it would only lie in the way.
  const drawn = marks.filter((_, i) => !shapedFindings.has(placed[i]?.message ?? ''));
  const byKey = new Map([...marks, ...shapes].map((feature) => [feature.properties?.key as string, feature]));
  const misfitKeys = new Set(misfits.map(({ key }) => key));
  return {
    misfits: collection(shapes),
    marks: collection(drawn),
    of: (picked) => {
      const feature = picked === null ? undefined : byKey.get(picked.key);
      if (feature === undefined) return null;
      const features = collection([feature]);
      const bounds = boundsOfFeatures(features);
      return bounds === null ? null : { features, bounds: widened(bounds) };
    },
    tabOf: (key) => (misfitKeys.has(key) ? 'misfits' : 'findings'),
  };
}

const collection = (features: Feature[]): FeatureCollection => ({ type: 'FeatureCollection', features });

const widened = ([west, south, east, north]: Bounds): Bounds => [
  west - AROUND_DEGREES,
  south - AROUND_DEGREES,
  east + AROUND_DEGREES,
  north + AROUND_DEGREES,
];
