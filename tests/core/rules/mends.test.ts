// Every mend on offer mends: on random communities, what it was offered for is gone or smaller afterwards, and no grid is torn.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runChecks } from '../../../core/rules/checks.ts';
import type { CheckContext, Issue } from '../../../core/rules/rule.ts';
import { fixed } from './ask.ts';
import { randomContext } from './random-town.ts';

const torn = (context: CheckContext): number => runChecks(context).filter(({ check }) => check === 'contiguous').length;
const same = (a: Issue, b: Issue): boolean =>
  a.message === b.message && a.grid === b.grid && a.measured === b.measured && JSON.stringify(a.place) === JSON.stringify(b.place);
/** Writing down a reason leaves the size as it is; of several roads or rivers one is mended at a time, whichever it is. */
const isMendedAtOnce = ({ message, places }: Issue): boolean =>
  message !== 'size-single-building' && !(message.startsWith('barrier') && places !== undefined);

test('every mend on offer mends', () => {
  fc.assert(
    fc.property(randomContext, (context) => {
      for (const issue of runChecks(context).filter(isMendedAtOnce)) {
        for (const fix of issue.fixes) {
          const after = fixed(context, fix);
          expect(runChecks(after).filter((other) => same(other, issue))).toEqual([]);
          if (issue.check === 'building' || issue.check === 'barrier') expect(torn(after)).toBeLessThanOrEqual(torn(context));
        }
      }
    }),
    { numRuns: 80 },
  );
});
