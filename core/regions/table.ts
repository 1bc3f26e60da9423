// A table of region codes as loaded: one row per region, those above it included, and what is said about special codes.
import { levelOf } from '../geo/region.ts';

/** One region of a table. */
export interface TableRegion {
  /** 2, 4, 6, 9 or 12 digits. */
  readonly code: string;
  /**
   * Empty: the table has rows below it, but no name for it; the stored name stays, or the code stands for one. A community without a name
   * is one whose row was refused: it has not ended, but it is not taken in either.
   */
  readonly name: string;
}

/** What a person says of a table. */
export interface TableOrigin {
  /** The day from which it holds: YYYY-MM-DD. */
  readonly validFrom: string;
  /** Where it comes from, in words. */
  readonly source: string;
  /**
   * Codes of regions that the table has in full: what it does not have there has ended. Left out: each county that it has communities or
   * towns of; then a county that is missing altogether is taken for one that the table does not speak of.
   */
  readonly covers?: readonly string[];
}

/** Cities without counties (东莞, 中山, 儋州, 嘉峪关): a county that is none stands in their codes, 00 or 01, and bears their name. */
export const CITIES_WITHOUT_COUNTIES: ReadonlySet<string> = new Set(['4419', '4420', '4604', '6202']);

/** The row of a community was refused: nothing is known of it but that it is there. */
export function isUnread({ code, name }: TableRegion): boolean {
  return name === '' && levelOf(code) === 'community';
}

/** Area like a town that is none (类乡级: development zone, farm, park): 400–599 in digits 7 to 9. */
export function isTownLike(code: string): boolean {
  return code.length >= 9 && /^[45]$/.test(code.charAt(6));
}

/** Community that was made up so that every place belongs to one (虚拟社区). Nobody sits there, so it rarely has a boundary of its own. */
export function isVirtualCommunity(name: string): boolean {
  return name.includes('虚拟社区');
}
