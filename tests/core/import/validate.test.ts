// What an import brings is judged feature by feature: each kind of mistake has its finding, and nothing bad may be stored.
import { describe, expect, it } from 'vitest';
import { multiPolygonAreaM2 } from '../../../core/geo/measure.ts';
import { parseCollection } from '../../../core/import/read-features.ts';
import { findingSentence } from '../../../core/import/texts.ts';
import { UnusableFile } from '../../../core/import/unusable-file.ts';
import { mayBeStored, type ValidImport, validateImport, validateRows } from '../../../core/import/validate.ts';
import { box, building, bytes, code, collection, community, feature, SIDE, SOUTH, WEST } from './collections.ts';

interface Given {
  communities?: unknown;
  buildings?: unknown;
  barriers?: unknown;
  institutions?: unknown;
}

function judge({ communities, buildings, barriers, institutions }: Given): ValidImport {
  return validateImport({
    communities: bytes(communities ?? collection([community(1), community(2)])),
    buildings: bytes(buildings ?? collection([building(0.5, 0.5)])),
    barriers: barriers === undefined ? undefined : bytes(barriers),
    institutions: institutions === undefined ? undefined : bytes(institutions),
  });
}

const messages = (given: Given): string[] =>
  judge(given).findings.list.map(({ file, feature: number, verdict, message }) => `${file} ${number} ${verdict} ${message}`);

const line = (
  properties: Record<string, unknown>,
  coordinates = [
    [WEST, SOUTH],
    [WEST + SIDE, SOUTH + SIDE],
  ],
) => feature({ type: 'LineString', coordinates }, properties);

describe('a clean import', () => {
  it('is taken whole and without a word', () => {
    const valid = judge({ barriers: collection([line({ class: 'street' })]), institutions: collection([community(1, { use: 'school' })]) });
    expect(valid.findings.list).toEqual([]);
    expect(valid.findings.counts().communities).toEqual({ taken: 2, mended: 0, refused: 0 });
    expect(valid.communities.map((each) => each.code)).toEqual([code(1), code(2)]);
    expect(valid.buildings).toHaveLength(1);
    expect(mayBeStored(valid, false)).toBe(true);
  });

  it('takes points among polygons', () => {
    const point = feature({ type: 'Point', coordinates: [WEST + SIDE / 3, SOUTH + SIDE / 3] }, { households: 3, population: 8 });
    const valid = judge({ buildings: collection([building(0.5, 0.5), point]) });
    expect(valid.findings.list).toEqual([]);
    expect(valid.buildings.map(({ footprint }) => footprint === null)).toEqual([false, true]);
  });
});

describe('files that cannot be used at all', () => {
  const reasonOf = (given: Given): string => {
    try {
      judge(given);
    } catch (error) {
      if (error instanceof UnusableFile) return `${error.file} ${error.reason}`;
      throw error;
    }
    return 'usable';
  };

  it.each<[string, Given, string]>([
    ['text that is no JSON', { communities: '{"type": ' }, 'communities file-not-json'],
    ['an empty file', { buildings: '' }, 'buildings file-empty'],
    ['a list', { communities: [] }, 'communities file-not-features'],
    ['a single feature', { communities: community(1) }, 'communities file-not-features'],
    ['null', { buildings: 'null' }, 'buildings file-not-features'],
    ['no features', { communities: collection([]) }, 'communities file-empty'],
    [
      'another coordinate system',
      {
        communities: { ...collection([community(1)]), crs: { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::4527' } } },
      },
      'communities file-crs',
    ],
    [
      'households under another name',
      { buildings: collection([feature({ type: 'Point', coordinates: [WEST, SOUTH] }, { 户数: 3 })]) },
      'buildings file-without-households',
    ],
  ])('%s', (_, given, reason) => {
    expect(reasonOf(given)).toBe(reason);
  });

  it('text in GBK', () => {
    const gbk = Uint8Array.from([...bytes('{"type":"FeatureCollection","name":"'), 0xb8, 0xdf, 0xcc, 0xa8, ...bytes('","features":[]}')]);
    expect(() => validateImport({ communities: gbk, buildings: bytes(collection([])) })).toThrow(/file-not-utf8/);
  });

  it('takes CGCS2000 and WGS 84 by name', () => {
    for (const name of ['urn:ogc:def:crs:OGC:1.3:CRS84', 'urn:ogc:def:crs:EPSG::4490', 'EPSG:4326']) {
      expect(reasonOf({ communities: { ...collection([community(1)]), crs: { type: 'name', properties: { name } } } })).toBe('usable');
    }
  });
});

describe('communities', () => {
  const bowTie = [
    [WEST, SOUTH],
    [WEST + SIDE, SOUTH + SIDE],
    [WEST + SIDE, SOUTH],
    [WEST, SOUTH + SIDE],
    [WEST, SOUTH],
  ];
  const open = box(WEST, SOUTH, SIDE, SIDE).slice(0, -1);
  const spike = [...box(WEST, SOUTH, SIDE, SIDE).slice(0, 2), [WEST + 2 * SIDE, SOUTH], ...box(WEST, SOUTH, SIDE, SIDE).slice(1)];

  it.each<[string, unknown, string]>([
    ['a code twice', community(2, { code: code(1) }), 'refused code-duplicate'],
    ['no code', community(2, { code: undefined }), 'refused code-missing'],
    ['a town code', community(2, { code: '620724100' }), 'refused code-invalid'],
    ['a code as number', community(2, { code: Number(code(2)) }), 'mended code-not-text'],
    ['no name', community(2, { name: ' ' }), 'refused name-missing'],
    [
      'a bow tie',
      community(
        2,
        {},
        bowTie.map(([x, y]) => [(x as number) + SIDE, y as number]),
      ),
      'refused self-intersection',
    ],
    ['an open ring', community(2, {}, box(WEST + SIDE, SOUTH, SIDE, SIDE).slice(0, -1)), 'mended ring-closed'],
    ['no geometry', feature(null, { code: code(2), name: '社区' }), 'refused geometry-missing'],
    ['an empty polygon', feature({ type: 'Polygon', coordinates: [] }, { code: code(2), name: '社区' }), 'refused geometry-missing'],
    ['a point', feature({ type: 'Point', coordinates: [WEST, SOUTH] }, { code: code(2), name: '社区' }), 'refused geometry-type'],
    [
      'text as coordinate',
      community(2, {}, [
        ['a', 1],
        [1, 1],
        [1, 0],
        ['a', 1],
      ] as unknown as number[][]),
      'refused feature-malformed',
    ],
    [
      'a ring of two points',
      community(2, {}, [
        [1, 1],
        [2, 2],
      ]),
      'refused feature-malformed',
    ],
    ['metres', community(2, {}, box(500_000, 4_350_000, 1_000, 1_000)), 'refused coordinates-not-degrees'],
    ['latitude first', community(2, {}, box(SOUTH, WEST, SIDE, SIDE)), 'refused coordinates-swapped'],
    [
      'no area',
      community(2, {}, [
        [1, 1],
        [2, 2],
        [3, 3],
        [1, 1],
      ]),
      'refused area-nil',
    ],
    ['something else', 'community', 'refused feature-malformed'],
  ])('%s', (_, second, expected) => {
    const found = messages({ communities: collection([community(1), second]) });
    expect(found).toContain(`communities 2 ${expected}`);
  });

  it('are never left out: one refused refuses all', () => {
    const valid = judge({ communities: collection([community(1), community(2, { name: '' })]) });
    expect(mayBeStored(valid, true)).toBe(false);
  });

  it('lose a spike, and heights, and nothing else', () => {
    const flat = open.map(([x, y]) => [x as number, y as number, 1350]);
    const valid = judge({ communities: collection([community(1, {}, [...flat, flat[0] as number[]]), community(3)]) });
    expect(valid.findings.list.map(({ message }) => message)).toEqual(['heights-dropped']);
    const spiked = judge({ communities: collection([community(1, {}, spike)]) });
    expect(spiked.findings.list.map(({ message }) => message)).toEqual(['self-intersection-mended']);
    const areaM2 = multiPolygonAreaM2(spiked.communities[0]?.area ?? []);
    expect(areaM2).toBeCloseTo(multiPolygonAreaM2(judge({}).communities[0]?.area ?? []), 0);
  });

  const sumM2 = ({ communities }: ValidImport): number => communities.reduce((sum, { area }) => sum + multiPolygonAreaM2(area), 0);
  /** A degree of longitude here is about 86 km. */
  const METRE = 1 / 86_000;

  it.each([
    ['gap', -1.5 * METRE],
    ['overlap', 1.5 * METRE],
  ])('a narrow %s goes to a neighbour and is reported with its place', (kind, reach) => {
    const valid = judge({ communities: collection([community(1), community(2, {}, box(WEST + SIDE - reach, SOUTH, SIDE + reach, SIDE))]) });
    const [finding] = valid.findings.list;
    expect(finding).toMatchObject({ verdict: 'mended', message: `${kind}-mended` });
    expect(finding?.values.width_m).toBeCloseTo(1.5, 0);
    expect(finding?.coordinate?.[0]).toBeCloseTo(WEST + SIDE, 4);
    expect(sumM2(valid)).toBeCloseTo(sumM2(judge({})), 0);
    expect(mayBeStored(valid, false)).toBe(true);
  });

  it.each([
    ['gap', -20 * METRE],
    ['overlap', 20 * METRE],
  ])('a wide %s is for people to decide', (kind, reach) => {
    const ring =
      kind === 'gap'
        ? [
            ...box(WEST + SIDE, SOUTH, SIDE, SIDE).slice(0, 4),
            [WEST + SIDE, SOUTH + SIDE * 0.7],
            [WEST + SIDE - reach, SOUTH + SIDE * 0.5],
            [WEST + SIDE, SOUTH + SIDE * 0.3],
            [WEST + SIDE, SOUTH],
          ]
        : box(WEST + SIDE - reach, SOUTH, SIDE + reach, SIDE);
    const valid = judge({ communities: collection([community(1), community(2, {}, ring)]) });
    expect(valid.findings.list).toHaveLength(1);
    expect(valid.findings.list[0]).toMatchObject({ file: 'communities', feature: 2, verdict: 'refused', message: kind });
    expect(valid.findings.list[0]?.coordinate).not.toBeNull();
    expect(mayBeStored(valid, false)).toBe(false);
    expect(mayBeStored(valid, true)).toBe(kind === 'gap');
  });

  describe('whose misfits people settle', () => {
    const two = { communities: [community(1), community(2, {}, box(WEST + SIDE - 20 * METRE, SOUTH, SIDE + 20 * METRE, SIDE))] };
    const rows = (communities: readonly unknown[]) => ({
      communities: [{ source: 'a.geojson', ...parseCollection('communities', bytes(collection(communities))) }],
      buildings: [{ source: 'b.geojson', ...parseCollection('buildings', bytes(collection([building(0.5, 0.5)]))) }],
    });
    const decisions = { skipRefused: true, toleranceM: null, misfits: {}, otherMisfits: null, successors: {} };

    it('stop the import until they are decided, also where refused features are left out', () => {
      const apart = [community(1), community(2, {}, box(WEST + SIDE + 10 * METRE, SOUTH, SIDE, SIDE))];
      const undecided = validateRows(rows(apart), { decisions });
      expect(undecided.misfits).toMatchObject([{ kind: 'gap', givenTo: null, decidedBy: null, shape: { type: 'MultiPolygon' } }]);
      expect(mayBeStored(undecided, true)).toBe(false);
      const open = validateRows(rows(apart), { decisions: { ...decisions, misfits: { [undecided.misfits[0]?.key ?? '']: 'open' } } });
      expect(open.findings.list).toMatchObject([{ verdict: 'mended', message: 'gap-open' }]);
      expect(mayBeStored(open, false)).toBe(true);
    });

    it.each([1, 2])('give the area to the community %i that a person chose', (chosen) => {
      const [misfit] = validateRows(rows(two.communities), { decisions }).misfits;
      const settled = validateRows(rows(two.communities), { decisions: { ...decisions, misfits: { [misfit?.key ?? '']: code(chosen) } } });
      expect(settled.findings.list).toMatchObject([{ feature: chosen, message: 'overlap-mended', values: { community: `社区${chosen}` } }]);
      expect(mayBeStored(settled, false)).toBe(true);
      const east = chosen === 1 ? WEST + SIDE : WEST + SIDE - 20 * METRE;
      expect(Math.max(...(settled.communities[0]?.area[0]?.[0] ?? []).filter((_, i) => i % 2 === 0)) / 1e7).toBeCloseTo(east, 6);
    });

    it('name the stored community that keeps what a new one claims', () => {
      const stored = [
        { code: code(1), name: '已有社区', area: judge({ communities: collection([community(1)]) }).communities[0]?.area ?? [] },
      ];
      const alone = validateRows(rows(two.communities.slice(1)), { decisions: { ...decisions, otherMisfits: 'larger' }, stored });
      expect(alone.findings.list.filter(({ file }) => file === 'communities')).toMatchObject([
        { feature: 1, message: 'overlap-mended', values: { community: '已有社区', other: '社区2' } },
      ]);
      // One that comes anew is not its own neighbour.
      expect(validateRows(rows([community(1)]), { decisions, stored }).misfits).toEqual([]);
    });
  });

  it('may have enclaves of their own', () => {
    const hole = box(WEST + SIDE / 4, SOUTH + SIDE / 4, SIDE / 2, SIDE / 2).reverse();
    const holed = feature({ type: 'Polygon', coordinates: [box(WEST, SOUTH, SIDE, SIDE), hole] }, { code: code(1), name: '社区' });
    const valid = judge({ communities: collection([holed]), buildings: collection([building(0.1, 0.1)]) });
    expect(valid.findings.list).toEqual([]);
    expect(valid.communities[0]?.area[0]).toHaveLength(2);
  });
});

describe('buildings', () => {
  it.each<[string, unknown, string]>([
    ['negative households', building(0.2, 0.2, { households: -1 }), 'refused count-negative'],
    ['a fraction', building(0.2, 0.2, { households: 2.5 }), 'refused count-fraction'],
    ['words', building(0.2, 0.2, { households: '三户' }), 'refused count-text'],
    ['an object', building(0.2, 0.2, { households: {} }), 'refused count-text'],
    ['far too many', building(0.2, 0.2, { households: 1e7 }), 'refused count-too-large'],
    ['numeric text', building(0.2, 0.2, { households: ' 12 ' }), 'mended count-was-text'],
    ['full-width digits', building(0.2, 0.2, { households: '\uff11\uff12' }), 'mended count-was-text'],
    ['negative population', building(0.2, 0.2, { population: -3 }), 'refused count-negative'],
    ['no households', building(0.2, 0.2, { households: null }), 'mended households-missing'],
    ['no population', building(0.2, 0.2, { population: undefined }), 'mended population-estimated'],
    ['a place in no community', building(5, 5), 'refused outside-communities'],
    ['a footprint of a whole quarter', community(1, { households: 2 }, box(WEST, SOUTH, 3 * SIDE, SIDE)), 'refused footprint-too-large'],
    ['a line', line({ households: 1, population: 1 }), 'refused geometry-type'],
    ['no geometry', feature(null, { households: 1, population: 2 }), 'refused geometry-missing'],
    [
      'null island in metres',
      feature({ type: 'Point', coordinates: [500_000, 4e6] }, { households: 1 }),
      'refused coordinates-not-degrees',
    ],
  ])('%s', (_, second, expected) => {
    expect(messages({ buildings: collection([building(0.5, 0.5), second]) })).toEqual([`buildings 2 ${expected}`]);
  });

  it('that are refused stop the import unless they may be left out', () => {
    const valid = judge({ buildings: collection([building(0.5, 0.5), building(5, 5)]) });
    expect(mayBeStored(valid, false)).toBe(false);
    expect(mayBeStored(valid, true)).toBe(true);
    expect(valid.buildings).toHaveLength(1);
  });

  it('estimate persons once for the whole file', () => {
    const valid = judge({ buildings: collection([1, 2, 3].map((i) => building(i / 5, 0.5, { households: 10, population: null }))) });
    expect(valid.findings.list).toHaveLength(1);
    expect(valid.findings.list[0]?.values).toEqual({ count: 3, factor: 2.62 });
    expect(valid.buildings.map(({ population }) => population)).toEqual([26, 26, 26]);
  });

  it('count a repeated row once, and keep another building of the same id', () => {
    const repeated = judge({ buildings: collection([building(0.5, 0.5, { id: 7 }), building(0.5, 0.5, { id: 7 })]) });
    expect(repeated.buildings).toHaveLength(1);
    expect(repeated.findings.list[0]).toMatchObject({ feature: 2, message: 'building-double', values: { id: '7', earlier: 1 } });
    const other = judge({ buildings: collection([building(0.5, 0.5, { id: 7 }), building(0.6, 0.5, { id: 7 })]) });
    expect(other.buildings).toHaveLength(2);
    expect(other.findings.list[0]).toMatchObject({ feature: 2, verdict: 'mended', message: 'building-id-repeated' });
  });

  it('list many findings of one kind without end, but count them all', () => {
    const valid = judge({ buildings: collection([building(0.5, 0.5), ...Array.from({ length: 1_500 }, () => building(5, 5))]) });
    expect(valid.findings.counts().buildings).toEqual({ taken: 1, mended: 0, refused: 1_500 });
    expect(valid.findings.list).toHaveLength(1_000);
  });
});

describe('barriers and institutions', () => {
  it.each<[string, unknown, string]>([
    ['an unknown class', line({ class: 'motorway' }), 'refused class-unknown'],
    ['no class', line({}), 'refused class-missing'],
    [
      'no length',
      line({ class: 'lane' }, [
        [WEST, SOUTH],
        [WEST, SOUTH],
      ]),
      'refused line-nil',
    ],
    ['a river between its banks', community(1, { class: 'river' }), 'mended barrier-area'],
    ['a point', feature({ type: 'Point', coordinates: [WEST, SOUTH] }, { class: 'wall' }), 'refused geometry-type'],
  ])('%s', (_, barrier, expected) => {
    expect(messages({ barriers: collection([barrier]) })).toEqual([`barriers 1 ${expected}`]);
  });

  it('an institution needs a name', () => {
    expect(messages({ institutions: collection([community(1, { name: undefined })]) })).toEqual(['institutions 1 refused name-missing']);
  });
});

it('every finding has a sentence in both languages', () => {
  const valid = judge({
    communities: collection([community(1), community(2, { name: '' }), community(3, { code: '1' }), 'x']),
    buildings: collection([building(0.5, 0.5), building(5, 5), building(0.1, 0.1, { households: 'x' })]),
    barriers: collection([line({ class: 'x' })]),
  });
  for (const finding of valid.findings.list) {
    for (const language of ['zh', 'en'] as const) {
      const sentence = findingSentence(finding, language);
      expect(sentence).not.toBe(finding.message);
      expect(sentence).not.toMatch(/[{}]/);
    }
  }
});
