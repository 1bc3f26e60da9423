// Two tables of region codes compared: what was added, removed, renamed and recoded, and what taking the newer one in leaves.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Findings } from '../../../core/import/findings.ts';
import { compareTable } from '../../../core/regions/compare.ts';
import { bareName } from '../../../core/regions/names.ts';
import type { PeriodChange, RegionPeriod } from '../../../core/regions/period.ts';
import { readTable } from '../../../core/regions/read-table.ts';
import type { TableRegion } from '../../../core/regions/table.ts';
import { impossibleSuccessor, takeTable } from '../../../core/regions/take-table.ts';
import { gaotaiRows, qianjiangRows, rowsOf, tableOf } from './county-tables.ts';

const day = (validFrom: string) => ({ validFrom, source: '国家统计局' });
const FIRST = day('2022-12-31');
const SECOND = day('2023-12-31');
const TOWN = '620724100';
const community = (number: string, name: string) => ({ code: `${TOWN}${number}`, name, parentName: '城关镇' });

const holdsOn = ({ validFrom, validTo }: RegionPeriod, date: string): boolean =>
  (validFrom === null || validFrom <= date) && (validTo === null || date < validTo);

/** Everything that is known of regions, as the database keeps it. */
class Regions {
  readonly latest = new Map<string, RegionPeriod>();
  readonly past: RegionPeriod[] = [];

  take(table: readonly TableRegion[], origin: { validFrom: string; source: string }, successors = {}): PeriodChange[] {
    const changes = takeTable([...this.latest.values()], table, origin, successors);
    for (const { now, past } of changes) {
      this.latest.set(now.code, now);
      if (past) this.past.push(past);
    }
    return changes;
  }

  on(date: string): { code: string; name: string }[] {
    return [...this.past, ...this.latest.values()]
      .filter((period) => holdsOn(period, date))
      .map(({ code, name }) => ({ code, name }))
      .sort((a, b) => (a.code < b.code ? -1 : 1));
  }
}

function changesBetween(before: readonly Record<string, unknown>[], after: readonly Record<string, unknown>[]) {
  const regions = new Regions();
  regions.take(tableOf(before), FIRST);
  return compareTable([...regions.latest.values()], tableOf(after), SECOND);
}
const brief = (changes: ReturnType<typeof compareTable>) =>
  changes.map(({ kind, old, new: now }) => [kind, old?.code.slice(9), now?.code.slice(9)]);

test('the table that is there changes nothing', () => {
  expect(changesBetween(gaotaiRows(), gaotaiRows())).toEqual([]);
});

test('added, removed, renamed, and recoded by the same or a like name', () => {
  const changes = changesBetween(
    [
      community('001', '东街居民委员会'),
      community('002', '西街居民委员会'),
      community('003', '北街居民委员会'),
      community('201', '渠口村村民委员会'),
    ],
    [
      community('001', '东大街社区居民委员会'),
      community('009', '北街居民委员会'),
      community('010', '南街社区'),
      community('011', '渠口社区居民委员会'),
    ],
  );
  expect(brief(changes)).toEqual([
    ['renamed', '001', '001'],
    ['removed', '002', undefined],
    ['recoded', '003', '009'],
    ['added', undefined, '010'],
    ['recoded', '201', '011'],
  ]);
  expect(changes.filter(({ kind }) => kind !== 'added').every(({ confirmed }) => !confirmed)).toBe(true);
});

test('a name that two could have had is nobody’s until a person says so; both are offered first', () => {
  const changes = changesBetween(
    [community('001', '东街社区')],
    [community('005', '东街居委会'), community('006', '东街村委会'), community('007', '南街社区')],
  );
  expect(brief(changes)).toEqual([
    ['removed', '001', undefined],
    ['added', undefined, '005'],
    ['added', undefined, '006'],
    ['added', undefined, '007'],
  ]);
  expect(changes[0]?.candidates.map(({ code }) => code.slice(9))).toEqual(['005', '006', '007']);
});

test('a town that receives another code takes its communities with it', () => {
  const before = [community('001', '东街社区'), community('201', '渠口村')];
  const after = before.map(({ code, name }) => ({ code: code.replace('620724100', '620724001'), name, parentName: '城关街道' }));
  const changes = changesBetween(before, after);
  expect(changes.map(({ kind, new: now }) => [kind, now?.code])).toEqual([
    ['recoded', '620724001'],
    ['recoded', '620724001001'],
    ['recoded', '620724001201'],
  ]);
});

test('codes given out anew: the old name is found under its other code', () => {
  const changes = changesBetween(
    [community('001', '东街社区'), community('002', '西街社区')],
    [community('001', '西街社区'), community('002', '东街社区')],
  );
  expect(changes.map(({ kind, candidates }) => [kind, candidates.map(({ name }) => name)])).toEqual([
    ['renamed', ['东街社区']],
    ['renamed', ['西街社区']],
  ]);
});

test('what the table does not speak of stays: other counties, and communities where it has towns only', () => {
  const both = [...gaotaiRows(), ...qianjiangRows()];
  expect(changesBetween(both, gaotaiRows())).toEqual([]);
  const towns = [...new Map(gaotaiRows().map(({ parent, parentName }) => [parent, { code: parent, name: parentName }])).values()];
  expect(changesBetween(gaotaiRows(), towns)).toEqual([]);
  const fewer = changesBetween(gaotaiRows(), towns.slice(1));
  expect(new Set(fewer.map(({ old }) => old?.code.slice(0, 9)))).toEqual(new Set([towns[0]?.code]));
  expect(fewer.length).toBeGreaterThan(1);
});

test('a community whose row was refused has neither ended nor come', () => {
  const regions = new Regions();
  regions.take(tableOf([community('001', '东街社区'), community('002', '西街社区')]), FIRST);
  const findings = new Findings();
  const table = readTable([rowsOf([community('001', '东街社区'), community('002', ''), community('003', '')])], findings);
  expect(findings.refusals('regions')).toBe(2);
  expect(compareTable([...regions.latest.values()], table, SECOND)).toEqual([]);
  expect(regions.take(table, SECOND)).toEqual([]);
});

test('a whole county that is missing ends only where the table is said to have all of what is above it', () => {
  const regions = new Regions();
  regions.take(tableOf([...gaotaiRows(), { code: '620725100001', name: '甲社区', parentName: '乙镇', county: '山丹县' }]), FIRST);
  const stored = [...regions.latest.values()];
  const table = tableOf(gaotaiRows());
  expect(compareTable(stored, table, SECOND)).toEqual([]);
  const ended = compareTable(stored, table, { ...SECOND, covers: ['6207'] });
  expect(ended.map(({ old }) => old?.code)).toEqual(['620725', '620725100', '620725100001']);
});

test('a name in place of the code that stood for one is no rename', () => {
  const named = [...gaotaiRows(), { code: '620724', name: '高台县' }];
  expect(changesBetween(gaotaiRows(), named)).toEqual([]);
  const regions = new Regions();
  regions.take(tableOf(gaotaiRows()), FIRST);
  regions.take(tableOf(named), SECOND);
  expect(regions.on('2022-12-31')).toContainEqual({ code: '620724', name: '高台县' });
});

describe('successors', () => {
  const before = [community('001', '东街社区'), community('002', '西街社区')];
  const after = [community('002', '西街社区'), community('005', '东街居委会')];
  const [from, west, to] = [`${TOWN}001`, `${TOWN}002`, `${TOWN}005`];
  const taken = (successors: Record<string, string | null>) => {
    const regions = new Regions();
    regions.take(tableOf(before), FIRST);
    const changes = compareTable([...regions.latest.values()], tableOf(after), SECOND, successors);
    regions.take(tableOf(after), SECOND, successors);
    return { regions, changes: changes.map(({ kind, new: now, confirmed }) => [kind, now?.code, confirmed]) };
  };

  test('a guess is not written down', () => {
    const { regions, changes } = taken({});
    expect(changes).toEqual([['recoded', to, false]]);
    expect(regions.latest.get(from)).toMatchObject({ validTo: '2023-12-31', successor: null });
  });

  test('what a person said is, be it another one or none', () => {
    expect(taken({ [from]: to }).regions.latest.get(from)?.successor).toBe(to);
    const merged = taken({ [from]: west });
    expect(merged.regions.latest.get(from)?.successor).toBe(west);
    expect(merged.changes).toEqual([
      ['recoded', west, true],
      ['added', to, true],
    ]);
    expect(taken({ [from]: null }).changes).toEqual([
      ['removed', undefined, true],
      ['added', to, true],
    ]);
  });

  test('also when they say it later, with the same table', () => {
    const { regions } = taken({});
    expect(regions.take(tableOf(after), SECOND, { [from]: to })).toHaveLength(1);
    expect(regions.latest.get(from)?.successor).toBe(to);
    expect(regions.take(tableOf(after), SECOND, { [from]: to })).toEqual([]);
  });

  test('one that is not in the table, or of another level, cannot be', () => {
    const table = tableOf(after);
    expect(impossibleSuccessor(table, { [from]: `${TOWN}777` })).not.toBeNull();
    expect(impossibleSuccessor(table, { [from]: TOWN })).not.toBeNull();
    expect(impossibleSuccessor(table, { [from]: west, [west]: null })).toBeNull();
  });
});

test('a community that ended and comes back keeps both lives', () => {
  const [stays, goes] = [community('001', '东街社区'), community('002', '西街社区')];
  const regions = new Regions();
  regions.take(tableOf([stays, goes]), day('2021-12-31'));
  regions.take(tableOf([stays]), FIRST);
  const back = compareTable([...regions.latest.values()], tableOf([stays, goes]), SECOND);
  expect(back).toMatchObject([{ kind: 'added', old: { name: '西街社区' }, new: { name: '西街社区' } }]);
  regions.take(tableOf([stays, goes]), SECOND);
  const had = ['2022-01-01', '2022-12-31', '2023-12-30', '2023-12-31'].map((date) =>
    regions.on(date).some(({ code }) => code === goes.code),
  );
  expect(had).toEqual([true, false, false, true]);
});

test.each([
  ['渠口村村民委员会', '渠口'],
  ['渠口村民委员会', '渠口'],
  ['渠口社区居民委员会', '渠口'],
  ['渠口社区居委会', '渠口'],
  ['渠口村委会', '渠口'],
  ['渠口社区', '渠口'],
  ['城关街道办事处', '城关'],
  ['城关镇', '城关'],
  ['村', '村'],
])('%s is about %s', (name, bare) => {
  expect(bareName(name)).toBe(bare);
});

describe('whatever the tables are', () => {
  const NAMES = ['东街社区', '东街居委会', '西街社区', '西街村', '南街社区', '北街社区居民委员会'];
  const row = fc.record({
    code: fc.constantFrom('620724100001', '620724100002', '620724100201', '620724101001', '620724101002', '620725100001'),
    name: fc.constantFrom(...NAMES),
    parentName: fc.constantFrom('城关镇', '城关街道'),
  });
  const table = fc
    .uniqueArray(row, { selector: ({ code }) => code, minLength: 1 })
    // Every table speaks of both counties, so that what it does not have has ended.
    .map((rows) => tableOf([...rows, { code: '620724199001', name: '城外社区' }, { code: '620725199001', name: '城外社区' }]));
  const history = fc.array(table, { minLength: 1, maxLength: 6 });
  const dateOf = (i: number): string => `20${10 + i}-12-31`;

  test('the regions of its day are those of the table, also after newer ones; once more changes nothing; nothing is lost', () => {
    fc.assert(
      fc.property(history, (tables) => {
        const regions = new Regions();
        const seen = new Set<string>();
        tables.forEach((rows, i) => {
          regions.take(rows, day(dateOf(i)));
          expect(compareTable([...regions.latest.values()], rows, day(dateOf(i)))).toEqual([]);
          expect(regions.take(rows, day(dateOf(i)))).toEqual([]);
          for (const { code } of rows) seen.add(code);
          expect([...seen].every((code) => regions.latest.has(code))).toBe(true);
        });
        const periods = [...regions.past, ...regions.latest.values()];
        for (const { code, name, validTo } of periods) {
          const next = periods.find((period) => period.code === code && period.validFrom === validTo && validTo !== null);
          expect(next?.name).not.toBe(name);
        }
        tables.forEach((rows, i) => {
          expect(regions.on(dateOf(i)).map(({ code }) => code)).toEqual(rows.map(({ code }) => code).sort());
          const named = new Map(regions.on(dateOf(i)).map(({ code, name }) => [code, name]));
          for (const { code, name } of rows) if (name !== '') expect(named.get(code)).toBe(name);
        });
      }),
      { numRuns: 300 },
    );
  });

  test('a corrected table of the same day takes the place of the one before', () => {
    fc.assert(
      fc.property(table, table, table, (before, wrong, right) => {
        const regions = new Regions();
        regions.take(before, day(dateOf(0)));
        regions.take(wrong, day(dateOf(1)));
        regions.take(right, day(dateOf(1)));
        const named = regions.on(dateOf(1)).map(({ code, name }) => [code, name]);
        expect(named.filter(([code]) => code?.length === 12)).toEqual(
          right.filter(({ code }) => code.length === 12).map(({ code, name }) => [code, name]),
        );
        expect(regions.on(dateOf(0)).map(({ code }) => code)).toEqual(before.map(({ code }) => code).sort());
      }),
      { numRuns: 300 },
    );
  });

  test('every change is counted once: what is gone is removed or recoded, what is new added or an heir', () => {
    fc.assert(
      fc.property(table, table, (before, after) => {
        const regions = new Regions();
        regions.take(before, FIRST);
        const changes = compareTable([...regions.latest.values()], after, SECOND);
        const codes = (rows: readonly TableRegion[]) => new Set(rows.map(({ code }) => code));
        const [had, has] = [codes(before), codes(after)];
        const gone = changes.flatMap(({ kind, old }) => (kind === 'removed' || kind === 'recoded' ? (old?.code ?? []) : []));
        const fresh = changes.flatMap(({ kind, new: now }) => (kind === 'added' || kind === 'recoded' ? (now?.code ?? []) : []));
        expect(gone.sort()).toEqual([...had].filter((code) => !has.has(code)).sort());
        expect(fresh.filter((code) => !had.has(code)).sort()).toEqual([...has].filter((code) => !had.has(code)).sort());
        expect(new Set(fresh).size).toBe(fresh.length);
      }),
      { numRuns: 300 },
    );
  });
});
