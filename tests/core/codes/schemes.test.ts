// Codes by the shipped schemes: put together, taken apart, and refused where a scheme has no room.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cellCodeOf, cellOfCode } from '../../../core/codes/cell-code.ts';
import { explainCode } from '../../../core/codes/explain.ts';
import { Numbering } from '../../../core/codes/numbering.ts';
import { codeFits, parseCode } from '../../../core/codes/parse.ts';
import { type Scheme, schemeSchema } from '../../../core/codes/scheme.ts';
import { CodeError, codeOf, schemeOf, schemes } from '../../../core/codes/schemes.ts';
import { isGivenOut, lastSequence, sequencePart } from '../../../core/codes/sequence.ts';
import type { GridKind } from '../../../core/plan/state.ts';

const shipped = (id: string): Scheme => {
  const scheme = schemeOf(id);
  if (!scheme) throw new Error(`no scheme ${id}`);
  return scheme;
};
const ids = [...schemes.keys()].flatMap((id) => [id, `${id}+mod11-10`, `${id}+mod37-36`]);
const community = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 12, maxLength: 12 });

test('gb15: community code and three digits; a cell adds two', () => {
  const grid = { community: '620724100001', kind: 'urban', sequence: 3 } as const;
  expect(codeOf(shipped('gb15'), grid)).toBe('620724100001003');
  expect(codeOf(shipped('gb15'), { ...grid, cell: 7 })).toBe('62072410000100307');
});

test('a cell is numbered behind its grid, before a check character; a scheme without cells gives none a code', () => {
  expect(cellCodeOf(shipped('gb15'), '620724100001003', 7)).toBe('62072410000100307');
  expect(cellOfCode(shipped('gb15'), '62072410000100307')).toEqual({ gridCode: '620724100001003', cell: 7 });
  expect(cellOfCode(shipped('gb15'), '620724100001003')).toBeNull();
  expect(cellCodeOf(shipped('cjt349-20'), '00000050011400100212', 7)).toBeNull();
  expect(() => cellCodeOf(shipped('gb15'), '620724100001003', 100)).toThrow(CodeError);
  expect(() => cellCodeOf(shipped('gb15'), '62072410000100307', 7)).toThrow(CodeError);
  fc.assert(
    fc.property(fc.constantFrom(...ids.filter((id) => id.startsWith('gb15'))), fc.nat(998), fc.nat(98), (id, sequence, cell) => {
      const parts = { community: '620724100001', kind: 'urban', sequence: sequence + 1 } as const;
      const gridCode = codeOf(shipped(id), parts);
      const code = cellCodeOf(shipped(id), gridCode, cell + 1);
      expect(code).toBe(codeOf(shipped(id), { ...parts, cell: cell + 1 }));
      expect(cellOfCode(shipped(id), code as string)).toEqual({ gridCode, cell: cell + 1 });
    }),
  );
});

test('cjt349-20: object, county, street, community and two digits', () => {
  expect(codeOf(shipped('cjt349-20'), { community: '500114001002', kind: 'rural', sequence: 12 })).toBe('00000050011400100212');
});

test('a leading zero survives: codes are text', () => {
  const code = codeOf(shipped('gb15'), { community: '010000000001', kind: 'urban', sequence: 1 });
  expect(code).toBe('010000000001001');
  expect(parseCode(shipped('gb15'), code)).toMatchObject({ ok: true, value: { community: '010000000001' } });
});

describe.each(ids)('%s', (id) => {
  const scheme = shipped(id);
  const parts = fc
    .record({
      community,
      kind: fc.constantFrom<GridKind>('urban', 'rural', 'dedicated', 'thematic'),
      sequence: fc.integer({ min: 1, max: lastSequence(scheme) }),
    })
    .filter(({ kind, sequence }) => isGivenOut(sequencePart(scheme), kind, sequence));

  test('taking a code apart gives back what it was made of', () => {
    fc.assert(
      fc.property(parts, (grid) => {
        const parsed = parseCode(scheme, codeOf(scheme, grid));
        expect(parsed).toMatchObject({ ok: true, value: { community: grid.community, sequence: grid.sequence, cell: null } });
      }),
    );
  });

  test('different grids have different codes', () => {
    fc.assert(
      fc.property(parts, parts, (a, b) => {
        fc.pre(a.community !== b.community || a.sequence !== b.sequence);
        return codeOf(scheme, a) !== codeOf(scheme, b);
      }),
    );
  });

  test('the segments, joined, are the code, each with a meaning in both languages', () => {
    const code = codeOf(scheme, { community: '620724100001', kind: 'urban', sequence: 1 });
    const parsed = parseCode(scheme, code);
    if (!parsed.ok) throw new Error(parsed.failure);
    expect(parsed.value.segments.map(({ value }) => value).join('')).toBe(code);
    for (const { meaning } of parsed.value.segments) {
      expect(meaning.zh).not.toBe('');
      expect(meaning.en).not.toBe('');
    }
  });

  test('after the last number the scheme says so instead of inventing one', () => {
    const grid = { community: '620724100001', kind: scheme.id.startsWith('typed16') ? 'dedicated' : 'urban' } as const;
    expect(codeOf(scheme, { ...grid, sequence: lastSequence(scheme) })).toBeTypeOf('string');
    expect(() => codeOf(scheme, { ...grid, sequence: lastSequence(scheme) + 1 })).toThrow(
      expect.objectContaining({ code: 'sequence-exhausted' }),
    );
  });
});

test('gb15 holds 999 grids in a community', () => {
  expect(lastSequence(shipped('gb15'))).toBe(999);
});

test.each([0, -1, 1.5, Number.NaN])('%s is no grid number', (sequence) => {
  expect(() => codeOf(shipped('gb15'), { community: '620724100001', kind: 'urban', sequence })).toThrow(CodeError);
});

test('a town code cannot carry a grid code', () => {
  expect(() => codeOf(shipped('gb15'), { community: '620724100', kind: 'urban', sequence: 1 })).toThrow(
    expect.objectContaining({ code: 'community-code' }),
  );
});

test.each([
  ['gb15', '62072410000100', 'length'],
  ['gb15', '6207241000010031', 'length'],
  ['gb15', '62072410000100X', 'characters'],
  ['cjt349-20', '10000050011400100212', 'literal'],
  ['gb15+mod11-10', '6207241000010030', 'check'],
  ['typed16', '6207241000015003', 'type'],
])('%s: %s is refused for its %s', (id, code, failure) => {
  const parsed = parseCode(shipped(id), code);
  expect(parsed).toEqual({ ok: false, failure });
});

test('reserved numbers are not given out', () => {
  const scheme = shipped('gb15');
  const segments = scheme.segments.map((part) =>
    part.source === 'sequence' ? { ...part, reserved: [{ from: 901, to: 999, meaning: { zh: '专属网格', en: 'dedicated grids' } }] } : part,
  );
  const reserving = schemeSchema.parse({ ...scheme, id: 'reserving', segments });
  expect(() => codeOf(reserving, { community: '620724100001', kind: 'urban', sequence: 901 })).toThrow(
    expect.objectContaining({ code: 'sequence-reserved' }),
  );
});

test('typed16: a digit for the kind, and a series of its own for dedicated grids', () => {
  const numbering = new Numbering(shipped('typed16'), '620724100001');
  const codes = (['urban', 'dedicated', 'rural', 'dedicated', 'urban'] as const).map((kind) => numbering.next(kind).code);
  expect(codes).toEqual(['6207241000011001', '6207241000013901', '6207241000012002', '6207241000013902', '6207241000011003']);
  expect(() => codeOf(shipped('typed16'), { community: '620724100001', kind: 'dedicated', sequence: 3 })).toThrow(CodeError);
});

test('a code fits its community and, where the scheme tells kinds apart, its kind', () => {
  const grid = { community: '620724100001', kind: 'urban' } as const;
  expect(codeFits(shipped('typed16'), '6207241000011001', grid)).toBe(true);
  expect(codeFits(shipped('typed16'), '6207241000011001', { ...grid, kind: 'dedicated' })).toBe(false);
  expect(codeFits(shipped('gb15'), '620724100001001', { ...grid, kind: 'dedicated' })).toBe(true);
  expect(codeFits(shipped('gb15'), '620724100001001', { ...grid, community: '620724100002' })).toBe(false);
  expect(codeFits(shipped('gb15'), '62072410000100101', grid)).toBe(false);
});

describe('numbers', () => {
  const kinds = fc.array(fc.constantFrom<GridKind>('urban', 'rural', 'dedicated', 'thematic'), { maxLength: 90 });
  const ranges = fc.array(
    fc.tuple(fc.integer({ min: 1, max: 999 }), fc.integer({ min: 0, max: 60 })).map(([first, more]) => ({ first, last: first + more })),
    { maxLength: 3 },
  );

  test('none twice, none that was taken, none outside the ranges handed out or against the kind', () => {
    const taken = fc.array(fc.integer({ min: 1, max: 999 }));
    fc.assert(
      fc.property(fc.constantFrom(...ids), kinds, taken, ranges, (id, wanted, used, handedOut) => {
        const scheme = shipped(id);
        const numbering = new Numbering(scheme, '620724100001', { numbers: used, codes: new Set() }, handedOut);
        const given = new Set<number>(used);
        for (const kind of wanted) {
          try {
            const { sequence } = numbering.next(kind);
            expect(given.has(sequence)).toBe(false);
            given.add(sequence);
            expect(isGivenOut(sequencePart(scheme), kind, sequence)).toBe(true);
            expect(handedOut.length === 0 || handedOut.some(({ first, last }) => first <= sequence && sequence <= last)).toBe(true);
          } catch (error) {
            expect(error).toMatchObject({ code: 'sequence-exhausted' });
          }
        }
      }),
    );
  });

  test('a text that another scheme has made is passed over', () => {
    const codes = new Set(['620724100001001', '620724100001003']);
    const numbering = new Numbering(shipped('gb15'), '620724100001', { numbers: [2], codes });
    expect([numbering.next('urban').sequence, numbering.next('rural').sequence]).toEqual([4, 5]);
  });

  test('dedicated grids use up their own hundred, then the scheme says so', () => {
    const numbering = new Numbering(shipped('typed16'), '620724100001');
    for (let count = 0; count < 99; count++) numbering.next('dedicated');
    expect(() => numbering.next('dedicated')).toThrow(expect.objectContaining({ code: 'sequence-exhausted' }));
    expect(numbering.next('urban').sequence).toBe(1);
  });
});

describe('explaining', () => {
  const explain = (text: string) => explainCode(schemes.values(), text);
  const makersOf = (text: string): string[] => explain(text).flatMap(({ scheme, outcome }) => (outcome.ok ? [scheme] : []));

  test('whoever could have made a code is among its makers', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ids), community, fc.integer({ min: 1, max: 99 }), (id, where, sequence) => {
        const code = codeOf(shipped(id), { community: where, kind: 'urban', sequence });
        expect(makersOf(code)).toContain(id);
      }),
    );
  });

  test('as people type it, with a reason for every scheme that did not make it', () => {
    expect(makersOf(' ６２０７２４ 100-001 003 ')).toEqual(['gb15']);
    const said = new Map(explain('6207241000011950').map(({ scheme, outcome }) => [scheme, outcome.ok || outcome.failure]));
    expect(said.get('typed16')).toBe('reserved');
    expect(said.get('gb15')).toBe('length');
    expect(said.get('cjt349-20')).toBe('length');
    expect(makersOf('不是编码')).toEqual([]);
  });
});

test('a scheme that could give two communities the same code is refused', () => {
  const scheme = shipped('gb15');
  const segments = scheme.segments.filter(({ source }) => source !== 'town');
  expect(schemeSchema.safeParse({ ...scheme, segments }).success).toBe(false);
});

test('an unknown scheme is undefined', () => {
  expect(schemeOf('none')).toBeUndefined();
  expect(schemeOf('none+mod11-10')).toBeUndefined();
  expect(schemeOf('gb15+mod97')).toBeUndefined();
});
