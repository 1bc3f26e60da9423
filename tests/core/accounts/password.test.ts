// Which passwords are refused, and why.
import { expect, it } from 'vitest';
import { passwordFailure } from '../../../core/accounts/password.ts';

it.each([
  ['nine-char', 'short'],
  ['九个汉字也不够长的', 'short'],
  ['👨'.repeat(9), 'short'],
  ['x'.repeat(201), 'long'],
  ['Wang.Fang-2026', 'login'],
  ['QWERTYuiop', 'common'],
  ['1q2w3e4r5t', 'common'],
  ['aaaaaaaaaaaa', 'common'],
  ['十二个汉字就足够长的密码', null],
  ['correct horse battery', null],
])('%s: %s', (password, failure) => {
  expect(passwordFailure(password, 'wang.fang')).toBe(failure);
});
