// Staff lists onto the grids of a plan: by code or name, roles of the list replaced and others kept, identity numbers refused unseen.
import { describe, expect, test } from 'vitest';
import { Findings } from '../../../core/import/findings.ts';
import { assignStaff, type StaffedGrid } from '../../../core/import/staff/assign-staff.ts';
import { readStaffRows } from '../../../core/import/staff/staff-rows.ts';

const GRIDS: StaffedGrid[] = [
  {
    ...{ id: 1, community: '620724100001', communityName: '新建东村居民委员会', code: '620724100001001', name: '第一网格' },
    staff: [
      { role: '网格长', name: '李强' },
      { role: '网格员', name: '王芳', phone: '13800001111' },
      { role: '网格员', name: '赵敏' },
    ],
  },
  { id: 2, community: '620724100006', communityName: '人民西路居民委员会', code: null, name: '第一网格', staff: [] },
];

function assign(rows: readonly Record<string, unknown>[]) {
  const findings = new Findings();
  const features = rows.map((properties) => ({ type: 'Feature', properties, geometry: null }));
  const read = readStaffRows([{ source: '人员.xlsx', features, numbers: rows.map((_, i) => i + 3), synthetic: false }], findings);
  return { ...assignStaff(read, GRIDS, findings), findings: findings.list };
}

describe('the roles of the list', () => {
  test('are replaced in the grids it names; everybody else stays', () => {
    const { changes } = assign([
      { grid: '620724100001001', role: '网格员', name: '赵敏', phone: '0936-6621000' },
      { grid: '620724100001001', role: '网格员', name: '周洋' },
      { gridName: '第一网格', community: '人民西路社区', role: '专职网格员', name: '陈静' },
    ]);
    expect(changes).toEqual([
      {
        ...{ grid: 1, community: '620724100001' },
        staff: [
          { role: '网格长', name: '李强' },
          { role: '网格员', name: '赵敏', phone: '0936-6621000' },
          { role: '网格员', name: '周洋' },
        ],
      },
      { grid: 2, community: '620724100006', staff: [{ role: '专职网格员', name: '陈静' }] },
    ]);
  });

  test('that say what is there change nothing', () => {
    const rows = [
      { grid: '620724100001001', role: '网格员', name: '王芳', phone: '13800001111' },
      { grid: '620724100001001', role: '网格员', name: '赵敏' },
    ];
    expect(assign(rows)).toMatchObject({ changes: [], unchanged: 2 });
  });

  test('are assumed where the list has none, and that is said', () => {
    const { changes, findings } = assign([{ grid: '620724100001001', name: '马丽' }]);
    expect(changes[0]?.staff.at(-1)).toEqual({ role: '专职网格员', name: '马丽' });
    expect(findings.map(({ message }) => message)).toEqual(['staff-role-assumed']);
  });
});

test('rows that cannot stand are refused by their number', () => {
  const { changes, findings } = assign([
    { grid: '620724100001009', role: '网格员', name: '甲' },
    { gridName: '第一网格', role: '网格员', name: '乙' },
    { role: '网格员', name: '丙' },
    { grid: '620724100001001', role: '网格员' },
    { grid: '620724100001001', role: '网格员', name: '丁', phone: '138****5678' },
  ]);
  expect(changes).toEqual([]);
  expect(findings.map(({ feature, message }) => `${feature} ${message}`)).toEqual([
    '5 staff-grid-missing',
    '6 staff-name-missing',
    '7 staff-phone',
    '3 staff-grid-unknown',
    '4 staff-grid-several',
  ]);
});

test('numbers of identity cards are neither taken nor repeated', () => {
  const { changes, findings } = assign([{ grid: '620724100001001', role: '网格员', name: '戊 11010519491231002X' }]);
  expect(changes).toEqual([]);
  expect(findings[0]?.message).toBe('staff-id-number');
  expect(JSON.stringify(findings)).not.toContain('11010519491231002X');
});
