// Which institutions become dedicated grids, and which blocks are theirs.
import type { Polygon } from '../coverage/geometry.ts';
import { interiorPoint, locate } from '../coverage/locate.ts';
import { polygonAreaM2 } from '../geo/measure.ts';
import { borderEdges, connectedGroups } from '../plan/adjacency.ts';
import type { Block, CommunityState, Institution } from '../plan/state.ts';
import { overlapM2 } from '../rules/overlap.ts';
import type { Profile } from '../rules/profile.ts';

/** A block is the institution's when at least this share of it lies inside; others straddle its border and stay out. */
const BLOCK_SHARE = 0.9;
/** The blocks of an institution hold at least this share of it, in one piece: less is no grid of its own. */
const INSTITUTION_SHARE = 0.5;

export interface CarvedInstitution {
  readonly institution: Institution;
  /** Ids, ascending; they share borders with each other. */
  readonly blocks: readonly number[];
}

/**
 * Institutions that are large and self-contained by the profile's measure, the largest first; no block belongs to two of them. Where
 * many households live in one, it is a residential quarter and left to the division. Grids and locks are not looked at.
 */
export function carveInstitutions(
  { blocks, institutions }: Pick<CommunityState, 'blocks' | 'institutions'>,
  { dedicated }: Pick<Profile, 'dedicated'>,
): CarvedInstitution[] {
  if (dedicated === null) return [];
  const free = new Map(blocks);
  return institutions
    .map((institution) => ({ institution, areaM2: wholeM2(institution.area) }))
    .filter(({ institution: { staff }, areaM2 }) => areaM2 >= dedicated.minimumAreaM2 || (staff ?? 0) >= dedicated.minimumStaff)
    .sort((a, b) => b.areaM2 - a.areaM2 || a.institution.id - b.institution.id)
    .flatMap(({ institution, areaM2 }) => {
      const own = largestPiece([...free.values()].filter((block) => isInside(block, institution)));
      const households = own.reduce((sum, block) => sum + block.households, 0);
      if (sumM2(own) < INSTITUTION_SHARE * areaM2 || households > dedicated.maximumHouseholds) return [];
      for (const { id } of own) free.delete(id);
      return [{ institution, blocks: own.map(({ id }) => id).sort((a, b) => a - b) }];
    });
}

function isInside({ polygon }: Block, { area }: Institution): boolean {
  if (locate(interiorPoint(polygon), area) !== 'inside') return false;
  return Math.round(overlapM2([polygon], area)) >= BLOCK_SHARE * wholeM2(polygon);
}

function largestPiece(blocks: readonly Block[]): Block[] {
  const byId = new Map(blocks.map((block) => [block.id, block]));
  const pieces = connectedGroups(byId.keys(), borderEdges(blocks)).map((ids) => ids.map((id) => byId.get(id) as Block));
  return pieces.reduce((a, b) => (sumM2(b) > sumM2(a) ? b : a), []);
}

const sumM2 = (blocks: readonly Block[]): number => blocks.reduce((sum, { polygon }) => sum + wholeM2(polygon), 0);

/** Whole square metres, so that the last bit of a cosine decides nothing. */
const wholeM2 = (polygon: Polygon): number => Math.round(polygonAreaM2(polygon));
