// barrier: a main road, railway or river runs through the inside of a grid instead of along its border.
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
    const { holdings, edges } = surveyOf(state);
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
        fixes: through.flatMap((run) => splitAlong(run, holding, edges, profile)).slice(0, 1),
      });
    });
  },
};

/** The grid split along the run, when it runs along borders of blocks all the way and leaves only sides with a legal size. */
function splitAlong(run: BarrierRun, holding: Holding, edges: readonly BorderEdge[], profile: Profile): Fix[] {
  const { grid, blocks } = holding;
  if (grid.locked) return [];
  const along = new Set(run.edges);
  const line = chainOf([...along]);
  if (!line) return [];
  const own = new Set(blocks.map(({ id }) => id));
  const inner = edges.filter((edge) => edge.right !== null && own.has(edge.left) && own.has(edge.right) && !along.has(edge));
  const touched = new Set(run.edges.flatMap(({ left, right }) => [left, right]));
  const households = new Map(blocks.map((block) => [block.id, block]));
  const sides = connectedGroups(own, inner)
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
  const key = (x: number, y: number): string => `${x} ${y}`;
  const at = new Map<string, BorderEdge[]>();
  for (const edge of edges) {
    for (const end of [key(edge.ax, edge.ay), key(edge.bx, edge.by)]) at.set(end, [...(at.get(end) ?? []), edge]);
  }
  const [start] = [...at].find(([, meeting]) => meeting.length === 1) ?? [];
  if (start === undefined || [...at.values()].some((meeting) => meeting.length > 2)) return null;
  const line = start.split(' ').map(Number);
  const left = new Set(edges);
  for (;;) {
    const [x, y] = line.slice(-2) as [number, number];
    const next = at.get(key(x, y))?.find((edge) => left.has(edge));
    if (!next) return left.size === 0 ? line : null;
    left.delete(next);
    if (next.ax === x && next.ay === y) line.push(next.bx, next.by);
    else line.push(next.ax, next.ay);
  }
}
