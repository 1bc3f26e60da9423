// Makes the communities tile: slivers of overlap and gap go to a neighbour, larger ones to whom people or their rule give them.

import type { MultiPolygon, Polygon } from '../coverage/geometry.ts';
import { outlineOf } from '../coverage/outline.ts';
import { areaFaces } from './area-faces.ts';
import { bridgesAcrossGaps } from './bridges.ts';
import { misplacedFaces } from './misfit-groups.ts';
import { type Misfit, type MissingVertices, NO_DECISIONS, type TiledCommunity, type TilingOptions } from './misfits.ts';
import { type Ground, settled } from './settle-misfits.ts';
import { borderSliver, DEFAULT_TOLERANCE_M, MAX_TOLERANCE_M, PENDING } from './slivers.ts';
import { straightStoredBorders } from './stored-borders.ts';

export interface Tiling {
  /** The area of each community, edge-matched with its neighbours and, once these have the `vertices`, with the stored ones; empty: nothing is left. */
  readonly areas: readonly MultiPolygon[];
  readonly misfits: readonly Misfit[];
  readonly vertices: readonly MissingVertices[];
}

/**
 * A gap that is open to the outside is seen up to this width: a road or a stream between the communities that neither drew, and all that
 * may close by itself.
 */
const GAP_REACH_M = MAX_TOLERANCE_M;

/**
 * Tiles new communities among themselves and with those stored around. Codes are unique. What nobody decided is in no area. Pure. Throws
 * RangeError for a tolerance beyond MAX_TOLERANCE_M.
 */
export function tileCommunities(communities: readonly TiledCommunity[], options: TilingOptions = NO_DECISIONS): Tiling {
  const tolerance = borderSliver(options.toleranceM ?? DEFAULT_TOLERANCE_M);
  const all = [...communities, ...options.fixed];
  const areas = all.map(({ area }) => area);
  const bridges = bridgesAcrossGaps(areas, GAP_REACH_M, communities.length);
  const ground: Ground = { faces: areaFaces(areas, bridges), communities: all, firstFixed: communities.length };
  const { labels, misfits } = settled(ground, misplacedFaces(ground.faces, ground.firstFixed, tolerance), options);
  return { misfits, ...straightStoredBorders(ground, labels, areasOf(ground.faces.polygons, labels, communities.length)) };
}

function areasOf(faces: readonly Polygon[], labels: readonly number[], communities: number): MultiPolygon[] {
  const facesOf = Array.from({ length: communities }, (): Polygon[] => []);
  faces.forEach((face, i) => {
    if (labels[i] !== PENDING) facesOf[labels[i] as number]?.push(face);
  });
  return facesOf.map(outlineOf);
}
