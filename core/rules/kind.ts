// kind: a grid that is called urban in a village or rural in a town community, or dedicated although it holds no institution.
import { polygonAreaM2 } from '../geo/measure.ts';
import type { Grid } from '../plan/state.ts';
import { issueOf, placeOfGrid } from './finding.ts';
import { overlapM2 } from './overlap.ts';
import type { Check, CheckContext, Fix } from './rule.ts';
import { type Holding, surveyOf } from './survey.ts';

export const kind: Check = {
  id: 'kind',
  run: (context) => {
    const { state } = context;
    return [...surveyOf(state).holdings.values()].flatMap((holding) => {
      const { grid } = holding;
      const found = grid.kind === 'dedicated' ? withoutInstitution(context, holding) : otherThanCommunity(context, grid);
      if (!found) return [];
      return issueOf(context, { check: 'kind', grid, ...found, place: placeOfGrid(state, grid), fixes: [describeFix(context, grid)] });
    });
  },
};

function otherThanCommunity({ state }: CheckContext, grid: Grid): { message: string } | null {
  return grid.kind === 'thematic' || grid.kind === state.community.kind ? null : { message: `kind-${grid.kind}` };
}

/** An institution belongs to the grid when most of it lies in the grid, or, being larger than the grid, holds most of the grid. */
function withoutInstitution({ state, profile }: CheckContext, { blocks }: Holding) {
  const limit = profile.limits.institutionShare;
  if (limit === null) return null;
  const polygons = blocks.map(({ polygon }) => polygon);
  const gridM2 = polygons.reduce((sum, polygon) => sum + polygonAreaM2(polygon), 0);
  let best = 0;
  for (const { area } of state.institutions) {
    const sharedM2 = overlapM2(polygons, area);
    if (sharedM2 > 0) best = Math.max(best, sharedM2 / Math.min(gridM2, polygonAreaM2(area)));
  }
  return best >= limit ? null : { message: 'kind-dedicated', measured: best, limit };
}

function describeFix({ state }: CheckContext, grid: Grid): Fix {
  const right = state.community.kind;
  return { label: `kind-${right}`, values: {}, operation: { type: 'describe', grid: grid.id, set: { kind: right } } };
}
