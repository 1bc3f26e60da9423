// Proofs of what cannot be: the right one is found, the verifier accepts it and refuses every forgery.
import { describe, expect, it } from 'vitest';
import type { Certificate } from '../../../core/division/certificate.ts';
import { DEFAULT_DIVISION, divideCommunity } from '../../../core/division/divide.ts';
import type { BlockGraph } from '../../../core/division/graph.ts';
import { verifyCertificate } from '../../../core/division/verify.ts';
import { chain, graphOf, URBAN } from './graphs.ts';

/** 620 households in one block, 550 behind it, and enough on the other side. */
const TOWER = graphOf([100, 120, 110, 620, 250, 300], chain(6));
/** 550 is too much for one grid and too little for two. */
const GAP = graphOf([110, 110, 110, 110, 110], chain(5));
/** Three pockets of 200 around a block: each too small alone, together too large; the sum would do for two grids. */
const STAR = graphOf(
  [10, 200, 200, 200],
  [
    [0, 1],
    [0, 2],
    [0, 3],
  ],
);
/** The 260 have to join the 20; of 250 and 450 behind them either nothing or the 250 is left over: too few or too many. */
const SUMS = graphOf(
  [20, 260, 250, 450],
  [
    [0, 1],
    [0, 2],
    [2, 3],
  ],
);
/** A ring without a cut block. */
const RING = graphOf([240, 140, 240, 140, 240], [...chain(5), [0, 4]]);
/** A locked grid between 400 households and 550. */
const CUT_OFF = graphOf([200, 200, 350, 275, 275], chain(5));

const cases: readonly [Certificate['kind'], BlockGraph, Uint8Array | undefined][] = [
  ['oversize-unit', TOWER, undefined],
  ['stranded', TOWER, undefined],
  ['total-gap', GAP, undefined],
  ['bottleneck', STAR, undefined],
  ['bottleneck', SUMS, undefined],
  ['exhausted', RING, undefined],
  ['component-gap', CUT_OFF, Uint8Array.of(0, 0, 1, 0, 0)],
];

const proofOf = (kind: Certificate['kind'], graph: BlockGraph, locked?: Uint8Array): Certificate => {
  const { certificates } = divideCommunity({ community: '1', graph, rule: URBAN, locked }, DEFAULT_DIVISION);
  return certificates.find((certificate) => certificate.kind === kind) as Certificate;
};

describe.each(cases)('%s', (kind, graph, locked) => {
  const isFree = (block: number): boolean => locked?.[block] !== 1;
  const proof = proofOf(kind, graph, locked);
  const accepts = (certificate: unknown, of = graph): boolean => verifyCertificate(of, URBAN, isFree, certificate as Certificate);

  it('is found and accepted', () => {
    expect(proof).toMatchObject({ kind });
    expect(accepts(proof)).toBe(true);
  });

  it('is refused when its sums are wrong', () => {
    expect(accepts({ ...proof, households: proof.households + 1 })).toBe(false);
    expect(accepts({ ...proof, persons: proof.persons - 1 })).toBe(false);
  });

  it('is refused when it speaks of other blocks', () => {
    if ('blocks' in proof) {
      expect(accepts({ ...proof, blocks: proof.blocks.slice(1) })).toBe(false);
      expect(accepts({ ...proof, blocks: [...proof.blocks, proof.blocks[0]] })).toBe(false);
      expect(accepts({ ...proof, blocks: [] })).toBe(false);
    } else {
      for (const block of [-1, 0.5, graph.size, (proof.block + 1) % graph.size]) expect(accepts({ ...proof, block })).toBe(false);
    }
  });

  it('is refused when a step of it is missing or false', () => {
    if (proof.kind === 'bottleneck') {
      expect(accepts({ ...proof, pockets: proof.pockets.slice(1) })).toBe(false);
      expect(accepts({ ...proof, pockets: [...proof.pockets, proof.pockets[0]] })).toBe(false);
    } else if ('refutations' in proof) {
      expect(accepts({ ...proof, refutations: proof.refutations.slice(1) })).toBe(false);
      expect(accepts({ ...proof, refutations: proof.refutations.map((one) => ({ ...one, across: [0, 0] })) })).toBe(false);
    }
    if (proof.kind === 'stranded') {
      expect(accepts({ ...proof, around: [] })).toBe(false);
      expect(accepts({ ...proof, around: [0] })).toBe(false);
    }
  });

  it('is refused where a legal division exists', () => {
    const legal = { ...graph, households: graph.households.map(() => 320), persons: graph.persons.map(() => 900) };
    const { households, persons } = legal;
    const blocks = 'blocks' in proof ? proof.blocks : proof.kind === 'bottleneck' ? [proof.block, ...proof.pockets.flat()] : [proof.block];
    const sum = (of: Float64Array): number => blocks.reduce((total, block) => total + (of[block] as number), 0);
    expect(accepts({ ...proof, households: sum(households), persons: sum(persons) }, legal)).toBe(false);
  });
});

it('a gap says how many households would have to come or go', () => {
  expect(proofOf('total-gap', GAP)).toMatchObject({ households: 550, add: 50, remove: 50 });
});

it('a whole community below the band is no gap', () => {
  const small = graphOf([100, 100], [[0, 1]]);
  const forged = { ...proofOf('total-gap', GAP), blocks: [0, 1], households: 200, persons: 500, refutations: [] } as Certificate;
  expect(verifyCertificate(small, URBAN, () => true, forged)).toBe(false);
});

it('the exception stays alone where that leaves the others legal', () => {
  const graph = graphOf([160, 160, 700, 160, 160], chain(5));
  const { score, certificates } = divideCommunity({ community: '1', graph, rule: URBAN }, DEFAULT_DIVISION);
  expect(score.parts.map(({ households }) => households)).toEqual([320, 700, 320]);
  expect(certificates.map(({ kind }) => kind)).toEqual(['oversize-unit']);
});
