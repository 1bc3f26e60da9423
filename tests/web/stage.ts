// One page of a real browser, as every browser test needs it: Chinese, what breaks in it remembered, pictures kept.
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from './browser.ts';
import { Hand } from './hand.ts';

const SCREENSHOTS = resolve(import.meta.dirname, 'screenshots');

export interface Stage {
  readonly browser: Browser;
  readonly page: Page;
  readonly hand: Hand;
  /** Errors that nobody caught on the page. */
  readonly faults: string[];
  readonly picture: (name: string) => Promise<unknown>;
  close(): Promise<void>;
}

/** Chromium that draws in software does not always end when it is asked to; it ends with this process then. */
const CLOSE_MILLISECONDS = 20_000;

/** The caller closes it. */
export async function openStage(width = 1440, height = 900): Promise<Stage> {
  mkdirSync(SCREENSHOTS, { recursive: true });
  const browser = await launchBrowser();
  const page = await browser.newPage({ viewport: { width, height }, locale: 'zh-CN', acceptDownloads: true });
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  const picture = (name: string): Promise<unknown> => page.screenshot({ path: join(SCREENSHOTS, `${name}.png`) });
  const close = (): Promise<void> => Promise.race([browser.close(), setTimeout(CLOSE_MILLISECONDS, undefined, { ref: false })]);
  return { browser, page, hand: new Hand(page), faults, picture, close };
}
