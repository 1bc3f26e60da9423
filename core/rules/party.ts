// party: not exactly one party branch or group. Silent until the community has begun to enter them: before that it is work not yet done.
import type { Grid } from '../plan/state.ts';
import { gathered } from './gathered.ts';
import type { Check } from './rule.ts';

/** How the name of an organisation ends; a list of offices before it (“机关、学校联合党支部”) is no second organisation. */
const ORGANISATION = /(党委|党组|党总支|支部|小组|委员会)$/u;
/** Full-width comma, semicolon and slash are written as numbers: editors turn them into their narrow twins. */
const SEPARATOR = /[、,;/\n\uff0c\uff1b\uff0f]/u;

export const party: Check = {
  id: 'party',
  run: (context) => {
    const grids = [...context.state.grids.values()].filter(({ kind }) => kind !== 'thematic');
    const none = grids.filter((grid) => grid.party.trim() === '');
    if (none.length === grids.length) return [];
    const several = grids.filter((grid) => organisations(grid) > 1);
    return [
      ...gathered(context, none, { check: 'party', message: 'party-missing', measured: 0, limit: 1 }),
      ...several.flatMap((grid) => {
        const count = organisations(grid);
        return gathered(context, [grid], { check: 'party', message: 'party-too-many', values: { count }, measured: count, limit: 1 });
      }),
    ];
  },
};

const organisations = (grid: Grid): number => grid.party.split(SEPARATOR).filter((part) => ORGANISATION.test(part.trim())).length;
