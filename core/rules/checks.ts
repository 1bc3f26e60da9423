// All checks of a community in one call. A new check is a file beside this one and a place in this list.
import { barrier } from './barrier.ts';
import { border } from './border.ts';
import { building } from './building.ts';
import { code } from './code.ts';
import { compact } from './compact.ts';
import { complete } from './complete.ts';
import { contiguous } from './contiguous.ts';
import { inside } from './inside.ts';
import { kind } from './kind.ts';
import { name } from './name.ts';
import { oneNet } from './one-net.ts';
import { party } from './party.ts';
import type { Check, CheckContext, Issue, Severity } from './rule.ts';
import { size } from './size.ts';
import { staff } from './staff.ts';
import { totals } from './totals.ts';

const checks: readonly Check[] = [
  inside,
  totals,
  contiguous,
  name,
  size,
  building,
  kind,
  code,
  staff,
  party,
  barrier,
  border,
  compact,
  oneNet,
  complete,
];
const RANK: Readonly<Record<Severity, number>> = { error: 0, warning: 1, note: 2 };

/**
 * Issues of the community, the gravest first, what a reason excuses behind what is open. With `grids`, only those about the given
 * grids and about the community as a whole.
 */
export function runChecks(context: CheckContext, grids?: ReadonlySet<number>): Issue[] {
  return checks
    .flatMap((check) => check.run(context))
    .filter(({ grid }) => grid === null || grids === undefined || grids.has(grid))
    .sort((a, b) => RANK[a.severity] - RANK[b.severity] || Number(a.excused) - Number(b.excused));
}
