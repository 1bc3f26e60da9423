// One page of a real browser, as every browser test needs it: Chinese, what breaks in it remembered, pictures kept.
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Browser, Page, Request } from 'playwright-core';
import { afterEach } from 'vitest';
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
/** A machine may be several times slower than the one on which a step was tried. */
const STEP_MILLISECONDS = 120_000;
const LAST_ANSWERS = 12;
const LAST_TOUCHES = 20;
/** Begins what the page tells of the mouse. */
const TOUCH = 'touch:';
const SHOWN_CHARACTERS = 1_500;
const WITNESS_MILLISECONDS = 10_000;

/** What to say of the page when a test fails. */
const witnesses: (() => Promise<void>)[] = [];

afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') for (const witness of witnesses) await witness();
});

/** The caller closes it. */
export async function openStage(width = 1440, height = 900): Promise<Stage> {
  mkdirSync(SCREENSHOTS, { recursive: true });
  const browser = await launchBrowser();
  // What still moves while the mouse goes down and up again is missed.
  const calm = { reducedMotion: 'reduce' } as const;
  const page = await browser.newPage({ viewport: { width, height }, locale: 'zh-CN', acceptDownloads: true, ...calm });
  page.setDefaultTimeout(STEP_MILLISECONDS);
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  witnesses.push(witnessOf(page, faults));
  const picture = (name: string): Promise<unknown> => page.screenshot({ path: join(SCREENSHOTS, `${name}.png`) });
  const close = (): Promise<void> => Promise.race([browser.close(), setTimeout(CLOSE_MILLISECONDS, undefined, { ref: false })]);
  return { browser, page, hand: new Hand(page), faults, picture, close };
}

/** A test that fails on a machine out of reach has to tell by itself what the page showed and what it waited for. */
function witnessOf(page: Page, faults: readonly string[]): () => Promise<void> {
  const pending = new Set<Request>();
  const answers: string[] = [];
  const touches: string[] = [];
  const named = (request: Request): string => `${request.method()} ${request.url()}`;
  page.on('request', (request) => pending.add(request));
  page.on('requestfailed', (request) => {
    pending.delete(request);
    answers.push(`${named(request)} failed: ${request.failure()?.errorText}`);
  });
  page.on('response', (response) => answers.push(`${named(response.request())} ${response.status()}`));
  page.on('requestfinished', (request) => pending.delete(request));
  page.on('console', (message) => message.text().startsWith(TOUCH) && touches.push(message.text()));
  void page.addInitScript(tellTouches, TOUCH);
  return async () => {
    const shown = await page.locator('body').innerText({ timeout: WITNESS_MILLISECONDS }).catch(String);
    const told = {
      address: page.url(),
      shown: shown.slice(0, SHOWN_CHARACTERS),
      faults,
      pending: [...pending].map(named),
      answers: answers.slice(-LAST_ANSWERS),
      touches: touches.slice(-LAST_TOUCHES),
    };
    console.error('the page when the test failed:', JSON.stringify(told, null, 1));
    await page.screenshot({ path: join(SCREENSHOTS, 'failed.png'), timeout: WITNESS_MILLISECONDS }).catch(() => undefined);
  };
}

/** In the page: what the mouse did, and to what. */
function tellTouches(begin: string): void {
  const tell = ({ type, target, timeStamp }: Event): void => {
    const touched = target instanceof Element ? `${target.tagName} ${target.textContent?.slice(0, 20)}` : String(target);
    console.debug(begin, type, Math.round(timeStamp), touched);
  };
  for (const type of ['mousedown', 'mouseup', 'click']) addEventListener(type, tell, { capture: true });
}
