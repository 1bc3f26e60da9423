// Check characters by the hybrid systems of ISO/IEC 7064 (GB/T 17710): MOD 11,10 for digits, MOD 37,36 for digits and letters.
import type { CheckAlgorithm } from './scheme.ts';

const CHARACTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const MODULUS: Readonly<Record<CheckAlgorithm, number>> = { 'mod11-10': 10, 'mod37-36': 36 };

/** Running product of the hybrid systems after the given characters, with M and M + 1. Throws on a character outside the system. */
function product(text: string, modulus: number): number {
  let carry = modulus;
  for (const character of text) {
    const value = CHARACTERS.indexOf(character);
    if (value < 0 || value >= modulus) throw new RangeError(`${character} is no character of this check system`);
    carry = (((carry + value) % modulus || modulus) * 2) % (modulus + 1);
  }
  return carry;
}

/** The character that protects the text: appended to it, `hasValidCheck` holds. Throws RangeError on characters outside the system. */
export function checkCharacter(algorithm: CheckAlgorithm, text: string): string {
  const modulus = MODULUS[algorithm];
  return CHARACTERS.charAt((modulus + 1 - product(text, modulus)) % modulus);
}

/** Whether the last character protects the ones before it. */
export function hasValidCheck(algorithm: CheckAlgorithm, text: string): boolean {
  if (text.length < 2) return false;
  try {
    return checkCharacter(algorithm, text.slice(0, -1)) === text.slice(-1);
  } catch {
    return false;
  }
}
