// What region codes say, tried on codes of the national statistics of 2023.
import { expect, test } from 'vitest';
import { communityKind, levelOf, parentsOf } from '../../../core/geo/region.ts';

test.each([
  ['620724100001', '新建东村居民委员会', 'urban'],
  ['620724102199', '南苑社区居民委员会', 'urban'],
  ['620724400498', '高台工业园区虚拟社区', 'urban'],
  ['620724100200', '国庆村村民委员会', 'rural'],
  ['620724101216', '上庄村村民委员会', 'rural'],
  ['500114001001', '文汇社区居民委员会', 'urban'],
] as const)('%s %s is %s', (code, _name, kind) => {
  expect(communityKind(code)).toBe(kind);
});

test.each([
  ['620724100000', 'rural'],
  ['620724100399', 'rural'],
  ['620724100400', 'urban'],
  ['620724100500', 'rural'],
  ['620724100601', 'rural'],
] as const)('%s counts as %s by the stated rule', (code, kind) => {
  expect(communityKind(code)).toBe(kind);
});

test('parents, province first', () => {
  expect(parentsOf('620724100001')).toEqual(['62', '6207', '620724', '620724100']);
  expect(parentsOf('620724')).toEqual(['62', '6207']);
  expect(parentsOf('62')).toEqual([]);
});

test.each([
  ['62', 'province'],
  ['6207', 'city'],
  ['620724', 'county'],
  ['620724100', 'town'],
  ['620724100001', 'community'],
  ['6207241', null],
  ['62072410000a', null],
  ['', null],
] as const)('%s: %s', (code, level) => {
  expect(levelOf(code)).toBe(level);
});
