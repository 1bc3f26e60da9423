// Phones as they leave the region: 138****5678.

/** First and last digits that stay; what is shorter than both together keeps its last two. */
const SHOWN_FIRST = 3;
const SHOWN_LAST = 4;

export function maskedPhone(phone: string): string {
  const digits = phone.replace(/\D/g, '');
  if (digits === '') return '';
  if (digits.length <= SHOWN_FIRST + SHOWN_LAST) return `****${digits.slice(-2)}`;
  return `${digits.slice(0, SHOWN_FIRST)}****${digits.slice(-SHOWN_LAST)}`;
}
