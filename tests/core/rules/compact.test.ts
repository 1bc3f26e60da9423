// compact: the measure of Polsby and Popper, as PostGIS would measure it.
import { describe, expect, test } from 'vitest';
import { issuesOf, only, withLimits } from './ask.ts';
import { town } from './town.ts';

describe('compact', () => {
  test('a long strip is a note with its measure', () => {
    const context = town(['1111111111', '2222222222', '2222222222', '2222222222']);
    const issue = only(withLimits(context, { compactness: 0.4 }), 'compact');
    expect(issue).toMatchObject({ message: 'compact-low', severity: 'note', grid: 1, limit: 0.4 });
    const [width, height] = [10 * Math.cos((39.4 * Math.PI) / 180), 1];
    expect(issue.measured).toBeCloseTo((4 * Math.PI * width * height) / (2 * (width + height)) ** 2, 2);
  });

  test('the limit itself is compact enough', () => {
    const context = town(['1111111111', '2222222222', '2222222222', '2222222222']);
    const measured = only(withLimits(context, { compactness: 0.4 }), 'compact').measured as number;
    expect(issuesOf(withLimits(context, { compactness: measured }), 'compact')).toEqual([]);
    expect(issuesOf(withLimits(context, { compactness: null }), 'compact')).toEqual([]);
  });

  test('a hole makes the border longer', () => {
    const measuredOf = (rows: string[]) =>
      issuesOf(withLimits(town(rows), { compactness: 1 }), 'compact').find(({ grid }) => grid === 1)?.measured;
    expect(measuredOf(['1112', '1212', '1112'])).toBeLessThan((measuredOf(['1112', '1112', '1112']) as number) / 1.5);
  });

  test('the shape of a community that is one grid is nobody’s doing', () => {
    expect(issuesOf(withLimits(town(['1111111111111111']), { compactness: 0.9 }), 'compact')).toEqual([]);
  });
});
