// The published figures as data, and where a grid stands against them.
import { describe, expect, test } from 'vitest';
import { bandOf } from '../../../core/rules/band.ts';
import { type Profile, profileSchema } from '../../../core/rules/profile.ts';
import { profileOf, profiles } from '../../../core/rules/profiles.ts';

const gansu = profileOf('gansu-2023') as Profile;
const grid = { kind: 'urban', households: 400, population: 1000, wholeCommunity: false, reason: '' } as const;

describe('gansu-2023', () => {
  test('urban: 300 to 500 households, or about 1,000 persons read as 800 to 1,200', () => {
    expect(gansu.size.urban.households).toEqual({ minimum: 300, maximum: 500 });
    expect(gansu.size.urban.persons).toEqual({ minimum: 800, maximum: 1200 });
  });

  test.each([
    [299, 'below'],
    [300, 'in'],
    [500, 'in'],
    [501, 'above'],
  ] as const)('%i households: %s, both bounds belong to the band', (households, state) => {
    expect(bandOf({ ...grid, households, population: state === 'above' ? 2000 : 100 }, gansu)).toBe(state);
  });

  test.each([
    [800, 'in'],
    [799, 'below'],
    [1200, 'in'],
  ] as const)('too few households with %i persons: %s', (population, state) => {
    expect(bandOf({ ...grid, households: 150, population }, gansu)).toBe(state);
  });

  test('a dormitory of ten households and 3,000 persons is too large, not too small', () => {
    expect(bandOf({ ...grid, households: 10, population: 3000 }, gansu)).toBe('above');
  });

  test('a village as one grid is never too small, but can be too large', () => {
    expect(bandOf({ ...grid, kind: 'rural', households: 40, population: 100, wholeCommunity: true }, gansu)).toBe('in');
    expect(bandOf({ ...grid, kind: 'rural', households: 700, population: 2100, wholeCommunity: true }, gansu)).toBe('above');
  });

  test('a rural grid by natural village has no lower bound', () => {
    expect(bandOf({ ...grid, kind: 'rural', households: 40, population: 100 }, gansu)).toBe('in');
  });

  test('a small community as one grid is in order; a small grid beside others is not', () => {
    expect(bandOf({ ...grid, households: 200, population: 500, wholeCommunity: true }, gansu)).toBe('in');
    expect(bandOf({ ...grid, households: 200, population: 500 }, gansu)).toBe('below');
  });

  test('dedicated and thematic grids have no band', () => {
    expect(bandOf({ ...grid, kind: 'dedicated', households: 0, population: 9000 }, gansu)).toBe('free');
    expect(bandOf({ ...grid, kind: 'thematic', households: 9000, population: 9000 }, gansu)).toBe('free');
  });

  test('a written reason excuses, blanks do not', () => {
    expect(bandOf({ ...grid, households: 900, population: 2500, reason: '高层住宅集中' }, gansu)).toBe('excused');
    expect(bandOf({ ...grid, households: 900, population: 2500, reason: '  ' }, gansu)).toBe('above');
  });
});

test('qianjiang-2022: no band for grids, 100 to 200 households or about 500 persons for cells', () => {
  const qianjiang = profileOf('qianjiang-2022') as Profile;
  expect(bandOf({ ...grid, households: 5 }, qianjiang)).toBe('free');
  expect(qianjiang.cell?.households).toEqual({ minimum: 100, maximum: 200 });
  expect(qianjiang.cell?.persons).toEqual({ minimum: 400, maximum: 600 });
});

test('a profile read back from JSON is the same profile', () => {
  for (const profile of profiles.values()) expect(profileSchema.parse(JSON.parse(JSON.stringify(profile)))).toEqual(profile);
});

test('a profile with its bounds the wrong way round is refused', () => {
  const wrong = structuredClone(gansu);
  wrong.size.urban.households = { minimum: 500, maximum: 300 };
  expect(profileSchema.safeParse(wrong).success).toBe(false);
});

test('an unknown profile is undefined', () => {
  expect(profileOf('none')).toBeUndefined();
});
