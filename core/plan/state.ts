// What the operations work on: one community of one plan, with everything that a change may touch.
import type { BarrierClass } from '../api/messages.ts';
import type { LatticePoint, Line, MultiPolygon, Polygon } from '../coverage/geometry.ts';

export type GridKind = 'urban' | 'rural' | 'dedicated' | 'thematic';

/** Smallest area that is assigned; the blocks of a community tile it exactly. */
export interface Block {
  readonly id: number;
  readonly community: string;
  readonly polygon: Polygon;
  readonly households: number;
  readonly population: number;
  /** Buildings counted in this block. */
  readonly buildings: number;
}

export interface Building {
  readonly id: number;
  readonly block: number;
  /** The point that decides which block the building is in; inside the footprint where there is one. */
  readonly point: LatticePoint;
  readonly footprint: Polygon | null;
  readonly households: number;
  readonly population: number;
  readonly use: string;
  readonly name: string;
  /** Residents' or villagers' group (居民小组、村民小组) as the office lists it; empty: not known. */
  readonly group: string;
}

/** A line that borders should follow; not cut to the community. */
export interface Barrier {
  readonly id: number;
  readonly class: BarrierClass;
  readonly name: string;
  readonly line: Line;
}

/** A place that may become a dedicated grid: school, works, park. Not cut to the community. */
export interface Institution {
  readonly id: number;
  readonly name: string;
  readonly use: string;
  readonly area: Polygon;
  /** People who work there; null: not known. */
  readonly staff: number | null;
}

/** 1+3+N and full-time staff of a grid. */
export interface StaffMember {
  readonly role: string;
  readonly name: string;
  readonly phone?: string | undefined;
}

export interface Grid {
  readonly id: number;
  readonly community: string;
  readonly kind: GridKind;
  readonly name: string;
  /** Why the grid may stand outside the band; empty: no exception claimed. */
  readonly reason: string;
  readonly party: string;
  readonly staff: readonly StaffMember[];
  readonly locked: boolean;
  /** Thematic grids only: their own area, free of blocks. */
  readonly area: MultiPolygon | null;
}

export interface Community {
  readonly code: string;
  readonly name: string;
  readonly kind: 'urban' | 'rural';
}

export interface CommunityState {
  readonly community: Community;
  /** Living blocks of the community, by id. */
  readonly blocks: ReadonlyMap<number, Block>;
  /** Living blocks of other communities that may share an edge with this one: they only ever receive vertices. */
  readonly neighbours: readonly Block[];
  readonly buildings: ReadonlyMap<number, Building>;
  /** Whose boxes meet the community's. */
  readonly barriers: readonly Barrier[];
  readonly institutions: readonly Institution[];
  readonly grids: ReadonlyMap<number, Grid>;
  /** Block id → grid id; a block without an entry is not drawn yet. */
  readonly gridOf: ReadonlyMap<number, number>;
  /** Block id → number of its cell within its grid, from 1; a block without an entry belongs to the grid as a whole. */
  readonly cellOf: ReadonlyMap<number, number>;
}
