// What a password has to be: long, not the login, not one of those that everybody tries first.

export const MIN_PASSWORD_CHARACTERS = 10;
/** Beyond that it is no password but an attempt to keep the server busy. */
export const MAX_PASSWORD_CHARACTERS = 200;

export type PasswordFailure = 'short' | 'long' | 'login' | 'common';

/** Heads the lists of leaked passwords that have ten characters or more, here and abroad; compared without letter case. */
const COMMON: ReadonlySet<string> = new Set([
  '1234567890',
  '0123456789',
  '0987654321',
  '9876543210',
  '12345678910',
  '123456789a',
  'a123456789',
  'q123456789',
  'qq123456789',
  'aa123456789',
  'abc123456789',
  'woaini1314',
  'woaini520520',
  'woaini1314520',
  '5201314520',
  '52013145201314',
  '1314520520',
  '1qaz2wsx3edc',
  '1q2w3e4r5t',
  '1q2w3e4r5t6y',
  'qwertyuiop',
  'qwerty123456',
  'qwer123456',
  'asdfghjkl1',
  'asdfghjkl123',
  'zxcvbnm123',
  'password123',
  'password1234',
  'password12',
  'p@ssw0rd123',
  'passw0rd123',
  'administrator',
  'admin12345',
  'admin123456',
  'admin@123456',
  'changeme123',
  'welcome123',
  'letmein123',
  'iloveyou123',
  'abcdefghij',
  'abcd123456',
  'abc1234567',
]);

/** Why nobody should sign in with it; null: it will do. Characters are counted as people see them. */
export function passwordFailure(password: string, login: string): PasswordFailure | null {
  const characters = [...password].length;
  if (characters < MIN_PASSWORD_CHARACTERS) return 'short';
  if (characters > MAX_PASSWORD_CHARACTERS) return 'long';
  const lower = password.toLowerCase();
  if (lower.includes(login.toLowerCase())) return 'login';
  return COMMON.has(lower) || new Set(lower).size === 1 ? 'common' : null;
}
