// From a pointer move to counts on the screen, in a real browser with the whole demo county open: splitting, reshaping, painting.
import type { Page } from 'playwright-core';
import type { CommunityProgress, GridFeature, PlanSummary } from '../../core/api/messages.ts';
import { latticePolygon, toDegrees } from '../../core/coverage/lattice.ts';
import { interiorPoint } from '../../core/coverage/locate.ts';
import { type Random, randomOf } from '../../fixtures/random.ts';
import { TALLY_MEASURE } from '../../web/tools/tally-measure.ts';
import { call, PlanClient } from '../server/client.ts';
import { launchBrowser } from '../web/browser.ts';
import { Hand, type Place } from '../web/hand.ts';
import { buildInterface, startDemo } from '../web/installation.ts';
import { type Figures, spreadOf } from './figures.ts';
import { boxOfGrid, widened } from './grid-box.ts';

const SEED = 1;
/** Strokes with each tool, and places on the way of each; between two places the hand moves a dozen times. */
const STROKES = 12;
const PLACES = 6;

/** What the page keeps for us: how long each tally took, in milliseconds, and how often the pointer moved with the button down. */
interface Watched {
  tallies: number[];
  moves: number;
}

export async function benchDrag(): Promise<Figures> {
  await buildInterface();
  const installation = await startDemo();
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1920, height: 1080 }, locale: 'zh-CN' });
    await page.addInitScript(watch, TALLY_MEASURE);
    await page.goto(installation.address);
    const plans = await call<PlanSummary[]>(installation.address, '/api/plans');
    const client = new PlanClient(installation.address, plans.body[0]?.id as number);
    const community = mostDivided((await client.detail()).communities);
    await open(page, community);
    const { features } = await client.grids(community.code);
    return await dragWithEveryTool(new Hand(page), community, features);
  } finally {
    await browser.close();
    await installation.stop();
  }
}

/** Runs in the page. */
function watch(measure: string): void {
  const page = Object.assign(window, { tallies: [] as number[], moves: 0 });
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntriesByName(measure)) page.tallies.push(duration);
  }).observe({ entryTypes: ['measure'] });
  window.addEventListener(
    'pointermove',
    ({ buttons }) => {
      if (buttons === 1) page.moves += 1;
    },
    true,
  );
}

const mostDivided = (communities: readonly CommunityProgress[]): CommunityProgress =>
  communities.reduce((a, b) => (b.grids > a.grids ? b : a));

async function open(page: Page, { code, town }: CommunityProgress): Promise<void> {
  const row = page.locator(`[data-code="${code}"]`);
  await page.locator(`[data-code="${town}"]`).waitFor();
  if (!(await row.isVisible())) await page.locator(`[data-code="${town}"]`).click();
  await row.click();
  await page.getByTestId('community-panel').waitFor();
}

async function dragWithEveryTool(hand: Hand, { blocks }: CommunityProgress, grids: readonly GridFeature[]): Promise<Figures> {
  const random = randomOf(SEED);
  const { keyboard } = hand.page;
  const measure = async (stroke: (grid: GridFeature) => Promise<void>) => {
    await hand.settled();
    await watched(hand.page);
    for (let i = 0; i < STROKES; i++) {
      await stroke(grids[i % grids.length] as GridFeature);
      await keyboard.press('Escape');
      await hand.release();
    }
    const { tallies, moves } = await watched(hand.page);
    return { blocks, grids: grids.length, moves, tallies: tallies.length, ...spreadOf(tallies) };
  };
  return {
    'splitting (S)': await measure(async (grid) => {
      await keyboard.press('s');
      await hand.press(linesAcross(grid, random));
    }),
    'reshaping (R)': await measure(async (grid) => {
      await keyboard.press('v');
      await hand.click(middleOf(grid));
      await keyboard.press('r');
      await hand.press(alongBorder(grid));
    }),
    'painting (B)': await measure(async (grid) => {
      await keyboard.press('b');
      await hand.press([middleOf(grid), ...pathThrough(grid, random)]);
    }),
  };
}

/** What was watched since the last time. */
const watched = (page: Page): Promise<Watched> =>
  page.evaluate(() => {
    const { tallies, moves } = window as unknown as Watched;
    Object.assign(window, { tallies: [], moves: 0 });
    return { tallies, moves };
  });

const outerRing = ({ geometry }: GridFeature): Place[] => geometry.coordinates[0]?.[0] as [number, number][];

function middleOf({ geometry }: GridFeature): Place {
  const [x, y] = interiorPoint(latticePolygon(geometry.coordinates[0] as [number, number][][]));
  return [toDegrees(x), toDegrees(y)];
}

/** From beyond the western border to beyond the eastern one, and along that. */
function linesAcross(grid: GridFeature, random: Random): Place[] {
  const { west, east, south, north } = widened(boxOfGrid(grid));
  const far = Array.from({ length: PLACES }, (): Place => [east, random.between(south, north)]);
  return [[west, random.between(south, north)], ...far];
}

/** From one vertex of the border to others further along it. */
function alongBorder(grid: GridFeature): Place[] {
  const ring = outerRing(grid);
  return Array.from({ length: PLACES + 1 }, (_, i) => ring[Math.floor((i * ring.length) / (PLACES + 2))] as Place);
}

/** To and fro over the box of the grid. */
function pathThrough(grid: GridFeature, random: Random): Place[] {
  const { west, east, south, north } = boxOfGrid(grid);
  return Array.from({ length: PLACES }, () => [random.between(west, east), random.between(south, north)]);
}
