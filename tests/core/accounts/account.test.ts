// What an account may look like: logins in one way of writing, regions by their codes, roles that fit the region and each other.
import { describe, expect, it } from 'vitest';
import { accountChangeSchema, newAccountSchema, roleBeyondRegion } from '../../../core/accounts/account.ts';
import { DEMO_ACCOUNTS } from '../../../core/accounts/demo-accounts.ts';
import { ROLES, roleFailure } from '../../../core/accounts/roles.ts';

const account = { login: 'wang.fang', name: '王芳', organ: '政法委', region: '620724', password: 'correct horse battery' };

describe('a new account', () => {
  it.each([
    ['Wang.Fang', 'wang.fang'],
    [' wang.fang@gaotai ', 'wang.fang@gaotai'],
    ['ＷＡＮＧ', 'wang'],
    ['王芳', '王芳'],
  ])('signs in as %s, written %s', (given, kept) => {
    expect(newAccountSchema.parse({ ...account, login: given }).login).toBe(kept);
  });

  it.each(['a', '', '.hidden', 'two words', 'semi;colon', 'x'.repeat(41), 'zero\u200bwidth', '<b>bold</b>'])('never as “%s”', (login) => {
    expect(newAccountSchema.safeParse({ ...account, login }).success).toBe(false);
  });

  it.each(['62', '6207', '620724', '620724100', '620724100001', '*'])('is at home in %s', (region) => {
    expect(newAccountSchema.safeParse({ ...account, region }).success).toBe(true);
  });

  it.each(['', '6', '620', '62072', '62072410', '**', '62%', '6207241000011'])('never in “%s”', (region) => {
    expect(newAccountSchema.safeParse({ ...account, region }).success).toBe(false);
  });

  it('comes without roles', () => {
    expect(newAccountSchema.safeParse({ ...account, roles: ['drafter'] }).success).toBe(false);
  });
});

it('refuses a change of nothing, of unknown things and of unknown roles', () => {
  for (const change of [{}, { login: 'other' }, { roles: ['root'] }, { roles: ['viewer', 'viewer'] }, { unlock: false }]) {
    expect(accountChangeSchema.safeParse(change).success).toBe(false);
  }
});

it('gives the province its roles and a city its own only in regions of that size', () => {
  expect(roleBeyondRegion(['viewer', 'province'], '62')).toBeNull();
  expect(roleBeyondRegion(['viewer', 'province'], '6207')).toBe('province');
  expect(roleBeyondRegion(['city'], '6207')).toBeNull();
  expect(roleBeyondRegion(['city'], '620724')).toBe('city');
  expect(roleBeyondRegion(['drafter'], '620724100')).toBeNull();
});

it('has demo accounts of every role, each as a real one might be', () => {
  expect(new Set(DEMO_ACCOUNTS.flatMap(({ roles }) => roles))).toEqual(new Set(ROLES));
  expect(new Set(DEMO_ACCOUNTS.map(({ login }) => login)).size).toBe(DEMO_ACCOUNTS.length);
  for (const { roles, ...demo } of DEMO_ACCOUNTS) {
    expect(newAccountSchema.safeParse({ ...demo, password: account.password }).success, demo.login).toBe(true);
    expect(roleFailure(roles), demo.login).toBeNull();
    expect(roleBeyondRegion(roles, demo.region), demo.login).toBeNull();
  }
});
