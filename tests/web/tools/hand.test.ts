// The hand on release: a line that the worker has not judged yet counts as unsent at once, and an impossible one is not sent.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Operation } from '../../../core/plan/operation.ts';
import { screenPoint, type View } from '../../../web/map/view.ts';
import type { Preview, Workspace } from '../../../web/state/workspace.ts';
import { createHand, type HandParts } from '../../../web/tools/hand.ts';
import type { Foresight, Question } from '../../../web/worker/messages.ts';
import { at, grids, recordedHost } from '../town.ts';

// The tool that divides asks the store of the page, which needs a browser.
vi.mock('../../../web/state/division-store.ts', () => ({ useDivision: { getState: () => null } }));

const [longitude, latitude] = at(3, 2);
const VIEW: View = { longitude, latitude, zoom: 16, width: 1000, height: 800 };

let element: HTMLElement;
/** What the worker was asked, with what it has not answered yet. */
let asked: { operation: Operation; answer: (foresight: Foresight | null) => void }[];
let sent: { operation: Operation; possible: Promise<boolean> | undefined }[];
let preview: Preview | null;

beforeEach(() => {
  vi.stubGlobal('window', new EventTarget());
  [asked, sent, preview] = [[], [], null];
  const place = { style: {}, setPointerCapture: () => undefined, getBoundingClientRect: () => ({ left: 0, top: 0 }) };
  element = Object.assign(new EventTarget(), place) as unknown as HTMLElement;
  const host = recordedHost();
  const workspace = (): Workspace => ({
    ...host.workspace(),
    preview,
    showPreview: (shown) => {
      preview = shown;
    },
    transact: (operation, possible) => {
      sent.push({ operation, possible });
      return new Promise(() => undefined);
    },
  });
  const map = { dragPan: { enable: () => undefined, disable: () => undefined }, getCanvas: () => ({ focus: () => undefined }) };
  const hand = createHand({
    map: map as unknown as HandParts['map'],
    element,
    view: () => VIEW,
    workspace,
    community: host.community,
    worker: {
      ask: ((question: Question) =>
        new Promise<Foresight | null>((answer) => {
          if (question.type === 'foresee') asked.push({ operation: question.operation, answer });
        })) as HandParts['worker']['ask'],
      forget: () => undefined,
    },
    scene: () => undefined,
    describeCaught: () => '',
    describePreview: ({ obstacle }) => ({ sides: [], cutBuildings: [], obstacle }),
    pointerAt: () => undefined,
    hoverOutside: () => false,
    clickedOutside: () => undefined,
    mapSettled: () => Promise.resolve(),
  });
  hand.take('split');
});
afterEach(() => vi.unstubAllGlobals());

const LINE = [at(-0.5, 1.5), at(3.2, 1.5)] as const;

function point(type: string, place: readonly [number, number]): void {
  const [clientX, clientY] = screenPoint(VIEW, [...place]);
  // With Alt the hand catches nothing.
  element.dispatchEvent(Object.assign(new Event(type), { pointerId: 1, button: 0, altKey: true, shiftKey: false, clientX, clientY }));
}

function drawLine(): void {
  point('pointerdown', LINE[0]);
  point('pointermove', LINE[1]);
  point('pointerup', LINE[1]);
}

const foreseen = (obstacle: string | null): Foresight => ({ sides: [], cutBuildings: [], border: [], obstacle });

test('a line that nobody has judged yet is handed over when it is released', async () => {
  drawLine();
  expect(sent.map(({ operation }) => operation)).toMatchObject([{ type: 'cut', grid: grids.left }]);
  asked.at(-1)?.answer(foreseen(null));
  expect(await sent[0]?.possible).toBe(true);
});

test('what turns out to be impossible is not to be sent, and is said', async () => {
  drawLine();
  asked.at(-1)?.answer(foreseen('nothing-cut'));
  expect(await sent[0]?.possible).toBe(false);
  expect(preview?.obstacle).toBe('tools:obstacle.nothing-cut');
});

test('what the preview shows to be impossible is not handed over at all', async () => {
  point('pointerdown', LINE[0]);
  point('pointermove', LINE[1]);
  asked.at(-1)?.answer(foreseen('nothing-cut'));
  await expect.poll(() => preview?.obstacle).toBe('nothing-cut');
  point('pointerup', LINE[1]);
  await Promise.resolve();
  expect(sent).toEqual([]);
  expect(preview?.obstacle).toBe('tools:obstacle.nothing-cut');
});
