// staff: not exactly one full-time grid worker. Silent until the community has begun to enter staff: before that it is work not yet done.
import type { Grid } from '../plan/state.ts';
import { gathered } from './gathered.ts';
import type { Check } from './rule.ts';

export const staff: Check = {
  id: 'staff',
  run: (context) => {
    const { worker } = context.profile.staff;
    // Thematic grids lie across the others and are looked after by their workers.
    const grids = [...context.state.grids.values()].filter(({ kind }) => kind !== 'thematic');
    if (grids.every((grid) => grid.staff.length === 0)) return [];
    const workers = (grid: Grid): number => grid.staff.filter(({ role }) => worker.includes(role.trim())).length;
    const [none, several] = [grids.filter((grid) => workers(grid) === 0), grids.filter((grid) => workers(grid) > 1)];
    return [
      ...gathered(context, none, { check: 'staff', message: 'staff-missing', measured: 0, limit: 1 }),
      ...several.flatMap((grid) => {
        const count = workers(grid);
        return gathered(context, [grid], { check: 'staff', message: 'staff-too-many', values: { count }, measured: count, limit: 1 });
      }),
    ];
  },
};
