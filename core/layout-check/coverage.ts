// gap, overlap, inside, edges: whether the grids of each community tile it. Proved by twin edges; measured where that proof fails.

import type { LatticePoint } from '../coverage/geometry.ts';
import { toDegrees } from '../coverage/lattice.ts';
import { multiPolygonAreaM2 } from '../geo/measure.ts';
import { placeOf } from '../rules/finding.ts';
import type { Place } from '../rules/rule.ts';
import type { CheckedCommunity, LayoutContext } from './context.ts';
import { type LayoutFinding, labelOf, placeOfBox } from './issue.ts';
import { type Misfit, misfitsOf, ROUNDING_WIDTH_M } from './misfits.ts';
import type { CheckedGrid } from './read-layout.ts';
import { unsoundAt } from './soundness.ts';
import { type Tile, type Unmatched, unmatchedEdges } from './twin-edges.ts';

export function coverageFindings(context: LayoutContext): LayoutFinding[] {
  const { grids, homes, communities, dividing } = context;
  const tiles = grids.map(({ polygons, kind }, i): Tile => ({ polygons, community: kind === 'thematic' ? null : (homes[i] ?? null) }));
  const unsound = grids.map(({ polygons }) => firstOf(polygons, unsoundAt));
  const unmatched = unmatchedEdges(
    tiles,
    communities.map(({ area }) => area),
  );
  const doubtful = communities.map((_, i) => unmatched[i]?.length !== 0 || dividing[i]?.some((grid) => unsound[grid] !== null));
  // Grids of proven communities lie in them: they can reach into no other.
  const guests = tiles.flatMap(({ community }, i) =>
    grids[i]?.kind !== 'thematic' && (community === null || doubtful[community]) ? [i] : [],
  );
  const findings = communities.flatMap((_, i): LayoutFinding[] => {
    if (!doubtful[i]) return [];
    return dividing[i]?.length === 0 ? [wholeGap(context, i)] : misfitFindings(context, i, tiles, guests, unmatched[i] ?? []);
  });
  return [...crossingFindings(grids, unsound), ...findings];
}

function crossingFindings(grids: readonly CheckedGrid[], unsound: readonly (LatticePoint | null)[]): LayoutFinding[] {
  return grids.flatMap((about, i): LayoutFinding[] => {
    const at = unsound[i];
    return at ? [{ check: 'geometry', sentence: 'geometry-crossing', about, place: placeAt(at) }] : [];
  });
}

function wholeGap({ communities }: LayoutContext, community: number): LayoutFinding {
  const { code, name, area } = communities[community] as CheckedCommunity;
  const measured = multiPolygonAreaM2(area);
  return { check: 'gap', sentence: 'gap-whole', community: code, values: { community: name }, measured, limit: 0, place: placeOf(area) };
}

function misfitFindings(
  context: LayoutContext,
  community: number,
  tiles: readonly Tile[],
  guests: readonly number[],
  unmatched: readonly Unmatched[],
): LayoutFinding[] {
  const { grids, communities, dividing } = context;
  const { code, name, area } = communities[community] as CheckedCommunity;
  const own = dividing[community] as readonly number[];
  const others = guests.filter((tile) => tiles[tile]?.community !== community);
  const misfits = misfitsOf(area, tiles, own, others);
  const findings = misfits.map((misfit) => misfitFinding(misfit, grids, { code, name }));
  const [first] = unmatched;
  if (!first || misfits.some(({ widthM }) => widthM > ROUNDING_WIDTH_M)) return findings;
  // Nothing but rounding, and yet the neighbours differ: whoever edits the file next would tear it.
  const about = first.tile === null ? undefined : grids[first.tile];
  const values = { community: name, count: unmatched.length };
  const found: LayoutFinding = { check: 'edges', sentence: 'edges', community: code, values, measured: unmatched.length, limit: 0 };
  return [{ ...found, ...(about && { about }), place: placeAt(first.at) }, ...findings];
}

function misfitFinding(misfit: Misfit, grids: readonly CheckedGrid[], community: { code: string; name: string }): LayoutFinding {
  const { kind, tiles, areaM2, widthM, boxes } = misfit;
  const [about, other] = tiles.map((tile) => grids[tile] as CheckedGrid);
  const rounding = widthM <= ROUNDING_WIDTH_M;
  const places = boxes.map(placeOfBox);
  return {
    check: kind,
    sentence: rounding ? `${kind}-rounding` : kind,
    ...(rounding && { severity: 'note' }),
    ...(about && { about }),
    community: community.code,
    values: {
      community: community.name,
      other: other ? labelOf(other) : '',
      area_m2: Math.round(areaM2 * 100) / 100,
      width_m: ROUNDING_WIDTH_M,
      count: boxes.length,
    },
    measured: areaM2,
    limit: 0,
    place: places[0] ?? null,
    places,
  };
}

function firstOf<T, R>(list: readonly T[], ask: (item: T) => R | null): R | null {
  for (const item of list) {
    const answer = ask(item);
    if (answer !== null) return answer;
  }
  return null;
}

function placeAt([x, y]: LatticePoint): Place {
  return [toDegrees(x), toDegrees(y), toDegrees(x), toDegrees(y)];
}
