// The text that signatures are made of: the same for the same content in any order, another for every change that is signed.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { contentText, type SignedGrid, type SignedPlan } from '../../../core/lifecycle/content-text.ts';

const PLAN: SignedPlan = {
  id: 4,
  region: '620724',
  profile: 'gansu-2023',
  profileVersion: 1,
  scheme: 'gb15',
  schemeVersion: 1,
  communities: ['620724100001', '620724100002'],
};
const text = fc.string({ maxLength: 6 });
const grid: fc.Arbitrary<SignedGrid> = fc.record({
  id: fc.nat(),
  community: fc.constantFrom(...PLAN.communities),
  kind: fc.constantFrom('urban', 'rural', 'dedicated', 'thematic'),
  name: text,
  reason: text,
  party: text,
  staff: fc.array(fc.record({ role: text, name: text }), { maxLength: 3 }),
  code: fc.option(fc.stringMatching(/^\d{15}$/)),
  households: fc.nat(),
  population: fc.nat(),
  buildings: fc.nat(),
  outline: fc.stringMatching(/^[0-9a-f]{8}$/),
  blocks: fc.array(fc.stringMatching(/^\d{1,3}:\d$/), { maxLength: 4 }),
});
const grids = fc.uniqueArray(grid, { minLength: 1, maxLength: 5, selector: ({ id }) => id });

test('does not depend on the order in which grids and communities are read', () => {
  fc.assert(
    fc.property(grids, (given) => {
      const turned = { ...PLAN, communities: [...PLAN.communities].reverse() };
      expect(contentText(turned, given.toReversed())).toBe(contentText(PLAN, given));
    }),
  );
});

test('differs for every field of a grid, and for values that run into one another', () => {
  fc.assert(
    fc.property(
      grids,
      grid,
      fc.constantFrom<keyof SignedGrid>('kind', 'name', 'reason', 'party', 'staff', 'code', 'outline', 'blocks'),
      (given, other, field) => {
        const [first, ...rest] = given as [SignedGrid, ...SignedGrid[]];
        fc.pre(JSON.stringify(first[field]) !== JSON.stringify(other[field]));
        expect(contentText(PLAN, [{ ...first, [field]: other[field] }, ...rest])).not.toBe(contentText(PLAN, given));
      },
    ),
  );
  const one = { ...fc.sample(grid, 1)[0], name: 'a","b', reason: '' } as SignedGrid;
  expect(contentText(PLAN, [one])).not.toBe(contentText(PLAN, [{ ...one, name: 'a', reason: 'b' }]));
});

test('differs for another plan, other rules, other codes; phones are not in it', () => {
  const one = fc.sample(grid, 1)[0] as SignedGrid;
  for (const change of [
    { id: 5 },
    { region: '620725' },
    { profileVersion: 2 },
    { scheme: 'typed16' },
    { schemeVersion: null },
    { communities: [] },
  ])
    expect(contentText({ ...PLAN, ...change }, [one])).not.toBe(contentText(PLAN, [one]));
  const staff = [{ role: '网格员', name: '王丽', phone: '13900000000' }];
  expect(contentText(PLAN, [{ ...one, staff }])).toBe(contentText(PLAN, [{ ...one, staff: [{ role: '网格员', name: '王丽' }] }]));
});
