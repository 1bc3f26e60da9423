// The rows of a department's file: what is taken, mended and refused.
import { describe, expect, test } from 'vitest';
import { multiPolygonAreaM2 } from '../../../core/geo/measure.ts';
import { Findings } from '../../../core/import/findings.ts';
import { soundFeatures } from '../../../core/import/read-features.ts';
import { departmentName, departmentOf } from '../../../core/one-net/departments.ts';
import { readDepartmentGrids } from '../../../core/one-net/read-department-grids.ts';
import { box, feature } from '../import/collections.ts';

const polygon = (west: number, width = 0.01) => ({ type: 'Polygon' as const, coordinates: [box(west, 39.37, width, 0.01)] });

function read(features: readonly unknown[], department = '') {
  const findings = new Findings();
  const sound = soundFeatures('department-grids', { source: 'a.kml', features, synthetic: false }, findings);
  return { grids: readDepartmentGrids(sound, findings, department), findings: findings.list };
}

describe('department grids', () => {
  test('a known department gets its id, another keeps its words, and the file’s department stands in', () => {
    const { grids } = read(
      [
        feature(polygon(99.8), { department: '县城市管理综合执法局', code: 12, name: '一片' }),
        feature(polygon(99.82), { department: '烟草专卖局', name: '二片' }),
        feature(polygon(99.84), { name: '三片' }),
      ],
      '民政局',
    );
    expect(grids.map(({ department, code, name }) => [department, code, name])).toEqual([
      ['city-management', '12', '一片'],
      ['烟草专卖局', '', '二片'],
      ['civil-affairs', '', '三片'],
    ]);
    expect(departmentName('civil-affairs', 'zh')).toBe('民政');
    expect(departmentName('烟草专卖局', 'en')).toBe('烟草专卖局');
    expect(departmentOf('  CITY-MANAGEMENT ')).toBe('city-management');
  });

  test('a grid without a name is called by its code; without both it is refused', () => {
    const { grids, findings } = read([feature(polygon(99.8), { code: 'CG-07' }), feature(polygon(99.82), {})], '城管');
    expect(grids).toMatchObject([{ code: 'CG-07', name: 'CG-07' }]);
    expect(findings).toMatchObject([{ feature: 2, field: 'name', verdict: 'refused', message: 'name-missing' }]);
  });

  test('rows of no department, no area and the same row twice', () => {
    const line = { type: 'LineString' as const, coordinates: [[99.8, 39.37] as number[], [99.9, 39.37] as number[]] };
    const { grids, findings } = read([
      feature(polygon(99.8), { name: '一片' }),
      feature(line, { department: '城管', name: '二片' }),
      feature(polygon(99.8), { department: '城管', name: '三片' }),
      feature(polygon(99.8), { department: '城管', name: '三片' }),
    ]);
    expect(grids.map(({ feature: row }) => row)).toEqual([3]);
    expect(findings).toMatchObject([
      { feature: 1, field: 'department', message: 'department-missing', verdict: 'refused' },
      { feature: 2, message: 'geometry-type', verdict: 'refused' },
      { feature: 4, message: 'department-grid-double', verdict: 'mended', values: { earlier: 3 } },
    ]);
  });

  test('parts that overlap are counted once', () => {
    const whole = read([feature(polygon(99.8, 0.015), { name: 'a' })], '城管').grids[0];
    const parts = { type: 'MultiPolygon' as const, coordinates: [polygon(99.8).coordinates, polygon(99.805).coordinates] };
    const united = read([feature(parts, { name: 'a' })], '城管').grids[0];
    expect(united?.area).toHaveLength(1);
    expect(multiPolygonAreaM2(united?.area ?? [])).toBeCloseTo(multiPolygonAreaM2(whole?.area ?? []), 1);
  });
});
