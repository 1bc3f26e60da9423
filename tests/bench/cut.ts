// How long cutBlocks takes in a community of about 500 blocks.
import { cutBlocks } from '../../core/coverage/cut.ts';
import type { Line } from '../../core/coverage/geometry.ts';
import { type Random, randomOf } from '../../fixtures/random.ts';
import { type Figures, repeat, spreadOf } from './figures.ts';
import { largeCommunity, SIDE_STEPS, SOUTH_STEPS, WEST_STEPS } from './large-community.ts';

const SEED = 1;
const WARM_UP = 200;
const CUTS = 1_000;

export async function benchCut(): Promise<Figures> {
  const random = randomOf(SEED);
  const blocks = [...largeCommunity().blocks.values()];
  const targets = new Set(blocks.map((block) => block.id));
  const lines = Array.from({ length: WARM_UP + CUTS }, () => drawnLine(random));
  const times = repeat(CUTS, WARM_UP, (i) => cutBlocks({ blocks, targets, lines: [lines[i] as Line] }));
  return { 'cut in the core': { blocks: blocks.length, ...spreadOf(times) } };
}

/** From border to border of the community, a few vertices on the way. */
function drawnLine(random: Random): Line {
  const line: number[] = [];
  const vertices = random.whole(2, 7);
  const upright = random.chance(0.5);
  const at = random.next();
  for (let i = 0; i < vertices; i++) {
    const along = -0.05 + (1.1 * i) / (vertices - 1);
    const across = at + random.between(-0.1, 0.1);
    const [x, y] = upright ? [across, along] : [along, across];
    line.push(WEST_STEPS + Math.round(x * SIDE_STEPS), SOUTH_STEPS + Math.round(y * SIDE_STEPS));
  }
  return line;
}
