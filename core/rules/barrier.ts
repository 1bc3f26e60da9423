// barrier: a main road, railway or river runs through the inside of a grid instead of along its border.
import { PointIndex } from '../coverage/point-index.ts';
import { type BorderEdge, connectedGroups } from '../plan/adjacency.ts';
import { bandOf } from './band.ts';
import { type BarrierRun, barrierRuns } from './barrier-runs.ts';
import { drawnLine } from './drawn-line.ts';
import { issueOf, placeOfPieces } from './finding.ts';
import type { Profile } from './profile.ts';
import type { Check, Fix, Place } from './rule.ts';
import { type Holding, surveyOf } from './survey.ts';

export const barrier: Check = {
  id: 'barrier',
  run: (context) => {
    const { state, profile } = context;
    const { barrierM, barrierClasses } = profile.limits;
    if (barrierM === null) return [];
    const { holdings, innerEdges } = surveyOf(state);
    const tooLong = barrierRuns(state, barrierClasses).filter(({ lengthM }) => lengthM > barrierM);
    return [...holdings.values()].flatMap((holding) => {
      const through = tooLong.filter(({ grid }) => grid === holding.grid.id);
      const [longest] = through;
      // A community that is one grid has no border of its own that could follow anything.
      if (!longest || holding.wholeCommunity) return [];
      return issueOf(context, {
        check: 'barrier',
        grid: holding.grid,
        message: longest.name === '' ? `barrier-${longest.class}` : 'barrier-named',
        values: { barrier: longest.name, metres: Math.round(longest.lengthM), limit: barrierM },
        measured: longest.lengthM,
        limit: barrierM,
        place: placeOfPieces(longest.pieces),
        places: through.map(({ pieces }) => placeOfPieces(pieces)).filter((place): place is Place => place !== null),
        fixes: through.flatMap((run) => splitAlong(run, holding, innerEdges.get(run.grid) ?? [], profile)).slice(0, 1),
      });
    });
  },
};

/** The grid split along the run, when it runs along borders of blocks all the way and leaves only sides with a legal size. */
function splitAlong(run: BarrierRun, holding: Holding, inner: readonly BorderEdge[], profile: Profile): Fix[] {
  const { grid, blocks } = holding;
  if (grid.locked || !run.edges) return [];
  const along = new Set(run.edges);
  const line = chainOf(run.edges);
  if (!line) return [];
  const touched = new Set(run.edges.flatMap(({ left, right }) => [left, right]));
  const households = new Map(blocks.map((block) => [block.id, block]));
  const sides = connectedGroups(
    blocks.map(({ id }) => id),
    inner.filter((edge) => !along.has(edge)),
  )
    .filter((side) => side.some((block) => touched.has(block)))
    .map((side) => side.flatMap((block) => households.get(block) ?? []))
    .map((side) => ({
      kind: grid.kind,
      households: side.reduce((sum, block) => sum + block.households, 0),
      population: side.reduce((sum, block) => sum + block.population, 0),
      wholeCommunity: false,
      reason: '',
    }));
  const legal = (side: (typeof sides)[number]): boolean => side.households > 0 && ['in', 'free'].includes(bandOf(side, profile));
  if (sides.length < 2 || !sides.every(legal)) return [];
  const [first, second] = sides.map((side) => side.households).sort((a, b) => b - a) as [number, number];
  return [
    {
      label: sides.length === 2 ? 'barrier-split' : 'barrier-split-several',
      values: { sides: sides.length, first, second },
      operation: { type: 'cut', grid: grid.id, line: drawnLine(line) },
    },
  ];
}

/** The edges as one line from end to end; null where they branch, close a ring or do not hang together. */
function chainOf(edges: readonly BorderEdge[]): number[] | null {
  const points = new PointIndex();
  const meeting: BorderEdge[][] = [];
  for (const edge of edges) {
    for (const end of [points.idOf(edge.ax, edge.ay), points.idOf(edge.bx, edge.by)]) {
      const known = meeting[end];
      if (known) known.push(edge);
      else meeting[end] = [edge];
    }
  }
  let at = meeting.findIndex(({ length }) => length === 1);
  if (at < 0 || meeting.some(({ length }) => length > 2)) return null;
  const line = [points.xs[at] as number, points.ys[at] as number];
  const left = new Set(edges);
  for (;;) {
    const next = meeting[at]?.find((edge) => left.has(edge));
    if (!next) return left.size === 0 ? line : null;
    left.delete(next);
    const from = points.idOf(next.ax, next.ay);
    at = from === at ? points.idOf(next.bx, next.by) : from;
    line.push(points.xs[at] as number, points.ys[at] as number);
  }
}
