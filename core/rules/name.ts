// name: missing, borne twice in the town, or with code digits in it (a code changes, a name should not tell an old one).
import { nextGridName } from '../plan/grid-name.ts';
import type { CommunityState, Grid } from '../plan/state.ts';
import { issueOf, placeOfGrid } from './finding.ts';
import type { Check, CheckContext, Fix } from './rule.ts';

/** So many digits in a row are a code: the shortest, that of a county, has six. ASCII and full-width. */
const CODE_DIGITS = /[0-9０-９]{6,}/u;

export const name: Check = {
  id: 'name',
  run: (context) => {
    const { grids } = context.state;
    const borne = new Map<string, number>();
    for (const grid of grids.values()) borne.set(grid.name.trim(), (borne.get(grid.name.trim()) ?? 0) + 1);
    return [...grids.values()].flatMap((grid) => {
      const borneName = grid.name.trim();
      const bearers = Math.max(context.townNames.get(borneName) ?? 0, borne.get(borneName) ?? 0);
      const message = nameFault(borneName, bearers);
      if (!message) return [];
      return issueOf(context, {
        check: 'name',
        grid,
        message,
        ...(message === 'name-duplicate' && { measured: bearers, limit: 1 }),
        place: placeOfGrid(context.state, grid),
        fixes: [numberedName(context.state, grid, context.townNames)],
      });
    });
  },
};

/** What is wrong with a name that so many grids of a town bear; null: nothing. */
export function nameFault(name: string, bearers: number): 'name-missing' | 'name-duplicate' | 'name-code' | null {
  if (name.trim() === '') return 'name-missing';
  if (bearers > 1) return 'name-duplicate';
  return CODE_DIGITS.test(name) ? 'name-code' : null;
}

/** The next numbered name that nobody in the town bears. */
function numberedName(state: CommunityState, grid: Grid, town: CheckContext['townNames']): Fix {
  const taken = [...state.grids.values(), ...[...town.keys()].map((borne) => ({ ...grid, name: borne }))];
  const proposal = nextGridName(state.community, taken);
  return { label: 'name-numbered', values: { name: proposal }, operation: { type: 'describe', grid: grid.id, set: { name: proposal } } };
}
