// What the size of a part costs the search: how far outside the band, by the same rule as rules/band.ts, and how far off the middle.
import type { SizeRule } from '../rules/profile.ts';
import { type Bounds, middleOf, sizeBounds } from './bounds.ts';

/** Cost of a part outside the band and of each household outside, in sides of an average part: above what any border may cost. */
const OUTSIDE_PART = 20;
const OUTSIDE_HOUSEHOLD = 0.1;

export class SizeCost {
  readonly #households: Bounds;
  readonly #persons: Bounds | null;
  readonly #aim: number;
  readonly #householdsPerPerson: number;
  readonly #spread: number;
  readonly #unit: number;
  readonly #balance: number;

  /**
   * `unit`: side of an average part in border cost. `balance`: cost of a part at the edge of the band, in units. `aim`: households
   * that a part should have, above 0.
   */
  constructor(rule: SizeRule, { unit, balance, aim }: { unit: number; balance: number; aim: number }) {
    const { households, persons } = sizeBounds(rule);
    this.#households = households;
    this.#persons = persons;
    const middle = middleOf(this.#households);
    this.#aim = aim;
    this.#householdsPerPerson = this.#persons ? middle / middleOf(this.#persons) : 0;
    this.#spread = this.#households.high < Infinity ? this.#households.high - middle : aim;
    this.#unit = unit;
    this.#balance = unit * balance;
  }

  /** Whether `count` parts of these together may all be legal, as far as sums tell. */
  isLegal(households: number, persons: number, count = 1): boolean {
    return this.#outsideOf(households, persons, count) === 0;
  }

  /** Households outside the band; where persons are nearer to theirs, as many households as those stand for. */
  outside(households: number, persons: number): number {
    return this.#outsideOf(households, persons, 1);
  }

  /** Cost of a part. */
  part(households: number, persons: number): number {
    return this.parts(households, persons, 1);
  }

  /** Cost that `count` parts of these together have at least. */
  parts(households: number, persons: number, count: number): number {
    const outside = this.#outsideOf(households, persons, count);
    const off = (households / count - this.#aim) / this.#spread;
    const penalty = outside > 0 ? this.#unit * (OUTSIDE_PART + OUTSIDE_HOUSEHOLD * outside) : 0;
    return penalty + this.#balance * count * off * off;
  }

  #outsideOf(households: number, persons: number, count: number): number {
    const { low, high } = this.#households;
    const byHouseholds = households < low * count ? low * count - households : households > high * count ? households - high * count : 0;
    if (byHouseholds === 0 || this.#persons === null) return byHouseholds;
    const { low: few, high: many } = this.#persons;
    const byPersons = persons < few * count ? few * count - persons : persons > many * count ? persons - many * count : 0;
    return Math.min(byHouseholds, byPersons * this.#householdsPerPerson);
  }
}
