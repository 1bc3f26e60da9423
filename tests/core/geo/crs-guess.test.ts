// The guess finds the system that coordinates were made with, from the claim of the file and from the numbers alone.
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { CrsGuess } from '../../../core/api/import-messages.ts';
import { type Bounds, guessCrs } from '../../../core/geo/crs/guess.ts';
import { type CoordinateSystem, coordinateSystem, coordinateSystems } from '../../../core/geo/crs/list.ts';
import { crsReasonSentence } from '../../../core/geo/crs/reason-texts.ts';
import { fromCgcs2000, type XY } from '../../../core/geo/crs/transform.ts';

/** Places all over the country, a county's width around each. */
const COUNTIES: readonly (readonly [string, XY])[] = [
  ['高台', [99.82, 39.38]],
  ['黔江', [108.77, 29.53]],
  ['喀什', [75.99, 39.47]],
  ['青岛', [120.38, 36.07]],
  ['漠河', [122.54, 52.97]],
  ['抚远', [134.31, 48.36]],
  ['三亚', [109.51, 18.25]],
  ['瑞丽', [97.85, 24.01]],
];

function county([longitude, latitude]: XY): XY[] {
  return [-0.12, -0.05, 0, 0.05, 0.12].flatMap((dx) => [-0.1, 0, 0.1].map((dy): XY => [longitude + dx, latitude + dy]));
}
function fileOf(id: string, places: readonly XY[], swapAxes = false): { bounds: Bounds; samples: XY[] } {
  const samples = places.map(([longitude, latitude]) => fromCgcs2000(id, swapAxes)(longitude, latitude));
  const [xs, ys] = [samples.map(([x]) => x), samples.map(([, y]) => y)];
  return { samples, bounds: [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)] };
}
const isUsedAt = ({ projection }: CoordinateSystem, longitude: number): boolean =>
  projection.kind !== 'transverse-mercator' || Math.abs(projection.centralMeridian - longitude) <= projection.zoneWidth / 2;
const boundsAround = ([longitude, latitude]: XY): Bounds => [longitude - 0.2, latitude - 0.2, longitude + 0.2, latitude + 0.2];

/** Coordinates that are the same in another system, or nearly: only the claim of the file or a person can tell. */
function twinOf({ id, datum, projection }: CoordinateSystem): string {
  if (projection.kind === 'degrees') return datum === 'GCJ-02' || datum === 'BD-09' ? id : 'EPSG:4490';
  if (projection.kind === 'web-mercator') return id;
  const { centralMeridian, falseEasting, scale, zoneWidth } = projection;
  if (scale !== 1) return id;
  const twins = coordinateSystems.filter(
    (one) =>
      one.datum === 'CGCS2000' &&
      one.projection.kind === 'transverse-mercator' &&
      one.projection.centralMeridian === centralMeridian &&
      one.projection.falseEasting === falseEasting,
  );
  return (
    twins.find((one) => falseEasting > 1e6 || (one.projection.kind === 'transverse-mercator' && one.projection.zoneWidth === zoneWidth)) ??
    twins[0]
  )?.id as string;
}

describe.each(COUNTIES)('a file from %s', (_name, place) => {
  const used = coordinateSystems.filter((one) => isUsedAt(one, place[0]));

  it.each(used.map((one) => [one.id, one] as const))('that claims %s, and is so, is taken by its claim', (id) => {
    const [first] = guessCrs({ claimed: id, ...fileOf(id, county(place)) });
    expect(first).toMatchObject({ crs: id, swapAxes: false, reason: 'claimed' });
    const [west, south, east, north] = (first as CrsGuess).bounds;
    expect(west <= place[0] && place[0] <= east && south <= place[1] && place[1] <= north).toBe(true);
  });

  it.each(used.map((one) => [one.id, one] as const))('in %s without a claim is recognised, also with swapped axes', (id, one) => {
    for (const swapAxes of [false, true]) {
      const guesses = guessCrs({ claimed: null, ...fileOf(id, county(place), swapAxes), known: [boundsAround(place)] });
      const twins = [twinOf(one), sixDegreeTwin(one)];
      expect(
        guesses.some((guess) => twins.includes(guess.crs) && guess.swapAxes === swapAxes),
        JSON.stringify(guesses),
      ).toBe(true);
      expect(guesses[0]?.swapAxes).toBe(swapAxes);
    }
  });
});

/** A 6° zone without number, near its middle, reads like the 3° zone about the same meridian. */
function sixDegreeTwin({ projection }: CoordinateSystem): string {
  if (projection.kind !== 'transverse-mercator' || projection.scale !== 1) return '';
  return (
    coordinateSystems.find(
      (one) =>
        one.datum === 'CGCS2000' &&
        one.projection.kind === 'transverse-mercator' &&
        one.projection.zoneWidth === 3 &&
        one.projection.centralMeridian === projection.centralMeridian &&
        one.projection.falseEasting === projection.falseEasting,
    )?.id ?? ''
  );
}

describe('numbers alone', () => {
  const [, gaotai] = COUNTIES[0] as (typeof COUNTIES)[number];

  it('an easting of eight digits says its zone', () => {
    fc.assert(
      fc.property(fc.integer({ min: 25, max: 45 }), fc.double({ min: -1.4, max: 1.4, noNaN: true }), (zone, off) => {
        const id = `EPSG:${4513 + zone - 25}`;
        const meridian = zone * 3;
        const places = county([meridian + off, 44]).filter(([longitude]) => longitude > 79.5 && longitude < 131);
        if (places.length === 0) return;
        expect(guessCrs({ claimed: null, ...fileOf(id, places) })[0]).toMatchObject({ crs: id, swapAxes: false, reason: 'zone-number' });
      }),
    );
  });

  it('an easting of six digits offers every zone that would lie in China, and the one at known regions first', () => {
    const file = fileOf('EPSG:4542', county(gaotai));
    const open = guessCrs({ claimed: null, ...file });
    expect(open.length).toBeGreaterThan(5);
    expect(open[0]?.reason).toBe('zone-open');
    expect(open.map(({ crs }) => crs)).toContain('EPSG:4542');
    expect(open.map(({ crs }) => crs)).not.toContain('EPSG:4554');
    const known = guessCrs({ claimed: null, ...file, known: [boundsAround(gaotai)] });
    expect(known[0]).toMatchObject({ crs: 'EPSG:4542', reason: 'known-regions' });
    expect(known.length).toBe(open.length);
  });

  it('an easting far from the middle is that of a 6° zone', () => {
    const guesses = guessCrs({ claimed: null, ...fileOf('EPSG:4507', county([107.6, 30])), known: [boundsAround([107.6, 30])] });
    expect(guesses[0]).toMatchObject({ crs: 'EPSG:4507', reason: 'known-regions' });
  });

  it('degrees offer the map services too, for numbers cannot tell them apart', () => {
    const guesses = guessCrs({ claimed: null, ...fileOf('GCJ-02', county(gaotai)) });
    expect(guesses.map(({ crs, reason }) => [crs, reason])).toEqual([
      ['EPSG:4490', 'degrees'],
      ['GCJ-02', 'map-service'],
      ['BD-09', 'map-service'],
    ]);
  });

  it('Web Mercator is recognised in metres', () => {
    expect(guessCrs({ claimed: null, ...fileOf('EPSG:3857', county(gaotai)) })[0]).toMatchObject({
      crs: 'EPSG:3857',
      reason: 'web-mercator',
    });
  });

  it('in the east of China, Web Mercator may be a zone of the far west: both are offered', () => {
    const guesses = guessCrs({ claimed: null, ...fileOf('EPSG:3857', county([120.38, 36.07])) });
    expect(guesses.map(({ crs }) => crs)).toEqual(['EPSG:3857', 'EPSG:4491']);
  });
});

describe('a claim that the numbers do not bear out', () => {
  const [, gaotai] = COUNTIES[0] as (typeof COUNTIES)[number];
  const offered = (claimed: string, id: string, swapAxes = false) => guessCrs({ claimed, ...fileOf(id, county(gaotai), swapAxes) })[0];

  it.each([
    ['metres in a file that claims degrees', 'EPSG:4326', 'EPSG:4521', false, { crs: 'EPSG:4521', reason: 'zone-number-against-claim' }],
    ['degrees in a file that claims metres', 'EPSG:4542', 'EPSG:4490', false, { crs: 'EPSG:4490', reason: 'degrees-against-claim' }],
    ['a zone number that the claim has not', 'EPSG:4542', 'EPSG:4521', false, { crs: 'EPSG:4521', reason: 'zone-number-against-claim' }],
    ['no zone number where the claim has one', 'EPSG:4521', 'EPSG:4542', false, { crs: 'EPSG:4542', reason: 'zone-open-against-claim' }],
    ['an older datum is believed', 'EPSG:2378', 'EPSG:2357', false, { crs: 'EPSG:2357', reason: 'zone-number-against-claim' }],
    ['latitude first', 'EPSG:4490', 'EPSG:4490', true, { crs: 'EPSG:4490', swapAxes: true, reason: 'claimed' }],
    ['northing first', 'EPSG:4521', 'EPSG:4521', true, { crs: 'EPSG:4521', swapAxes: true, reason: 'claimed' }],
    ['a system of nobody', 'LOCAL_CS["city"]', 'EPSG:4521', false, { crs: 'EPSG:4521', reason: 'zone-number-against-claim' }],
  ] as const)('%s', (_what, claimed, id, swapAxes, expected) => {
    expect(offered(claimed, id, swapAxes)).toMatchObject(expected);
  });

  it('a claim far from every known region leaves the other ways open', () => {
    const file = fileOf('EPSG:4542', county(gaotai));
    const guesses = guessCrs({ claimed: 'EPSG:4545', ...file, known: [boundsAround(gaotai)] });
    expect(guesses[0]).toMatchObject({ crs: 'EPSG:4542', reason: 'known-regions' });
    expect(guesses.map(({ crs }) => crs)).toContain('EPSG:4545');
  });
});

test('one stray position does not decide', () => {
  const { samples } = fileOf('EPSG:4521', county([99.82, 39.38]));
  const guesses = guessCrs({ claimed: null, bounds: [0, 0, 33_600_000, 4_400_000], samples: [...samples, [0, 0]] });
  expect(guesses[0]).toMatchObject({ crs: 'EPSG:4521', reason: 'zone-number' });
});

test('a province whose bounds reach abroad is taken by its claim, with all its bounds', () => {
  const innerMongolia: Bounds = [97.2, 37.4, 126.1, 53.3];
  expect(guessCrs({ claimed: 'EPSG:4490', bounds: innerMongolia })[0]).toEqual({
    crs: 'EPSG:4490',
    swapAxes: false,
    reason: 'claimed',
    bounds: innerMongolia,
  });
  expect(guessCrs({ claimed: null, bounds: [37.4, 97.2, 53.3, 126.1] })[0]).toMatchObject({ crs: 'EPSG:4490', swapAxes: true });
});

test('nothing fits a drawing in millimetres, numbers that are none, and a table without places', () => {
  expect(guessCrs({ claimed: null, bounds: [0, 0, 841, 594] })).toEqual([]);
  expect(guessCrs({ claimed: 'EPSG:4490', bounds: [Number.NaN, Number.NaN, Number.NaN, Number.NaN] })).toEqual([]);
  expect(guessCrs({ claimed: 'EPSG:4490', bounds: null })).toEqual([]);
});

test('degrees outside China are offered as such', () => {
  expect(guessCrs({ claimed: 'EPSG:4326', bounds: [2.2, 48.8, 2.4, 48.9] })).toMatchObject([{ crs: 'EPSG:4326', reason: 'outside-china' }]);
});

test('never throws, and every guess has a system, bounds and a sentence in both languages', () => {
  const number = fc.oneof(fc.double(), fc.double({ min: -200, max: 200 }), fc.double({ min: 1e5, max: 5e7 }));
  const claim = fc.option(fc.oneof(fc.string(), fc.constantFrom(...coordinateSystems.map(({ id }) => id))));
  fc.assert(
    fc.property(fc.tuple(number, number, number, number), claim, (bounds, claimed) => {
      for (const guess of guessCrs({ claimed, bounds })) {
        expect(coordinateSystem(guess.crs)).toBeDefined();
        expect(guess.bounds.every(Number.isFinite)).toBe(true);
        for (const language of ['zh', 'en'] as const) expect(crsReasonSentence(guess, language)).toMatch(/[。.]$/);
      }
    }),
  );
});
