// Short lines across the gaps between communities: a gap open to the outside becomes a face like any other, a long one falls into parts.
import Flatbush from 'flatbush';
import type { Line, MultiPolygon } from '../coverage/geometry.ts';
import { PairIndex } from '../coverage/pair-index.ts';
import { edgesOf } from '../coverage/tracing.ts';
import { MetreFrame } from './metres.ts';

/** Nearer than this noding joins vertex and border by itself. */
const JOINED_M = 0.015;
/** A bridge reaches a little beyond the border, or rounding might leave it short. */
const OVERSHOOT_M = 0.03;

/** Two edges have their common end as their nearest point: the distances differ by rounding alone. */
const SAME_M = 1e-6;
/** Where roads meet, a corner has a bridge to each neighbour: to those at most so many times as far as the nearest. */
const ABOUT_AS_NEAR = 1.5;

/** An edge of a border that no other community has the other way round: something is wrong there, or it is the outermost border. */
interface LooseEdge {
  readonly community: number;
  readonly from: number;
  readonly to: number;
}

/**
 * From every vertex of a loose edge to the nearest loose edges of communities that do not have that vertex, `reachM` metres away at
 * most. Between two of the communities from number `firstFixed` on there are none.
 */
export function bridgesAcrossGaps(areas: readonly MultiPolygon[], reachM: number, firstFixed: number = areas.length): Line[] {
  const points = new PairIndex();
  const edges = looseEdges(points, areas);
  if (edges.length === 0) return [];
  const index = new Flatbush(edges.length);
  const { xs, ys } = points;
  for (const { from, to } of edges) {
    const [ax, ay, bx, by] = [xs[from] as number, ys[from] as number, xs[to] as number, ys[to] as number];
    index.add(Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by));
  }
  index.finish();
  return [...ownersByVertex(edges)].flatMap(([vertex, owners]) => {
    const [x, y] = [xs[vertex] as number, ys[vertex] as number];
    const frame = new MetreFrame([x, y]);
    const [reachX, reachY] = [reachM * frame.stepsPerMetreX, reachM * frame.stepsPerMetreY];
    const allFixed = owners.every((owner) => owner >= firstFixed);
    const mayReach = (i: number) => {
      const { community } = edges[i] as LooseEdge;
      return !owners.includes(community) && !(allFixed && community >= firstFixed);
    };
    const near = index.search(x - reachX, y - reachY, x + reachX, y + reachY, mayReach);
    const feet = near.map((i) => footOn(frame, points, edges[i] as LooseEdge));
    return bridgedFeet(feet, reachM).map(({ east, north, distanceM }) => {
      const stretch = 1 + OVERSHOOT_M / distanceM;
      return [x, y, ...frame.toLattice(east * stretch, north * stretch)];
    });
  });
}

function looseEdges(points: PairIndex, areas: readonly MultiPolygon[]): LooseEdge[] {
  const directed = new PairIndex();
  const edges = areas.flatMap((area, community) =>
    area.flatMap((polygon) => {
      const ends = edgesOf(points, polygon);
      return Array.from({ length: ends.length / 2 }, (_, i): LooseEdge => {
        const [from, to] = [ends[2 * i] as number, ends[2 * i + 1] as number];
        directed.idOf(from, to);
        return { community, from, to };
      });
    }),
  );
  return edges.filter(({ from, to }) => directed.find(to, from) === undefined);
}

function ownersByVertex(edges: readonly LooseEdge[]): Map<number, number[]> {
  const owners = new Map<number, number[]>();
  for (const { community, from, to } of edges) {
    for (const vertex of [from, to]) {
      const known = owners.get(vertex);
      if (!known) owners.set(vertex, [community]);
      else if (!known.includes(community)) known.push(community);
    }
  }
  return owners;
}

/** The point of an edge nearest to the origin of the frame, in metres. */
interface Foot {
  readonly community: number;
  readonly east: number;
  readonly north: number;
  readonly distanceM: number;
  /** The origin lies outside as seen from the edge. On the other side it lies in the community, and no gap is between. */
  readonly acrossGap: boolean;
}

function footOn(frame: MetreFrame, { xs, ys }: PairIndex, { community, from, to }: LooseEdge): Foot {
  const [ax, ay] = frame.toMetres(xs[from] as number, ys[from] as number);
  const [bx, by] = frame.toMetres(xs[to] as number, ys[to] as number);
  const [dx, dy] = [bx - ax, by - ay];
  const squared = dx * dx + dy * dy;
  const t = squared === 0 ? 0 : Math.max(0, Math.min(1, -(ax * dx + ay * dy) / squared));
  const [east, north] = [ax + t * dx, ay + t * dy];
  return { community, east, north, distanceM: Math.hypot(east, north), acrossGap: dy * ax - dx * ay < 0 };
}

/** The nearest foot, and that of every other community which is about as near: none where the nearest is not across a gap. */
function bridgedFeet(feet: readonly Foot[], reachM: number): Foot[] {
  const nearest = new Map<number, Foot>();
  for (const foot of feet) {
    const known = nearest.get(foot.community);
    const nearerM = known ? known.distanceM - foot.distanceM : Infinity;
    if (nearerM > SAME_M || (nearerM >= -SAME_M && foot.acrossGap)) nearest.set(foot.community, foot);
  }
  const [first, ...others] = [...nearest.values()].sort((a, b) => a.distanceM - b.distanceM);
  if (!first?.acrossGap) return [];
  const reaches = ({ distanceM, acrossGap }: Foot, limitM: number) => acrossGap && distanceM >= JOINED_M && distanceM <= limitM;
  return [first, ...others].filter((foot) => reaches(foot, Math.min(reachM, ABOUT_AS_NEAR * first.distanceM)));
}
