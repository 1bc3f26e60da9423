// Brings addresses and names of buildings and communities into one form, so that the same place is the same text in different lists.
import { bareName } from '../../regions/names.ts';

/** What a building is called by its number: 3栋, 3幢, 3座, 3号楼, 3#楼, 3#. */
const BUILDING_WORD = /(?:号楼|#楼|幢|座|#|栋)/g;
/** What the number of a home behind its building is made of: 2单元501室, 2-501, 501, 5层. */
const OF_HOME = /[0-9a-z单元门梯层楼室号户房-]/;
/** Shorter beginnings of an address say too little to tell a building. */
const MIN_ADDRESS = 3;

/** Full width and half width, case, blanks and punctuation do not count; every word for a building is the same one. */
export function placeText(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[()[\]【】]/g, '')
    .replace(/[\s,.;:、,。·"'“”‘’_]+/g, '')
    .replace(/[—–~]/g, '-')
    .replace(BUILDING_WORD, '栋');
}

/**
 * Beginnings of an address behind which only the number of a home follows, longest first; the whole address is the first of them. All in
 * the form of `placeText`.
 */
export function* buildingPartsOf(address: string): Generator<string> {
  yield address;
  for (let length = address.length - 1; length >= MIN_ADDRESS && OF_HOME.test(address[length] as string); length--) {
    const [part, rest] = [address.slice(0, length), address.slice(length)];
    const splitsNumber = /[0-9a-z]$/.test(part) && /^[0-9a-z]/.test(rest);
    if (!splitsNumber && /^-?[0-9a-z]/.test(rest)) yield part.replace(/-$/, '');
  }
}

/** Lists write 滨河 or 滨河社区 for 滨河社区居民委员会. */
export const communityKey = (name: string): string => bareName(placeText(name));

export const sameCommunity = (a: string, b: string): boolean => communityKey(a) === communityKey(b);
