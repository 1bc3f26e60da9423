// What of the ground of an import lies beyond the reach of whoever brings it.
import { reaches } from '../../core/accounts/reach.ts';
import { boxOfLine } from '../../core/coverage/box.ts';
import type { Line, Polygon } from '../../core/coverage/geometry.ts';
import { clipLine } from '../../core/import/clip.ts';
import type { TiledCommunity } from '../../core/import/misfits.ts';
import { PolygonIndex } from '../../core/import/polygon-index.ts';
import type { ValidImport } from '../../core/import/validate.ts';

/** The first community of the files that the importer does not reach, be it stored already; null: there is none. */
export function communityBeyond({ communities }: Pick<ValidImport, 'communities'>, reach: string): string | null {
  return communities.find(({ code }) => !reaches(reach, code))?.code ?? null;
}

/** Refuses barriers that run in communities of others only, and answers the rest. `stored`: communities that the barriers meet. */
export function barriersWithin(
  { communities, barriers, findings }: Pick<ValidImport, 'communities' | 'barriers' | 'findings'>,
  stored: readonly TiledCommunity[],
  reach: string,
): ValidImport['barriers'] {
  const brought = new Set(communities.map(({ code }) => code));
  const places = [...communities, ...stored.filter(({ code }) => !brought.has(code))].flatMap(({ code, area }) =>
    area.map((polygon) => ({ isOwn: reaches(reach, code), polygon })),
  );
  const index = new PolygonIndex(places.map(({ polygon }) => polygon));
  const within: ValidImport['barriers'][number][] = [];
  const beyond = new Set<number>();
  for (const barrier of barriers) {
    const { minX, minY, maxX, maxY } = boxOfLine(barrier.line);
    const near = index.near(minX, minY, maxX, maxY).map((i) => places[i] as (typeof places)[number]);
    const met = near.filter(({ isOwn }) => !isOwn).some(({ polygon }) => runsIn(barrier.line, polygon));
    if (!met || near.some(({ isOwn, polygon }) => isOwn && runsIn(barrier.line, polygon))) within.push(barrier);
    else beyond.add(barrier.feature);
  }
  for (const feature of beyond) findings.refuse('barriers', 'beyond-region', { feature });
  return within.filter(({ feature }) => !beyond.has(feature));
}

const runsIn = (line: Line, polygon: Polygon): boolean => clipLine(line, polygon).length > 0;
