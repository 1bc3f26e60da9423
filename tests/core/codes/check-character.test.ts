// Check characters against published examples, and the errors that the standard promises to find.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkCharacter, hasValidCheck } from '../../../core/codes/check-character.ts';

const DIGITS = '0123456789';
const ALPHANUMERIC = `${DIGITS}ABCDEFGHIJKLMNOPQRSTUVWXYZ`;
const systems = [
  { algorithm: 'mod11-10', characters: DIGITS },
  { algorithm: 'mod37-36', characters: ALPHANUMERIC },
] as const;

describe('published examples', () => {
  test('MOD 11,10: the example of the standard, and German tax numbers that use it', () => {
    expect(checkCharacter('mod11-10', '0794')).toBe('5');
    expect(checkCharacter('mod11-10', '8609574271')).toBe('9');
    expect(checkCharacter('mod11-10', '4703689281')).toBe('6');
  });

  test('MOD 37,36: GRid identifiers and the example of the standard', () => {
    expect(checkCharacter('mod37-36', 'A12425GABC1234002')).toBe('M');
    expect(checkCharacter('mod37-36', 'DADPIDA3897722461')).toBe('J');
  });
});

describe.each(systems)('$algorithm', ({ algorithm, characters }) => {
  const text = fc.string({ unit: fc.constantFrom(...characters), minLength: 1, maxLength: 30 });

  test('the protected text is accepted', () => {
    fc.assert(fc.property(text, (body) => hasValidCheck(algorithm, body + checkCharacter(algorithm, body))));
  });

  test('every single wrong character is found', () => {
    fc.assert(
      fc.property(text, fc.nat(), fc.constantFrom(...characters), (body, at, wrong) => {
        const code = body + checkCharacter(algorithm, body);
        const position = at % code.length;
        fc.pre(code[position] !== wrong);
        return !hasValidCheck(algorithm, code.slice(0, position) + wrong + code.slice(position + 1));
      }),
    );
  });
});

test('characters outside the system are refused, not guessed', () => {
  expect(() => checkCharacter('mod11-10', '12A')).toThrow(RangeError);
  expect(hasValidCheck('mod37-36', '12 4')).toBe(false);
  expect(hasValidCheck('mod11-10', '')).toBe(false);
});
