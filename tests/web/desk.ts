// What the sessions of the browser test share: one server, one browser, one page.
import type { Browser, Page } from 'playwright-core';
import type { GridFeature } from '../../core/api/messages.ts';
import type { Hand, Place } from './hand.ts';

/** A page of its own waits as long as that of the stage. */
export const STEP_MILLISECONDS = 120_000;

export interface Desk {
  readonly address: string;
  readonly browser: Browser;
  readonly page: Page;
  readonly hand: Hand;
  readonly plan: number;
  /** Reads an address of the server. */
  readonly ask: (path: string) => Promise<unknown>;
  readonly picture: (name: string) => Promise<unknown>;
  /** A place well inside an area. */
  readonly middleOf: (rings: readonly (readonly (readonly number[])[])[]) => Place;
  /** The whole open community, nothing selected, no tool in hand. */
  readonly overview: () => Promise<void>;
  /** Selects a grid of the open community by a click on it. */
  readonly choose: (grid: GridFeature) => Promise<void>;
}
