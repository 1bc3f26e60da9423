// Numbers of identity cards (GB 11643), which nothing here ever stores: found in what people type, to be refused.

const LENGTH = 18;
/** GB 11643: weights of the first 17 digits, and the check character for each remainder modulo 11. */
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS = '10X98765432';
/** Digits as they are typed in groups. */
const GROUPED = /[\d０-９](?:[\s\u3000-]?[\d０-９]){16}[\s\u3000-]?[\dXx０-９Ｘｘ]/gu;

/** Whether an identity number stands somewhere in the text, in one piece or in groups. Grid codes of 18 digits fail its date or check. */
export function holdsIdNumber(text: string): boolean {
  for (const [found] of text.normalize('NFKC').matchAll(GROUPED)) if (isIdNumber(found.replace(/[\s-]/g, '').toUpperCase())) return true;
  return false;
}

function isIdNumber(number: string): boolean {
  if (number.length !== LENGTH || !isDay(number.slice(6, 14))) return false;
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(number[i]), 0);
  return CHECKS[sum % CHECKS.length] === number[LENGTH - 1];
}

function isDay(text: string): boolean {
  const [year, month, day] = [text.slice(0, 4), text.slice(4, 6), text.slice(6)].map(Number) as [number, number, number];
  const date = new Date(Date.UTC(year, month - 1, day));
  return year >= 1900 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}
