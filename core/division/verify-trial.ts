// The verifier's own trial of every division of a few blocks: slower than the search's, sharing nothing with it.
import type { SizeRule } from '../rules/profile.ts';
import type { BlockGraph } from './graph.ts';

/** Sets of blocks are bits of one large number. */
type Blocks = bigint;
const CHUNK = 30n;
const CHUNK_BITS = (1n << CHUNK) - 1n;

/** Whether connected blocks can be divided into connected legal parts. Takes exponential time: for a few dozen blocks. */
export function canBeDivided(graph: BlockGraph, rule: SizeRule, blocks: readonly number[]): boolean {
  const low = { households: rule.households.minimum ?? 0, persons: rule.persons?.minimum ?? 0 };
  const high = { households: rule.households.maximum ?? Infinity, persons: rule.persons?.maximum ?? Infinity };
  const near = blocks.map((block) =>
    blocks.reduce(
      (set, other, i) => (graph.neighbours.subarray(graph.starts[block], graph.starts[block + 1]).includes(other) ? set | bit(i) : set),
      0n,
    ),
  );
  const sum = (of: Float64Array, set: Blocks): number => members(set).reduce((total, i) => total + (of[blocks[i] as number] as number), 0);
  const isAbove = (set: Blocks): boolean =>
    sum(graph.households, set) > high.households && (rule.persons === null || sum(graph.persons, set) > high.persons);
  const isBelow = (set: Blocks): boolean =>
    sum(graph.households, set) < low.households && (rule.persons === null || sum(graph.persons, set) < low.persons);
  const isLegal = (set: Blocks): boolean => {
    const [households, persons] = [sum(graph.households, set), sum(graph.persons, set)];
    if (households >= low.households && households <= high.households) return true;
    return rule.persons !== null && persons >= low.persons && persons <= high.persons;
  };
  const around = (set: Blocks): Blocks => members(set).reduce((all, i) => all | (near[i] as bigint), 0n);
  const pieceAt = (start: Blocks, within: Blocks): Blocks => {
    let piece = start;
    for (let edge = start; edge; ) {
      edge = around(edge) & within & ~piece;
      piece |= edge;
    }
    return piece;
  };
  const pieces = (set: Blocks): Blocks[] => {
    const found: Blocks[] = [];
    for (let rest = set; rest; rest &= ~(found.at(-1) as Blocks)) found.push(pieceAt(rest & -rest, set));
    return found;
  };
  const known = new Map<Blocks, boolean>();
  const pieceCanBe = (piece: Blocks): boolean => {
    const answer = known.get(piece) ?? (!isBelow(piece) && grows(piece, bit(heaviest(piece)), 0n));
    known.set(piece, answer);
    return answer;
  };
  const heaviest = (piece: Blocks): number =>
    members(piece).reduce((a, b) =>
      (graph.households[blocks[b] as number] as number) > (graph.households[blocks[a] as number] as number) ? b : a,
    );
  /** Whether some part with all of `part` and none of `left` leaves what can be divided. */
  const grows = (piece: Blocks, part: Blocks, left: Blocks): boolean => {
    if (isAbove(part) || isBelow(pieceAt(part, piece & ~left))) return false;
    const next = around(part) & piece & ~part & ~left;
    // A piece that the part can no longer reach has to be divided as it is.
    const rest = pieces(piece & ~part).filter((one) => (one & left) !== 0n || next === 0n);
    if (!rest.every((one) => !isBelow(one) && ((one & next) !== 0n || pieceCanBe(one)))) return false;
    if (isLegal(part) && pieces(piece & ~part).every(pieceCanBe)) return true;
    const one = next & -next;
    return one !== 0n && (grows(piece, part | one, left) || grows(piece, part, left | one));
  };
  return pieceCanBe(blocks.reduce((set, _, i) => set | bit(i), 0n));
}

/** The positions in a set, by chunks that are small integers. */
function members(set: Blocks): number[] {
  const found: number[] = [];
  for (let rest = set, first = 0; rest; rest >>= CHUNK, first += Number(CHUNK)) {
    for (let bits = Number(rest & CHUNK_BITS); bits !== 0; bits &= bits - 1) found.push(first + 31 - Math.clz32(bits & -bits));
  }
  return found;
}

const bit = (block: number): Blocks => 1n << BigInt(block);
