// What a division promises: whole, connected, legal wherever that can be, the same for the same seed.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { componentsOf } from '../../../core/division/components.ts';
import { DEFAULT_DIVISION, type Division, divideCommunity } from '../../../core/division/divide.ts';
import type { BlockGraph } from '../../../core/division/graph.ts';
import { verifyCertificate } from '../../../core/division/verify.ts';
import { canBeLegal } from './exhaustive.ts';
import { anyGraph, chain, coarseTown, graphOf, town, URBAN } from './graphs.ts';

const HOUSEHOLD_RULE = { ...URBAN, persons: null };

const isContiguous = (graph: BlockGraph, { gridOf, grids }: Division): boolean =>
  Array.from({ length: grids }, (_, grid) => componentsOf(graph, (block) => gridOf[block] === grid).length).every((parts) => parts === 1);

describe('a town', () => {
  it('is divided into connected grids within the band, whatever the seed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 1_300, max: 4_000 }), fc.nat(), (number, households, seed) => {
        const graph = town(number, households);
        const division = divideCommunity({ community: '620724001001', graph, rule: HOUSEHOLD_RULE }, { ...DEFAULT_DIVISION, seed });
        expect(isContiguous(graph, division)).toBe(true);
        expect(division.score.legal).toBe(division.grids);
        expect(division.certificates).toEqual([]);
        const total = division.score.parts.reduce((sum, part) => sum + part.households, 0);
        expect(total).toBe(graph.households.reduce((sum, count) => sum + count, 0));
      }),
      { numRuns: 40 },
    );
  });

  it('gets the same grids again for the same seed, and others for another', () => {
    const graph = town(8, 4_000);
    const divide = (seed: number) =>
      divideCommunity({ community: '620724001001', graph, rule: URBAN }, { ...DEFAULT_DIVISION, seed }).gridOf;
    expect(divide(5)).toEqual(divide(5));
    expect(new Set([1, 2, 3, 4, 5, 6].map((seed) => divide(seed).join())).size).toBeGreaterThan(1);
  });

  it('gets shorter, rounder borders when compactness is asked for, cheaper ones when streets are', () => {
    const graph = town(11, 4_000);
    const score = (streets: number) => divideCommunity({ community: '1', graph, rule: URBAN }, { ...DEFAULT_DIVISION, streets }).score;
    const [compact, along] = [score(0), score(1)];
    expect(compact.compactness).toBeGreaterThan(along.compactness);
    expect(along.onBarriers).toBeGreaterThan(compact.onBarriers);
    expect(along.borderCost).toBeLessThan(compact.borderCost);
  });

  it('stays close to today’s grids when that is asked for', () => {
    const graph = town(13, 3_500);
    const task = { community: '1', graph, rule: URBAN };
    const present = divideCommunity(task, { ...DEFAULT_DIVISION, seed: 99 }).gridOf;
    const agreement = (division: Division): number => {
      let pairs = 0;
      let same = 0;
      for (let block = 0; block < graph.size; block++) {
        for (const other of graph.neighbours.subarray(graph.starts[block], graph.starts[block + 1])) {
          pairs++;
          if ((present[block] === present[other]) === (division.gridOf[block] === division.gridOf[other])) same++;
        }
      }
      return same / pairs;
    };
    const free = agreement(divideCommunity(task, DEFAULT_DIVISION));
    const kept = agreement(divideCommunity({ ...task, keepClose: { present, weight: 3 } }, DEFAULT_DIVISION));
    expect(kept).toBeGreaterThan(free);
    expect(kept).toBeGreaterThan(0.95);
  });

  it('leaves locked blocks alone and keeps blocks together or apart', () => {
    const graph = town(17, 3_000);
    const task = { community: '1', graph, rule: URBAN };
    const before = divideCommunity(task, DEFAULT_DIVISION);
    const locked = Uint8Array.from(before.gridOf, (grid) => (grid === 0 ? 1 : 0));
    const at = before.gridOf.indexOf(2);
    const inside = before.gridOf.indexOf(2, at + 1);
    const across = before.gridOf.findIndex((grid, block) => grid > 0 && grid !== 2 && touches(graph, block, before.gridOf, 2));
    const touching = graph.neighbours
      .subarray(graph.starts[across], graph.starts[across + 1])
      .find((other) => before.gridOf[other] === 2) as number;
    const wishes = { together: [[across, touching]] as const, apart: [[at, inside]] as const };
    const after = divideCommunity({ ...task, locked, ...wishes }, DEFAULT_DIVISION);
    expect([...after.gridOf].every((grid, block) => (grid === -1) === (locked[block] === 1))).toBe(true);
    expect(after.broken).toEqual([]);
    expect(after.gridOf[across]).toBe(after.gridOf[touching]);
    expect(after.gridOf[at]).not.toBe(after.gridOf[inside]);
    expect(after.score.legal).toBe(after.grids);
  });
});

const touches = (graph: BlockGraph, block: number, gridOf: Int32Array, grid: number): boolean =>
  graph.neighbours.subarray(graph.starts[block], graph.starts[block + 1]).some((other) => gridOf[other] === grid);

describe('a few blocks', () => {
  it.each([
    ['households', HOUSEHOLD_RULE],
    ['households or persons', URBAN],
  ])('are divided legally exactly when that is possible, and otherwise there is a proof: %s', (_, rule) => {
    fc.assert(
      fc.property(fc.oneof(anyGraph(11), fc.integer({ min: 1, max: 2 ** 31 }).map(coarseTown)), (graph) => {
        const division = divideCommunity({ community: '1', graph, rule }, DEFAULT_DIVISION);
        expect(isContiguous(graph, division)).toBe(true);
        const legal = division.score.legal === division.grids;
        expect(legal).toBe(canBeLegal(graph, rule));
        expect(division.certificates.length > 0).toBe(!legal);
        for (const certificate of division.certificates) expect(verifyCertificate(graph, rule, () => true, certificate)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('are divided into exactly so many legal parts when that is possible', () => {
    // A chain that comes apart in one way only.
    const graph = graphOf([290, 10, 480, 25, 300], chain(5));
    const division = divideCommunity({ community: '1', graph, rule: HOUSEHOLD_RULE }, { ...DEFAULT_DIVISION, parts: 3 });
    expect(division.score.parts.map(({ households }) => households)).toEqual([300, 480, 325]);
  });

  it('around a tower above the band where nobody lives belong to its grid, and nothing else is found amiss', () => {
    fc.assert(
      fc.property(
        anyGraph(12),
        fc.nat(),
        fc.integer({ min: 501, max: 2_000 }),
        fc.nat(),
        ({ starts, neighbours, size, ...rest }, at, many, seed) => {
          const households = new Float64Array(size);
          households[at % size] = many;
          const graph = { ...rest, size, starts, neighbours, households, persons: households.map((count) => 3 * count) };
          const { grids, certificates } = divideCommunity({ community: '1', graph, rule: URBAN }, { ...DEFAULT_DIVISION, seed });
          expect([grids, certificates.map(({ kind }) => kind)]).toEqual([1, ['oversize-unit']]);
        },
      ),
    );
  });

  it('where nobody lives are no grid of their own, with towers or without', () => {
    fc.assert(
      fc.property(anyGraph(14), fc.nat(), (graph, seed) => {
        const { gridOf, grids, score, certificates } = divideCommunity(
          { community: '1', graph, rule: URBAN },
          { ...DEFAULT_DIVISION, seed },
        );
        if (grids > 1) expect(score.parts.filter(({ households }) => households === 0)).toEqual([]);
        expect(isContiguous(graph, { gridOf, grids, score, certificates, broken: [] })).toBe(true);
        for (const one of certificates) if (one.kind === 'stranded') expect(one.households).toBeGreaterThan(0);
      }),
      { numRuns: 300 },
    );
  });

  it('that are a small community become one grid', () => {
    const { grids, score, certificates } = divideCommunity(
      { community: '1', graph: graphOf([40, 50], [[0, 1]]), rule: URBAN },
      DEFAULT_DIVISION,
    );
    expect([grids, score.legal, certificates]).toEqual([1, 1, []]);
  });
});

describe('one oversized grid', () => {
  it.each([2, 3, 4, 5])('is split into %i near-equal legal parts', (parts) => {
    const worst: number[] = [];
    for (let number = 1; number <= 12; number++) {
      const graph = town(number, 400 * parts);
      const division = divideCommunity({ community: '1', graph, rule: HOUSEHOLD_RULE }, { ...DEFAULT_DIVISION, parts });
      expect([division.grids, division.score.legal]).toEqual([parts, parts]);
      const share = graph.households.reduce((sum, count) => sum + count, 0) / parts;
      worst.push(Math.max(...division.score.parts.map((part) => Math.abs(part.households / share - 1))));
    }
    expect(worst.reduce((sum, value) => sum + value, 0) / worst.length).toBeLessThan(0.07);
  });

  it('is split into as many parts as are wanted, or as there are blocks', () => {
    fc.assert(
      fc.property(anyGraph(20), fc.integer({ min: 1, max: 24 }), fc.nat(), (graph, parts, seed) => {
        const division = divideCommunity({ community: '1', graph, rule: URBAN }, { ...DEFAULT_DIVISION, parts, seed });
        expect(division.grids).toBe(Math.min(parts, graph.size));
        expect(isContiguous(graph, division)).toBe(true);
        expect(new Set(division.gridOf).size).toBe(division.grids);
      }),
      { numRuns: 200 },
    );
    const uninhabited = graphOf(
      [0, 0, 0, 0],
      [
        [0, 1],
        [0, 2],
        [0, 3],
      ],
    );
    expect(divideCommunity({ community: '1', graph: uninhabited, rule: URBAN }, { ...DEFAULT_DIVISION, parts: 3 }).grids).toBe(3);
    const graph = town(5, 900);
    const parts = graph.size - 5;
    expect(divideCommunity({ community: '1', graph, rule: URBAN }, { ...DEFAULT_DIVISION, parts }).grids).toBe(parts);
  });

  it('of a kind without a measure is split into equal parts as well', () => {
    const free = { minimum: null, maximum: null };
    const rule = { households: free, persons: null, wholeCommunityMayBeSmaller: true };
    const { score } = divideCommunity({ community: '1', graph: town(3, 1_200), rule }, { ...DEFAULT_DIVISION, parts: 3 });
    expect(score.parts).toHaveLength(3);
    for (const { households } of score.parts) expect(Math.abs(households / 400 - 1)).toBeLessThan(0.15);
  });
});
