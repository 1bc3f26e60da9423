// Checks a certificate on its own: knows the rule and the graph, shares no code with the search for proofs.
import type { SizeRule } from '../rules/profile.ts';
import type { Certificate, Refutation } from './certificate.ts';
import type { BlockGraph } from './graph.ts';
import { noGridHolds } from './verify-bottleneck.ts';
import { canBeDivided } from './verify-trial.ts';

type GapCertificate = Exclude<Certificate, { kind: 'oversize-unit' | 'bottleneck' | 'exhausted' }>;

/** Whether the certificate proves that the free blocks cannot all lie in legal grids. */
export function verifyCertificate(
  graph: BlockGraph,
  rule: SizeRule,
  isFree: (block: number) => boolean,
  certificate: Certificate,
): boolean {
  const households = { low: rule.households.minimum ?? 0, high: rule.households.maximum ?? Infinity };
  const persons = rule.persons && { low: rule.persons.minimum ?? 0, high: rule.persons.maximum ?? Infinity };
  const known = (block: number): boolean => Number.isInteger(block) && block >= 0 && block < graph.size && isFree(block);
  const sum = (of: Float64Array, blocks: readonly number[]): number => blocks.reduce((total, block) => total + (of[block] as number), 0);
  const allAbove = (blocks: readonly number[]): boolean =>
    sum(graph.households, blocks) > households.high && (persons === null || sum(graph.persons, blocks) > persons.high);
  const allBelow = (blocks: readonly number[]): boolean =>
    sum(graph.households, blocks) < households.low && (persons === null || sum(graph.persons, blocks) < persons.low);
  const isOversize = (block: number): boolean => known(block) && allAbove([block]);
  /** No legal grid reaches out of the blocks: every free neighbour is one of them, or belongs to `except`. */
  const isClosed = (blocks: readonly number[], except: ReadonlySet<number>): boolean => {
    const inside = new Set(blocks);
    return (
      blocks.length > 0 &&
      inside.size === blocks.length &&
      blocks.every((block) => known(block) && !except.has(block)) &&
      blocks.every((block) =>
        graph.neighbours
          .subarray(graph.starts[block], graph.starts[block + 1])
          .every((other) => inside.has(other) || except.has(other) || !isFree(other) || isOversize(other)),
      )
    );
  };
  const mayStayWhole = (blocks: readonly number[]): boolean =>
    blocks.length === graph.size && rule.wholeCommunityMayBeSmaller && allBelow(blocks);
  const statesSums = ({ households: h, persons: p }: { households: number; persons: number }, blocks: readonly number[]): boolean =>
    h === sum(graph.households, blocks) && p === sum(graph.persons, blocks);

  /** Whether no shares of the blocks suit so many parts by households and so many by persons. */
  const refutes = (blocks: readonly number[], { byHouseholds, byPersons, across: [u, v] }: Refutation): boolean => {
    const least = (factor: number, parts: number, { low, high }: typeof households): number =>
      factor === 0 || parts === 0 ? 0 : factor * parts * (factor > 0 ? low : high);
    let most = 0;
    for (const block of blocks) {
      const first = byHouseholds === 0 ? -Infinity : u * (graph.households[block] as number);
      const other = byPersons === 0 ? -Infinity : v * (graph.persons[block] as number);
      most += Math.max(first, other);
    }
    return least(u, byHouseholds, households) + (persons ? least(v, byPersons, persons) : 0) > most;
  };

  const provesGap = ({ blocks, refutations, ...sums }: GapCertificate): boolean => {
    if (!statesSums(sums, blocks)) return false;
    if (mayStayWhole(blocks)) return false;
    const most = (total: number, low: number): number => (low === 0 ? blocks.length : Math.floor(total / low));
    const mostByPersons = persons === null ? 0 : most(sums.persons, persons.low);
    const refuted = new Set(refutations.filter((one) => refutes(blocks, one)).map((one) => `${one.byHouseholds} ${one.byPersons}`));
    for (let byHouseholds = 0; byHouseholds <= most(sums.households, households.low); byHouseholds++) {
      for (let byPersons = byHouseholds === 0 ? 1 : 0; byPersons <= mostByPersons; byPersons++) {
        if (!refuted.has(`${byHouseholds} ${byPersons}`)) return false;
      }
    }
    return true;
  };

  switch (certificate.kind) {
    case 'oversize-unit':
      return isOversize(certificate.block) && statesSums(certificate, [certificate.block]);
    case 'total-gap':
      return certificate.blocks.length === graph.size && isClosed(certificate.blocks, new Set()) && provesGap(certificate);
    case 'component-gap':
      return isClosed(certificate.blocks, new Set()) && provesGap(certificate);
    case 'stranded':
      return (
        certificate.around.length > 0 &&
        certificate.around.every(isOversize) &&
        isClosed(certificate.blocks, new Set(certificate.around)) &&
        provesGap(certificate)
      );
    case 'bottleneck': {
      const { block, pockets } = certificate;
      const held = [block, ...pockets.flat()];
      return (
        known(block) &&
        new Set(held).size === held.length &&
        pockets.every((pocket) => isClosed(pocket, new Set([block]))) &&
        statesSums(certificate, held) &&
        !mayStayWhole(held) &&
        noGridHolds(graph, rule, block, pockets, isClosed(held, new Set()))
      );
    }
    case 'exhausted': {
      const { blocks } = certificate;
      return isClosed(blocks, new Set()) && statesSums(certificate, blocks) && !mayStayWhole(blocks) && !canBeDivided(graph, rule, blocks);
    }
  }
}
