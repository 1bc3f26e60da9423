// code: none yet although the plan has begun to be coded; or a code that does not speak of this community, or of none that still is.
import { parseCode } from '../codes/parse.ts';
import type { Grid } from '../plan/state.ts';
import { gathered } from './gathered.ts';
import type { Check, CheckContext } from './rule.ts';

const FAULTS = ['code-retired', 'code-malformed', 'code-stale', 'code-region-ended'] as const;
type Fault = (typeof FAULTS)[number];

export const code: Check = {
  id: 'code',
  run: (context) => {
    const grids = [...context.state.grids.values()];
    const missing = context.planCoded && !context.communityEnded ? grids.filter(({ id }) => !context.codes.has(id)) : [];
    return [
      ...FAULTS.flatMap((fault) => {
        const faulty = grids.filter((grid) => faultOf(context, grid) === fault);
        const values = { code: context.codes.get(faulty[0]?.id ?? 0)?.code ?? '' };
        return gathered(context, faulty, { check: 'code', message: fault, values });
      }),
      // Not coded yet is unfinished, not wrong.
      ...gathered(context, missing, { check: 'code', message: 'code-missing', legal: true, issueCodes: true }),
    ];
  },
};

function faultOf({ codes, scheme, state, communityEnded }: CheckContext, grid: Grid): Fault | null {
  const issued = codes.get(grid.id);
  // Stale after a region change, and no code can be given that would not be.
  if (communityEnded && issued?.state !== 'retired') return 'code-region-ended';
  if (!issued) return null;
  if (issued.state === 'retired') return 'code-retired';
  const parsed = parseCode(scheme, issued.code);
  if (!parsed.ok || parsed.value.cell !== null) return 'code-malformed';
  return parsed.value.community === state.community.code ? null : 'code-stale';
}
