// What a bench hands back, and how repeated work is summed up.

/** Rows of named numbers; each name ends with the unit where there is one. */
export type Figures = Readonly<Record<string, Readonly<Record<string, number>>>>;

const MEDIAN = 0.5;
const NEARLY_ALL = 0.95;
const DECIMALS = 2;

export interface Spread {
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly maxMs: number;
}

/** Median, 95th percentile and worst of times in milliseconds. */
export function spreadOf(times: readonly number[]): Spread {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number): number => rounded(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN);
  return { p50Ms: at(MEDIAN), p95Ms: at(NEARLY_ALL), maxMs: at(1) };
}

export const rounded = (value: number, decimals = DECIMALS): number => Math.round(value * 10 ** decimals) / 10 ** decimals;

/** How long each repetition took, in milliseconds, after some that do not count. */
export function repeat(times: number, warmUp: number, work: (repetition: number) => unknown): number[] {
  const milliseconds: number[] = [];
  for (let i = 0; i < warmUp + times; i++) {
    const begun = performance.now();
    work(i);
    if (i >= warmUp) milliseconds.push(performance.now() - begun);
  }
  return milliseconds;
}
