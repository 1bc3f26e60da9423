// Passwords are kept as what scrypt makes of them, with its parameters beside it.
import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';

/** One of the settings that OWASP names as equally strong: 32 MB for each try. */
const COST = { N: 2 ** 15, r: 8, p: 3 };
const SALT_BYTES = 16;
const KEY_BYTES = 32;
/** scrypt takes 128·N·r bytes; Node allows as much only when told. */
const memoryFor = ({ N, r }: { N: number; r: number }): number => 256 * N * r;

/** `scrypt$N$r$p$salt$key`, salt and key in base64. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const key = await derive(password, salt, COST);
  return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64'), key.toString('base64')].join('$');
}

/** Whether it is that password; takes as long where there is no hash (null): nobody learns which logins exist. */
export async function passwordMatches(password: string, hash: string | null): Promise<boolean> {
  const { cost, salt, key } = parse(hash ?? NOBODYS);
  const same = timingSafeEqual(await derive(password, salt, cost), key);
  return same && hash !== null;
}

/** Of a key that no password leads to. */
const NOBODYS = [
  'scrypt',
  COST.N,
  COST.r,
  COST.p,
  randomBytes(SALT_BYTES).toString('base64'),
  randomBytes(KEY_BYTES).toString('base64'),
].join('$');

function parse(hash: string) {
  const [, N, r, p, salt = '', key = ''] = hash.split('$');
  const cost = { N: Number(N), r: Number(r), p: Number(p) };
  return { cost, salt: Buffer.from(salt, 'base64'), key: Buffer.from(key, 'base64') };
}

/** The same password may be typed in several ways of writing the same characters. */
function derive(password: string, salt: Buffer, cost: Pick<Required<ScryptOptions>, 'N' | 'r' | 'p'>): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, KEY_BYTES, { ...cost, maxmem: memoryFor(cost) }, (error, key) => {
      if (error) reject(error);
      else resolve(key);
    });
  });
}
