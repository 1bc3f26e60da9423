// How long cutBlocks takes in a community of about 500 blocks, streets and all.
import { type CutBlock, cutBlocks } from '../../core/coverage/cut.ts';
import type { Line } from '../../core/coverage/geometry.ts';
import { loadNoder, type Noder } from '../../core/coverage/noder.ts';

/** A community of about 2 km, 5 m of play in the streets, a vertex every 25 m. */
const SIDE_STEPS = 200_000;
const STREETS = 23;
const VERTICES_PER_STREET = 80;
const PLAY_STEPS = 500;
const WARM_UP = 200;
const CUTS = 1_000;

/** p50 and p95 of one cut in milliseconds, and the blocks that were there. */
export async function benchCut(): Promise<Record<string, number>> {
  const noder = await loadNoder();
  const random = randomNumbers(20_260_701);
  const blocks = community(noder, random);
  const targets = new Set(blocks.map((block) => block.id));
  const times: number[] = [];
  for (let i = 0; i < WARM_UP + CUTS; i++) {
    const lines = [drawnLine(random)];
    const start = performance.now();
    cutBlocks(noder, { blocks, targets, lines });
    if (i >= WARM_UP) times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  const quantile = (share: number) => Math.round((times[Math.floor(times.length * share)] as number) * 100) / 100;
  return { blocks: blocks.length, p50Ms: quantile(0.5), p95Ms: quantile(0.95), maxMs: quantile(0.999) };
}

function community(noder: Noder, random: () => number): CutBlock[] {
  const streets: Line[] = [];
  for (let i = 0; i < STREETS; i++) {
    const across: number[] = [];
    const along: number[] = [];
    for (let j = 0; j <= VERTICES_PER_STREET; j++) {
      const at = Math.round((j * SIDE_STEPS) / VERTICES_PER_STREET);
      const beside = Math.round((i * SIDE_STEPS) / (STREETS - 1) + (random() - 0.5) * PLAY_STEPS);
      across.push(998_000_000 + at, 394_000_000 + beside);
      along.push(998_000_000 + beside, 394_000_000 + at);
    }
    streets.push(across, along);
  }
  return noder
    .faces(streets)
    .filter((polygon) => (polygon[0] as Line).length > 20)
    .map((polygon, i) => ({ id: i + 1, polygon }));
}

/** From border to border of the community, a few vertices on the way. */
function drawnLine(random: () => number): Line {
  const line: number[] = [];
  const vertices = 2 + Math.floor(random() * 6);
  const upright = random() < 0.5;
  const at = random();
  for (let i = 0; i < vertices; i++) {
    const along = -0.05 + (1.1 * i) / (vertices - 1);
    const across = at + (random() - 0.5) * 0.2;
    const [x, y] = upright ? [across, along] : [along, across];
    line.push(998_000_000 + Math.round(x * SIDE_STEPS), 394_000_000 + Math.round(y * SIDE_STEPS));
  }
  return line;
}

/** Mulberry32: a small seeded generator, so that every run measures the same. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
