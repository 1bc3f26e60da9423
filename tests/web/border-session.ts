// Borders by hand in a real browser: reshape inwards and outwards, a line that cannot be, merge, excuse, lock. Runs on the desk of main-job.
import { expect, it } from 'vitest';
import type { GridCollection, GridFeature } from '../../core/api/messages.ts';
import { isInside } from '../../web/tools/community-index.ts';
import type { Desk } from './desk.ts';
import type { Place } from './hand.ts';

const COMMUNITY = '620724100005';
const NAME = '医院西路';
/** Ends of a line are tried this far apart around a grid; shares of its perimeter. */
const STEP = 0.05;
const SAMPLES = 12;
/** Half the room that a line must have at its middle, as a share of its length: one along the border itself would change nothing. */
const ASIDE = 0.08;

export function borderSession(desk: () => Desk): void {
  const grids = async (): Promise<GridFeature[]> =>
    ((await desk().ask(`/api/plans/${desk().plan}/grids?community=${COMMUNITY}`)) as GridCollection).features;
  const one = async (id: number): Promise<GridFeature> => (await grids()).find(({ properties }) => properties.id === id) as GridFeature;
  const sum = (features: readonly GridFeature[]): number => features.reduce((total, { properties }) => total + properties.households, 0);

  async function drag(grid: GridFeature, [from, to]: readonly [Place, Place]): Promise<void> {
    const { page, hand } = desk();
    await page.keyboard.press('f');
    await hand.settled();
    await page.keyboard.press('r');
    await hand.press([from, to]);
    await page.getByTestId('tally-side').nth(1).waitFor();
    await desk().picture(`reshape-${grid.properties.id}`);
    await hand.release();
    await expect.poll(async () => (await one(grid.properties.id)).properties.area_m2).not.toBe(grid.properties.area_m2);
    await hand.saved();
  }

  it('opens another community', async () => {
    const { page, hand } = desk();
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.keyboard.press('v');
    await page.getByText(NAME, { exact: true }).first().click();
    await page.getByTestId('community-panel').getByText(`${NAME}第一网格`).waitFor();
    await hand.settled();
  });

  for (const direction of ['inwards', 'outwards'] as const) {
    it(`reshapes a grid ${direction} by a drag from border to border`, async () => {
      const before = await grids();
      const [grid, line] = chordOf(before, direction);
      await desk().choose(grid);
      await drag(grid, line);
      const after = await one(grid.properties.id);
      if (direction === 'inwards') expect(after.properties.area_m2).toBeLessThan(grid.properties.area_m2);
      else expect(after.properties.area_m2).toBeGreaterThan(grid.properties.area_m2);
      expect(sum(await grids())).toBe(sum(before));
    });
  }

  it('does not send a line that ends nowhere, and says why', async () => {
    const { page, hand } = desk();
    const sent: string[] = [];
    page.on('request', (request) => {
      if (request.method() === 'POST') sent.push(request.url());
    });
    const [grid, [from, to]] = chordOf(await grids(), 'inwards');
    await desk().choose(grid);
    await page.keyboard.press('f');
    await hand.settled();
    await page.keyboard.press('r');
    await page.keyboard.down('Alt');
    await hand.click(between(from, to, 0.5));
    await page.keyboard.up('Alt');
    await expect.poll(() => page.getByTestId('pointer-tally').textContent()).toContain('边界上起笔');
    await hand.click(from);
    await page.keyboard.down('Alt');
    await hand.click(between(from, to, 0.5));
    await page.mouse.move(...(await hand.screen(between(from, to, 0.7))), { steps: 3 });
    await page.keyboard.up('Alt');
    // A preview that is still under way would be waited for only shortly, and the line sent.
    await expect.poll(() => page.getByTestId('pointer-tally').textContent()).toContain('两端要落在所选网格的边界上');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.getByTestId('pointer-tally').textContent()).toContain('两端要落在所选网格的边界上');
    await hand.saved();
    expect(sent).toEqual([]);
    await page.keyboard.press('Escape');
  });

  it('writes the reason of an exception from the check list', async () => {
    const { page, hand } = desk();
    const [outside] = (await grids()).filter(({ properties }) => properties.band === 'above' || properties.band === 'below') as [
      GridFeature,
    ];
    await page.locator('.check-row', { hasText: outside.properties.name }).getByRole('button', { name: '说明理由' }).first().click();
    await page.keyboard.type('街坊相连,一名网格员可以管好');
    await page.keyboard.press('Control+Enter');
    await expect.poll(async () => (await one(outside.properties.id)).properties.band).toBe('excused');
    await hand.saved();
    await page.locator('.check-row.is-excused', { hasText: outside.properties.name }).first().waitFor();
  });

  it('locks a grid; the tools leave it alone until it is unlocked', async () => {
    const { page, hand } = desk();
    const [grid] = (await grids()) as [GridFeature];
    await desk().choose(grid);
    await page.getByTestId('grid-panel').getByRole('button', { name: '更多操作' }).click();
    await page.getByRole('menuitem', { name: '锁定' }).click();
    await expect.poll(async () => (await one(grid.properties.id)).properties.locked).toBe(true);
    await hand.saved();
    await page.keyboard.press('m');
    await hand.click(desk().middleOf(grid.geometry.coordinates[0] as number[][][]));
    await expect.poll(() => page.getByTestId('pointer-tally').textContent()).toContain('锁定');
    await page.keyboard.press('Escape');
    await page.getByTestId('grid-panel').getByRole('button', { name: '更多操作' }).click();
    await page.getByRole('menuitem', { name: '解锁' }).click();
    await expect.poll(async () => (await one(grid.properties.id)).properties.locked).toBe(false);
    await hand.saved();
  });

  it('merges two grids by clicks and Enter; the first one keeps its name', async () => {
    const { page, hand } = desk();
    const before = await grids();
    const [into, from] = before as [GridFeature, GridFeature];
    await desk().overview();
    await page.keyboard.press('m');
    for (const grid of [into, from]) await hand.click(desk().middleOf(grid.geometry.coordinates[0] as number[][][]));
    await desk().picture('merge-two');
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await grids()).length).toBe(before.length - 1);
    await hand.saved();
    expect((await one(into.properties.id)).properties).toMatchObject({
      name: into.properties.name,
      households: into.properties.households + from.properties.households,
    });
  });
}

const between = (from: Place, to: Place, share: number): Place => [
  from[0] + (to[0] - from[0]) * share,
  from[1] + (to[1] - from[1]) * share,
];

/** A grid and a straight line between two places on its border that runs through it, or beside it through its neighbours; the longest. */
function chordOf(grids: readonly GridFeature[], direction: 'inwards' | 'outwards'): [GridFeature, [Place, Place]] {
  let best: [GridFeature, [Place, Place]] | null = null;
  let longest = 0;
  for (const grid of grids) {
    const ring = grid.geometry.coordinates[0]?.[0] as number[][];
    const places = Array.from({ length: Math.round(1 / STEP) }, (_, i) => along(ring, i * STEP));
    for (const from of places) {
      for (const to of places) {
        const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
        if (length > longest && runs(from, to, grid, grids, direction)) [best, longest] = [[grid, [from, to]], length];
      }
    }
  }
  if (best === null) throw new Error(`no grid can be reshaped ${direction}`);
  return best;
}

function runs(from: Place, to: Place, grid: GridFeature, grids: readonly GridFeature[], direction: 'inwards' | 'outwards'): boolean {
  const covers = (feature: GridFeature, place: Place): boolean =>
    feature.geometry.coordinates.some((rings) => isInside([place[0], place[1]], rings));
  const through = (place: Place): boolean =>
    direction === 'inwards' ? covers(grid, place) : !covers(grid, place) && grids.some((other) => covers(other, place));
  const [x, y] = between(from, to, 0.5);
  const [asideX, asideY] = [(to[1] - from[1]) * ASIDE, (to[0] - from[0]) * ASIDE];
  return (
    Array.from({ length: SAMPLES }, (_, i) => between(from, to, (i + 0.5) / SAMPLES)).every(through) &&
    through([x + asideX, y - asideY]) &&
    through([x - asideX, y + asideY])
  );
}

/** The place at a share of the way round. */
function along(ring: readonly (readonly number[])[], share: number): Place {
  const lengths = ring
    .slice(1)
    .map((to, i) => Math.hypot((to[0] as number) - (ring[i]?.[0] as number), (to[1] as number) - (ring[i]?.[1] as number)));
  let left = lengths.reduce((total, length) => total + length, 0) * share;
  for (const [i, length] of lengths.entries()) {
    if (left <= length) return between(ring[i] as unknown as Place, ring[i + 1] as unknown as Place, length === 0 ? 0 : left / length);
    left -= length;
  }
  return ring[0] as unknown as Place;
}
