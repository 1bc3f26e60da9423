// Five failures within fifteen minutes shut a login for fifteen minutes, never earlier, never longer.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lockedUntil } from '../../../core/accounts/lock-out.ts';

const at = (minutes: number): Date => new Date(Date.UTC(2026, 2, 1) + minutes * 60_000);
const failures = (...minutes: number[]): Date[] => minutes.map(at);

describe('a login', () => {
  it('is open after four failures', () => {
    expect(lockedUntil(failures(0, 1, 2, 3), at(3))).toBeNull();
  });

  it('is shut from the fifth on, until fifteen minutes after it', () => {
    const five = failures(0, 3, 6, 9, 14);
    expect(lockedUntil(five, at(14))).toEqual(at(29));
    expect(lockedUntil(five, at(28.99))).toEqual(at(29));
    expect(lockedUntil(five, at(29))).toBeNull();
  });

  it('stays open when the five lie further apart', () => {
    expect(lockedUntil(failures(0, 4, 8, 12, 16), at(16))).toBeNull();
  });

  it('counts anew after a lock', () => {
    const before = failures(0, 0, 0, 0, 0);
    expect(lockedUntil([...before, ...failures(15)], at(15))).toBeNull();
    expect(lockedUntil([...before, ...failures(16, 17, 18, 19)], at(19))).toBeNull();
    expect(lockedUntil([...before, ...failures(16, 17, 18, 19, 20)], at(20))).toEqual(at(35));
  });
});

it('lets nobody try more than five times in any fifteen minutes', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 60 }), (pauses) => {
      const tried: Date[] = [];
      let now = 0;
      for (const pause of pauses) {
        now += pause / 4;
        if (lockedUntil(tried, at(now)) === null) tried.push(at(now));
      }
      for (const first of tried) {
        const within = tried.filter((time) => time >= first && time.getTime() < first.getTime() + 15 * 60_000);
        expect(within.length).toBeLessThanOrEqual(5);
      }
    }),
  );
});
