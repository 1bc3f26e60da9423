// The verifier's own reckoning of what pockets may leave over, sharing nothing with the search for proofs.
import type { SizeRule } from '../rules/profile.ts';
import type { BlockGraph } from './graph.ts';

/** Households and persons. */
type Amount = readonly [number, number];

/** A proof with more different amounts than this is refused rather than followed. */
const MAX_AMOUNTS = 20_000;

/**
 * Whether the block and whatever the pockets behind it may leave over make no legal grid, in any combination. `closed`: nothing but
 * the pockets lies behind the block; otherwise more may join it.
 */
export function noGridHolds(
  graph: BlockGraph,
  rule: SizeRule,
  block: number,
  pockets: readonly (readonly number[])[],
  closed: boolean,
): boolean {
  const amountOf = (held: number): Amount => [graph.households[held] as number, graph.persons[held] as number];
  const nearOf = (held: number): Int32Array => graph.neighbours.subarray(graph.starts[held], graph.starts[held + 1]);
  const range = (measure: SizeRule['households']): Amount => [measure.minimum ?? 0, measure.maximum ?? Infinity];
  const households = range(rule.households);
  const persons = rule.persons && range(rule.persons);
  const tooLarge = ([h, p]: Amount): boolean => h > households[1] && (persons === null || p > persons[1]);
  const isLegal = ([h, p]: Amount): boolean =>
    (h >= households[0] && h <= households[1]) || (persons !== null && p >= persons[0] && p <= persons[1]);
  /** By one measure alone: any number of grids. */
  const shared = (total: number, [low, high]: Amount): boolean => {
    for (let grids = 0; grids * low <= total; grids++) if (low === 0 || total <= (grids === 0 ? 0 : grids * high)) return true;
    return false;
  };
  const mayBeGrids = ([h, p]: Amount): boolean =>
    shared(h, households) || (persons !== null && (shared(p, persons) || (h >= households[0] && p >= persons[0])));

  const combine = (some: readonly Amount[], others: readonly Amount[]): Amount[] => {
    const sums = new Map<string, Amount>();
    for (const [h, p] of some) {
      for (const [otherH, otherP] of others) {
        const sum: Amount = [h + otherH, p + otherP];
        if (!tooLarge(sum)) sums.set(persons === null ? `${sum[0]}` : sum.join(), sum);
      }
    }
    if (sums.size > MAX_AMOUNTS) throw new RangeError('too many amounts');
    return [...sums.values()];
  };
  /** What can be reached from the block inside the set, the block left out. */
  const reached = (from: number, inside: ReadonlySet<number>): Set<number> => {
    const seen = new Set<number>();
    const visit = [from];
    for (let at = visit.pop(); at !== undefined; at = visit.pop()) {
      for (const next of nearOf(at)) {
        if (!inside.has(next) || seen.has(next)) continue;
        seen.add(next);
        visit.push(next);
      }
    }
    return seen;
  };
  const without = (set: ReadonlySet<number>, left: Iterable<number>): Set<number> => {
    const rest = new Set(set);
    for (const one of left) rest.delete(one);
    return rest;
  };
  /** What the pocket may leave over to the block in front of it. */
  const leftOver = (front: number, pocket: ReadonlySet<number>): Amount[] => {
    const behind = new Map(
      [...pocket].map((door) => {
        const others = without(pocket, [door]);
        return [door, without(others, reached(front, others))] as const;
      }),
    );
    const doors = without(
      pocket,
      [...behind.values()].flatMap((hidden) => [...hidden]),
    );
    let amounts: Amount[] = [[0, 0]];
    for (const door of doors) amounts = combine(amounts, [[0, 0], ...joining(door, behind.get(door) as Set<number>)]);
    const all = [...pocket].reduce<Amount>(([h, p], held) => [h + amountOf(held)[0], p + amountOf(held)[1]], [0, 0]);
    return amounts.filter(([h, p]) => mayBeGrids([all[0] - h, all[1] - p]));
  };
  /** The block with what the pockets behind it may leave over. */
  const joining = (front: number, hidden: ReadonlySet<number>): Amount[] => {
    let amounts = combine([[0, 0]], [amountOf(front)]);
    for (let rest = new Set(hidden); rest.size > 0; ) {
      const [first] = rest as unknown as [number];
      const pocket = reached(first, rest).add(first);
      rest = without(rest, pocket);
      amounts = combine(amounts, leftOver(front, pocket));
    }
    return amounts;
  };

  try {
    const amounts = joining(block, new Set(pockets.flat()));
    return !amounts.some((amount) => (closed ? isLegal(amount) : !tooLarge(amount)));
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
