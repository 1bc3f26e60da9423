// Parts a set of buildings into neighbourhoods of a bounded number of households, each compact.

/** A block with more households than this is divided. */
export const MAX_BLOCK_HOUSEHOLDS = 120;
/** What the parts aim at, so that uneven halves stay below the maximum. */
const AIMED_HOUSEHOLDS = 95;
/** How far from the aimed share a wider gap between buildings may draw the border. */
const SHARE_TOLERANCE = 0.12;

/** Buildings that stay together: their middle in metres and their households. */
export interface Unit {
  readonly x: number;
  readonly y: number;
  readonly households: number;
}

/** For each unit the number of its part. A part above the maximum has a single unit with households. */
export function bisect(units: readonly Unit[]): number[] {
  const parts = new Array<number>(units.length).fill(0);
  let count = 0;
  const waiting = [units.map((_, i) => i)];
  for (let members = waiting.pop(); members !== undefined; members = waiting.pop()) {
    const halves = isDivisible(units, members) ? halve(units, members) : null;
    if (halves) {
      waiting.push(...halves);
      continue;
    }
    for (const member of members) parts[member] = count;
    count += 1;
  }
  return parts;
}

function isDivisible(units: readonly Unit[], members: readonly number[]): boolean {
  return householdsOf(units, members) > MAX_BLOCK_HOUSEHOLDS && members.filter((i) => (units[i] as Unit).households > 0).length > 1;
}

const householdsOf = (units: readonly Unit[], members: readonly number[]): number =>
  members.reduce((sum, i) => sum + (units[i] as Unit).households, 0);

/** Across the longer axis, near the aimed share, where the gap between neighbours is widest. */
function halve(units: readonly Unit[], members: readonly number[]): [number[], number[]] {
  const along = longAxis(units, members);
  const ordered = members.toSorted((a, b) => along(units[a] as Unit) - along(units[b] as Unit) || a - b);
  const total = householdsOf(units, members);
  const wanted = Math.max(2, Math.ceil(total / AIMED_HOUSEHOLDS));
  const share = Math.floor(wanted / 2) / wanted;
  let best = 1;
  let bestScore = Infinity;
  let before = 0;
  for (let i = 1; i < ordered.length; i++) {
    before += (units[ordered[i - 1] as number] as Unit).households;
    const off = Math.abs(before / total - share);
    const gapM = along(units[ordered[i] as number] as Unit) - along(units[ordered[i - 1] as number] as Unit);
    // Within the tolerance the widest gap wins; outside it, the nearest share.
    const score = off <= SHARE_TOLERANCE ? -gapM : 1 + off;
    if (score < bestScore) [best, bestScore] = [i, score];
  }
  return [ordered.slice(0, best), ordered.slice(best)];
}

/** Position along the direction in which the members spread most. */
function longAxis(units: readonly Unit[], members: readonly number[]): (unit: Unit) => number {
  const count = members.length;
  const meanX = members.reduce((sum, i) => sum + (units[i] as Unit).x, 0) / count;
  const meanY = members.reduce((sum, i) => sum + (units[i] as Unit).y, 0) / count;
  let [xx, xy, yy] = [0, 0, 0];
  for (const i of members) {
    const dx = (units[i] as Unit).x - meanX;
    const dy = (units[i] as Unit).y - meanY;
    xx += dx * dx;
    xy += dx * dy;
    yy += dy * dy;
  }
  const angle = Math.atan2(2 * xy, xx - yy) / 2;
  const [east, north] = [Math.cos(angle), Math.sin(angle)];
  return (unit) => (unit.x - meanX) * east + (unit.y - meanY) * north;
}
