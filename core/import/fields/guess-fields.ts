// Which field of a file is which of ours, by its header and its values. Guesses for people to confirm.
import type { ImportKind, PersonalColumn, SourceField } from '../../api/import-messages.ts';
import { plainHeader } from './header.ts';
import { type OurField, ourFields } from './our-fields.ts';

/** How much a header or its values say; only more than ENOUGH is offered. */
const EXACT = 100;
/** A word further down in the list is less telling. */
const PER_WORD = 0.2;
/** `NAME_1`, `SQMC2` of a join. */
const NUMBERED = 80;
const TRUNCATED = 70;
const CONTAINED = 40;
const PER_CHARACTER = 2;
const FITTING_VALUES = 30;
const UNFIT_VALUES = -EXACT;
const ENOUGH = 28;

/** A DBF cuts names after ten bytes: ten Latin letters, five Han characters in GBK, three in UTF-8. */
const DBF_NAME_BYTES = 10;
/** Of the samples that are not empty. */
const MOST = 0.8;
const FEW = 0.2;

/** What staff files are for, and what nothing else may bring. */
const WANTED_OF_STAFF: readonly PersonalColumn[] = ['person-name', 'phone'];

/** Whether a column about persons may be taken in for a field: names and phones of grid workers, nothing else. */
export function mayBeTaken(kind: ImportKind, ourField: string, personal: PersonalColumn | null): boolean {
  if (personal === null) return true;
  return kind === 'staff' && WANTED_OF_STAFF.includes(personal) && (ourField === 'name' || ourField === 'phone');
}

/** Our field → theirs; every field of theirs at most once, columns about persons never (staff excepted). */
export function guessFields(kind: ImportKind, fields: readonly SourceField[]): Record<string, string> {
  const pairs = ourFields[kind].flatMap((ours) =>
    fields
      .filter(({ personal }) => mayBeTaken(kind, ours.name, personal))
      .map((theirs) => ({ ours: ours.name, theirs: theirs.name, score: headerScore(ours, theirs.name) + valueScore(kind, ours, theirs) })),
  );
  const guess: Record<string, string> = {};
  const taken = new Set<string>();
  for (const { ours, theirs, score } of pairs.sort((a, b) => b.score - a.score)) {
    if (score < ENOUGH || guess[ours] !== undefined || taken.has(theirs)) continue;
    guess[ours] = theirs;
    taken.add(theirs);
  }
  return guess;
}

function headerScore({ name, label, words }: OurField, header: string): number {
  const theirs = plainHeader(header);
  if (theirs === plainHeader(name) || theirs === plainHeader(label.zh)) return EXACT;
  return Math.max(0, ...words.map((word, i) => wordScore(theirs, plainHeader(word)) - i * PER_WORD));
}

function wordScore(header: string, word: string): number {
  if (header === word) return EXACT;
  if (header.replace(/\d+$/, '') === word) return NUMBERED;
  if (isTruncated(header) && word.startsWith(header)) return TRUNCATED;
  const isTelling = /\p{Script=Han}/u.test(word) ? [...word].length >= 2 : word.length >= 4;
  if (!isTelling || !header.includes(word) || /(面积|密度|率|比例|时间|日期|备注)$/.test(header)) return 0;
  return CONTAINED + word.length * PER_CHARACTER + (header.endsWith(word) ? PER_CHARACTER : 0);
}

function isTruncated(header: string): boolean {
  const han = header.match(/\p{Script=Han}/gu)?.length ?? 0;
  return han > 0 ? han >= 3 && han <= DBF_NAME_BYTES / 2 : header.length >= DBF_NAME_BYTES - 1;
}

function valueScore(kind: ImportKind, { name, values }: OurField, { samples }: SourceField): number {
  const given = samples.map((sample) => sample.normalize('NFKC').trim()).filter((sample) => sample !== '');
  if (given.length === 0) return 0;
  const share = (pattern: RegExp): number => given.filter((sample) => pattern.test(sample)).length / given.length;
  const judged = (pattern: RegExp, fitting: number): number => {
    const fit = share(pattern);
    return fit >= MOST ? fitting : fit <= FEW ? UNFIT_VALUES : 0;
  };
  if (values === 'region-code') return judged(kind === 'regions' ? ANY_REGION_CODE : COMMUNITY_CODE, FITTING_VALUES);
  if (values === 'count') return judged(/^\d+(\.0*)?$/, 0);
  if (values === 'coordinate') return judged(/^-?\d+(\.\d+)?$|°/, 0);
  if (name === 'name' && (kind === 'communities' || kind === 'regions')) {
    return share(/[村居]$|社区|委员会/) >= MOST ? FITTING_VALUES : judged(/\D/, 0);
  }
  return 0;
}

/** 12 digits, as text or as a number; with seven more zeros as the land surveys write it. */
const COMMUNITY_CODE = /^[1-9]\d{11}(0{7})?(\.0*)?$/;
const ANY_REGION_CODE = /^[1-9]\d(\d{2}(\d{2}(\d{3}(\d{3})?)?)?)?$/;
