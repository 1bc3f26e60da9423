// The line under the hand, drawn by press-drag-release or by click and click: one state machine for split, reshape and draw.
import { CLICK_PX, type HandPoint, type Position } from './tool.ts';

/** A second press this soon and this near is a double click. */
const DOUBLE_CLICK_MS = 350;
const DOUBLE_CLICK_PX = 6;
/** A click this near to the first vertex closes a ring. */
const CLOSE_PX = 9;

export interface DrawnLine {
  /** Vertices laid down, and the one the hand holds. */
  readonly line: () => Position[];
  readonly begun: () => boolean;
  readonly press: (point: HandPoint) => void;
  readonly move: (point: HandPoint) => void;
  readonly release: (point: HandPoint) => void;
  readonly finish: () => void;
  readonly back: () => boolean;
  readonly reset: () => void;
}

export interface DrawnLineOptions {
  /** Vertices without which there is nothing to finish. */
  readonly least: number;
  /** A click on the first vertex finishes. */
  readonly closes: boolean;
  /** What a drag from `from` to `to` draws. */
  readonly dragged: (from: Position, to: Position) => Position[];
  /** Something to be drawn anew; an empty line when everything was taken back. */
  readonly changed: (line: Position[]) => void;
  /** The line is done; the machine has forgotten it. */
  readonly finished: (line: Position[]) => void;
}

type Phase = 'idle' | 'pressed' | 'dragging' | 'open';

interface Laid {
  readonly position: Position;
  readonly pixel: readonly [number, number];
  readonly time: number;
}

/** Makes the machine. idle → pressed → dragging → finished, or pressed → open → … → finished by double click, Enter or closing. */
export function drawnLine(options: DrawnLineOptions): DrawnLine {
  let phase: Phase = 'idle';
  let laid: Laid[] = [];
  let held: Position | null = null;

  const line = (): Position[] => {
    const first = laid[0];
    if (phase === 'dragging' && first !== undefined && held !== null) return options.dragged(first.position, held);
    const positions = laid.map(({ position }) => position);
    return withoutRepeats(held === null ? positions : [...positions, held]);
  };
  const reset = (): void => {
    phase = 'idle';
    laid = [];
    held = null;
  };
  const complete = (positions: Position[]): void => {
    reset();
    options.finished(withoutRepeats(positions));
  };
  const finish = (): void => {
    if (phase === 'idle' || phase === 'dragging') return;
    const positions = withoutRepeats(laid.map(({ position }) => position));
    if (positions.length >= options.least) complete(positions);
  };

  return {
    line,
    begun: () => phase !== 'idle',
    press: (point) => {
      const [first, last] = [laid[0], laid.at(-1)];
      if (phase === 'open' && last !== undefined) {
        const again = near(last, point, DOUBLE_CLICK_PX) && point.time - last.time <= DOUBLE_CLICK_MS;
        const closing = options.closes && laid.length >= options.least && first !== undefined && near(first, point, CLOSE_PX);
        if (again || closing) return finish();
      }
      if (phase === 'idle') phase = 'pressed';
      laid.push({ position: point.position, pixel: point.pixel, time: point.time });
      held = null;
      options.changed(line());
    },
    move: (point) => {
      const first = laid[0];
      if (phase === 'idle' || first === undefined) return;
      if (phase === 'pressed' && !near(first, point, CLICK_PX)) phase = 'dragging';
      if (phase === 'pressed') return;
      held = point.position;
      options.changed(line());
    },
    release: (point) => {
      if (phase === 'pressed') phase = 'open';
      else if (phase === 'dragging') {
        held = point.position;
        complete(line());
      }
    },
    finish,
    back: () => {
      if (phase === 'idle') return false;
      laid.pop();
      if (phase !== 'open' || laid.length === 0) reset();
      options.changed(line());
      return true;
    },
    reset,
  };
}

const near = (laid: Laid, point: HandPoint, pixels: number): boolean =>
  Math.hypot(laid.pixel[0] - point.pixel[0], laid.pixel[1] - point.pixel[1]) <= pixels;

const withoutRepeats = (line: readonly Position[]): Position[] =>
  line.filter((at, i) => i === 0 || at[0] !== line[i - 1]?.[0] || at[1] !== line[i - 1]?.[1]);
