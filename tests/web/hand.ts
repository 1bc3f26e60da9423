// A hand with a mouse on the map: places in degrees become pointer events on the screen.
import type { Page } from 'playwright-core';
import { placeAt, screenPoint, type View } from '../../web/map/view.ts';

export type Place = readonly [longitude: number, latitude: number];

/** Pointer moves per stroke, so that tools see a path and not a jump. */
const STEPS = 12;

export class Hand {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Until nothing is left to draw. */
  async settled(): Promise<void> {
    await this.page.waitForSelector('[data-testid="map"][data-idle="true"]');
  }

  async view(): Promise<View> {
    const text = await this.page.getByTestId('map').getAttribute('data-view');
    return JSON.parse(text ?? 'null') as View;
  }

  async screen(place: Place): Promise<[number, number]> {
    const box = await this.page.getByTestId('map').boundingBox();
    const [x, y] = screenPoint(await this.view(), place);
    return [x + (box?.x ?? 0), y + (box?.y ?? 0)];
  }

  async click(place: Place): Promise<void> {
    const [x, y] = await this.screen(place);
    await this.page.mouse.move(x, y, { steps: 3 });
    await this.page.mouse.click(x, y);
  }

  /** Press at the first place, through the others, and stay pressed at the last. */
  async press(places: readonly Place[]): Promise<void> {
    const [first, ...others] = places;
    const [x, y] = await this.screen(first as Place);
    await this.page.mouse.move(x, y);
    await this.page.mouse.down();
    for (const place of others) await this.page.mouse.move(...(await this.screen(place)), { steps: STEPS });
  }

  async release(): Promise<void> {
    await this.page.mouse.up();
  }

  /** Every operation that was begun has been answered. */
  async saved(): Promise<void> {
    await this.page.waitForSelector('[data-testid="save-state"][data-state="saved"]');
  }

  /** The place under a pixel of the window. */
  async placeAt(x: number, y: number): Promise<Place> {
    const box = await this.page.getByTestId('map').boundingBox();
    return placeAt(await this.view(), [x - (box?.x ?? 0), y - (box?.y ?? 0)]);
  }
}
