// One sweep of the brush and what it would do to both sides, counted from the blocks' stored counts.
import type { BlockFeature, BlockProperties } from '../../core/api/messages.ts';
import { latticePolygon } from '../../core/coverage/lattice.ts';
import { polygonAreaM2 } from '../../core/geo/measure.ts';
import type { GridKind } from '../../core/plan/state.ts';
import type { Profile } from '../../core/rules/profile.ts';
import type { PreviewSide } from '../state/workspace.ts';
import type { CommunityIndex } from './community-index.ts';
import { bandOfCounts } from './grid-counts.ts';

export interface Stroke {
  readonly to: number | 'new';
  readonly kind: GridKind;
  readonly shade: number;
  /** Begun on undrawn ground: blocks of other grids are left alone. */
  readonly undrawnOnly: boolean;
  /** Swept so far. */
  readonly blocks: Map<number, BlockProperties>;
}

interface Sum {
  households: number;
  population: number;
  buildings: number;
  area_m2: number;
  blocks: number;
}

const areas = new WeakMap<BlockFeature, number>();

/** Area of a block in m², measured once. */
function areaOf(block: BlockFeature | undefined): number {
  if (block === undefined) return 0;
  const known = areas.get(block) ?? polygonAreaM2(latticePolygon(block.geometry.coordinates));
  areas.set(block, known);
  return known;
}

/** The receiving side first, then every grid that gives. Undrawn ground is no side. */
export function paintedSides(index: CommunityIndex, profile: Profile | null, stroke: Stroke): PreviewSide[] {
  const moved = emptySum();
  const givenBy = new Map<number, Sum>();
  for (const block of stroke.blocks.values()) {
    const area = areaOf(index.block(block.id));
    add(moved, block, area);
    if (block.grid === null) continue;
    const given = givenBy.get(block.grid) ?? emptySum();
    givenBy.set(block.grid, given);
    add(given, block, area);
  }
  const receiving = side(index, profile, stroke.to, stroke.kind, moved, 1);
  return [receiving, ...[...givenBy].map(([grid, given]) => side(index, profile, grid, stroke.kind, given, -1))];
}

const emptySum = (): Sum => ({ households: 0, population: 0, buildings: 0, area_m2: 0, blocks: 0 });

function add(sum: Sum, block: BlockProperties, area: number): void {
  sum.households += block.households;
  sum.population += block.population;
  sum.buildings += block.buildings;
  sum.area_m2 += area;
  sum.blocks += 1;
}

function side(index: CommunityIndex, profile: Profile | null, id: number | 'new', kind: GridKind, change: Sum, sign: 1 | -1): PreviewSide {
  const grid = id === 'new' ? undefined : index.grid(id)?.properties;
  const counts = {
    households: (grid?.households ?? 0) + sign * change.households,
    population: (grid?.population ?? 0) + sign * change.population,
    buildings: (grid?.buildings ?? 0) + sign * change.buildings,
    area_m2: (grid?.area_m2 ?? 0) + sign * change.area_m2,
  };
  const wholeCommunity = (grid?.blocks ?? 0) + sign * change.blocks === index.active.blocks.features.length;
  const band = bandOfCounts(profile, { kind: grid?.kind ?? kind, reason: grid?.reason ?? '', wholeCommunity, ...counts });
  return { grid: id, label: grid?.name ?? '', ...counts, band };
}
