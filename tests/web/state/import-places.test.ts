// Where the map shows what a report found: each finding in its own place.
import { expect, it } from 'vitest';
import type { ImportFinding, ImportReport } from '../../../core/api/import-messages.ts';
import { findingKey, placesOf } from '../../../web/panels/import/report-places.ts';

const gap = (message: string, coordinate: [number, number]): ImportFinding => ({
  ...{ file: 'communities', source: '村界.geojson', feature: 3, field: null, verdict: 'refused', values: {} },
  ...{ message, coordinate },
});
const decisions = { skipRefused: false, toleranceM: null, misfits: {}, otherMisfits: null, successors: {} };
const places = (findings: ImportFinding[]) => placesOf({ misfits: [], findings } as Partial<ImportReport> as ImportReport, decisions);

it('tells two gaps of one community apart', () => {
  const [first, second] = [gap('gap', [99.8, 39.4]), gap('gap', [100.2, 39.1])];
  expect(findingKey(first)).not.toBe(findingKey(second));
  const found = places([first, second]);
  expect(found.of({ key: findingKey(first) })?.features.features[0]?.geometry).toEqual({ type: 'Point', coordinates: [99.8, 39.4] });
});

it('lays no mark on a gap, which is seen as its own shape, whatever became of it', () => {
  const findings = ['gap', 'gap-open', 'gap-mended', 'code-missing'].map((message) => gap(message, [99.8, 39.4]));
  const { marks } = places(findings);
  expect(marks.features.map(({ properties }) => properties?.key)).toEqual([findingKey(findings[3] as ImportFinding)]);
});
