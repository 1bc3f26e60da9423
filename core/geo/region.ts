// What a region code says: level, parents and, for communities, urban or rural. Codes are text.
import type { RegionLevel } from '../api/messages.ts';

const LEVEL_OF_LENGTH: Readonly<Record<number, RegionLevel>> = { 2: 'province', 4: 'city', 6: 'county', 9: 'town', 12: 'community' };
/** Digits of a code by level: province 2, city 4, county 6, town 9, community 12. */
export const REGION_DIGITS = [2, 4, 6, 9, 12] as const;

/** Level of a region code; null: no region code. */
export function levelOf(code: string): RegionLevel | null {
  return /^\d+$/.test(code) ? (LEVEL_OF_LENGTH[code.length] ?? null) : null;
}

/** Codes of the regions above, province first: 620724100001 → 62, 6207, 620724, 620724100. */
export function parentsOf(code: string): string[] {
  return REGION_DIGITS.filter((digits) => digits < code.length).map((digits) => code.slice(0, digits));
}

/** Code of the region right above; empty: there is none. */
export const parentOf = (code: string): string => code.slice(0, REGION_DIGITS.findLast((digits) => digits < code.length) ?? 0);

/**
 * Urban or rural by the last three of twelve digits, as the national statistics give them out: 001–199 residents' committee,
 * 200–399 villagers' committee, 400–499 like a residents' committee (industrial parks), 500–599 like a villagers' committee
 * (farms). Any other number counts as rural: its measure asks for less, so nothing is flagged on a guess.
 */
export function communityKind(code: string): 'urban' | 'rural' {
  const number = Number(code.slice(9, 12));
  return (number >= 1 && number <= 199) || (number >= 400 && number <= 499) ? 'urban' : 'rural';
}
