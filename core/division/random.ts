// Seeded random numbers for the search: the same stream on every engine, because only exact arithmetic is used.

/** Entries of the table of exponential variates; a power of two. */
const TABLE_SIZE = 4096;
/** Terms of the series of the logarithm: enough for every bit at these arguments. */
const SERIES_TERMS = 40;
const TWO_TO_32 = 4_294_967_296;

/** Exponential variates of mean 1, by quantile. Math.log may differ in its last bit between engines, this series cannot. */
const EXPONENTIAL = exponentialTable();

export class Random {
  #state: number;

  /** The stream of that seed and name: equal on every machine, whatever ran before. */
  constructor(seed: number, name: string) {
    let hash = 2_166_136_261;
    for (const text of [String(seed), '/', name]) {
      for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 16_777_619);
    }
    this.#state = hash >>> 0;
  }

  /** Whole number in [0, 2³²): mulberry32. */
  bits(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (t ^ (t >>> 14)) >>> 0;
  }

  /** Whole number in [0, count). */
  below(count: number): number {
    return Math.floor((this.bits() / TWO_TO_32) * count);
  }

  /** Uniform in [0, 1). */
  uniform(): number {
    return this.bits() / TWO_TO_32;
  }

  /** Exponential of mean 1, never 0. */
  exponential(): number {
    return EXPONENTIAL[this.bits() & (TABLE_SIZE - 1)] as number;
  }
}

/** −ln((i + ½) / size), summed from the top: each step is 2·artanh(1 / (2i + 2)). */
function exponentialTable(): Float64Array {
  const table = new Float64Array(TABLE_SIZE);
  let sum = minusLogRatio(TABLE_SIZE - 0.5, TABLE_SIZE);
  table[TABLE_SIZE - 1] = sum;
  for (let i = TABLE_SIZE - 2; i >= 0; i--) {
    sum += minusLogRatio(i + 0.5, i + 1.5);
    table[i] = sum;
  }
  return table;
}

/** ln(high / low) = 2·artanh((high − low) / (high + low)). */
function minusLogRatio(low: number, high: number): number {
  const x = (high - low) / (high + low);
  let power = x;
  let sum = 0;
  for (let term = 0; term < SERIES_TERMS; term++) {
    sum += power / (2 * term + 1);
    power *= x * x;
  }
  return 2 * sum;
}
