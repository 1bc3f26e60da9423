// A synthetic city of 1,000,000 households in about 100,000 lots for the division: finer than blocks between streets ever are.
import type { BarrierClass } from '../../core/api/messages.ts';
import type { Line } from '../../core/coverage/geometry.ts';
import type { DivisionBlock } from '../../core/division/graph.ts';
import { type Random, randomOf } from '../../fixtures/random.ts';

const COMMUNITIES = 340;
/** Lots are about 45 m wide, in lattice steps, and their corners have play. */
const LOT_STEPS = 4_500;
const PLAY = 0.28;
const EMPTY_SHARE = 0.4;
const MAX_LOT_HOUSEHOLDS = 250;
const CAPPING_ROUNDS = 4;
const MEAN_PERSONS = 2.62;

export interface LotsCommunity {
  readonly code: string;
  readonly blocks: readonly DivisionBlock[];
  readonly barriers: readonly { readonly class: BarrierClass; readonly line: Line }[];
}

/** Communities of 1,500 to 4,000 households, ten to a lot on average; 40 % of the lots are empty, the others heavy-tailed. */
export function lotsCity(seed: number): LotsCommunity[] {
  const random = randomOf(seed);
  return Array.from({ length: COMMUNITIES }, (_, i) => {
    const own = random.fork(`community ${i}`);
    return lotsCommunity(i, own.whole(1_700, 4_200), own);
  });
}

/** One community with about that many households. */
export function lotsCommunity(number: number, households: number, random: Random): LotsCommunity {
  const columns = Math.round(Math.sqrt(households / 10) * random.between(0.75, 1.33));
  const rows = Math.round(households / 10 / columns);
  const west = 1_000_000_000 + number * 2_000_000;
  const corners = Array.from({ length: (columns + 1) * (rows + 1) }, (_, i): [number, number] => [
    Math.round(west + LOT_STEPS * ((i % (columns + 1)) + random.between(-PLAY, PLAY))),
    Math.round(390_000_000 + LOT_STEPS * (Math.floor(i / (columns + 1)) + random.between(-PLAY, PLAY))),
  ]);
  const corner = (x: number, y: number) => corners[y * (columns + 1) + x] as [number, number];
  const counts = heavyTailed(columns * rows, households, random);
  const blocks = counts.map((count, i): DivisionBlock => {
    const [x, y] = [i % columns, Math.floor(i / columns)];
    const polygon = [[...corner(x, y), ...corner(x + 1, y), ...corner(x + 1, y + 1), ...corner(x, y + 1)]];
    return { polygon, households: count, population: Math.round(count * MEAN_PERSONS * random.between(0.8, 1.2)) };
  });
  const along = (length: number, at: (i: number) => [number, number]): Line => Array.from({ length: length + 1 }, (_, i) => at(i)).flat();
  const barriers = [
    ...streets(columns, random).map(({ at, kind }) => ({ class: kind, line: along(rows, (i) => corner(at, i)) })),
    ...streets(rows, random).map(({ at, kind }) => ({ class: kind, line: along(columns, (i) => corner(i, at)) })),
  ];
  return { code: `9902${String(number).padStart(5, '0')}001`, blocks, barriers };
}

/** A street every three to six lots. */
function streets(lots: number, random: Random): { at: number; kind: BarrierClass }[] {
  const found: { at: number; kind: BarrierClass }[] = [];
  for (let at = random.whole(2, 5); at < lots; at += random.whole(3, 6)) {
    found.push({ at, kind: random.pick(['main-road', 'secondary', 'street', 'street', 'lane'] as const) });
  }
  return found;
}

function heavyTailed(lots: number, households: number, random: Random): number[] {
  const shares = Array.from({ length: lots }, () => (random.chance(EMPTY_SHARE) ? 0 : (1 - random.next()) ** -0.8 - 0.7));
  const counts = shares.map(() => 0);
  // What a lot cannot hold goes to the others.
  for (let round = 0; round < CAPPING_ROUNDS; round++) {
    const open = shares.map((share, i) => (counts[i] === MAX_LOT_HOUSEHOLDS ? 0 : share));
    const left = households - counts.reduce((sum, count) => sum + (count === MAX_LOT_HOUSEHOLDS ? count : 0), 0);
    const scale = left / open.reduce((sum, share) => sum + share, 0);
    open.forEach((share, i) => {
      if (counts[i] !== MAX_LOT_HOUSEHOLDS) counts[i] = Math.min(MAX_LOT_HOUSEHOLDS, Math.round(share * scale));
    });
  }
  return counts;
}
