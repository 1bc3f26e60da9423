// Identity numbers are found however they are typed, and grid codes and phones are not taken for one.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { holdsIdNumber } from '../../../core/staff/id-number.ts';

/** The example that the standard GB 11643 gives. */
const STANDARD = '11010519491231002X';
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

const idNumber = fc
  .tuple(
    fc.integer({ min: 110000, max: 659999 }),
    fc.date({ min: new Date('1900-01-01'), max: new Date('2026-01-01'), noInvalidDate: true }),
    fc.integer({ min: 0, max: 999 }),
  )
  .map(([region, day, sequence]) => {
    const body = `${region}${day.toISOString().slice(0, 10).replaceAll('-', '')}${String(sequence).padStart(3, '0')}`;
    const sum = [...body].reduce((total, digit, i) => total + Number(digit) * (WEIGHTS[i] as number), 0);
    return body + '10X98765432'[sum % 11];
  });

describe('identity numbers', () => {
  test('every one is found, alone and within a sentence, in groups and in full-width digits', () => {
    expect(holdsIdNumber(STANDARD)).toBe(true);
    fc.assert(
      fc.property(idNumber, (number) => {
        expect(holdsIdNumber(number)).toBe(true);
        expect(holdsIdNumber(`网格员张三,身份证${number}。`)).toBe(true);
        expect(holdsIdNumber(`${number.slice(0, 6)} ${number.slice(6, 14)} ${number.slice(14)}`)).toBe(true);
        expect(holdsIdNumber(number.toLowerCase())).toBe(true);
        expect(holdsIdNumber([...number].map((c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0)).join(''))).toBe(true);
      }),
    );
  });

  test.each(['620724100001003', '13800138000', '第三网格 412 户', '11010519491231002Y', '110105194913310020', '620724100001003001', ''])(
    '%s is none',
    (text) => expect(holdsIdNumber(text)).toBe(false),
  );
});
