// What a re-import meets: the communities of its files as they are stored, everything that touches them, and what stands there.
import type { BarrierClass } from '../../api/messages.ts';
import type { Line, Polygon } from '../../coverage/geometry.ts';
import type { BuildingEntry } from '../buildings.ts';

export interface StoredCommunity {
  readonly code: string;
  readonly name: string;
  /** Revision of its blocks: tells whether they are still what they were. */
  readonly revision: number;
}

export interface StoredBlock {
  readonly id: number;
  readonly community: string;
  readonly polygon: Polygon;
  readonly households: number;
  readonly population: number;
  readonly buildings: number;
}

export interface StoredBuilding extends BuildingEntry {
  readonly id: number;
  readonly community: string;
  readonly block: number;
}

export interface BarrierEntry {
  readonly class: BarrierClass;
  readonly name: string;
  readonly line: Line;
}

export interface InstitutionEntry {
  readonly name: string;
  readonly use: string;
  /** null: not known. */
  readonly staff: number | null;
  readonly area: Polygon;
}

/** Communities whole: all living blocks of each, and all buildings. Barriers and institutions whose boxes meet those of the communities. */
export interface Stored {
  readonly communities: readonly StoredCommunity[];
  readonly blocks: readonly StoredBlock[];
  readonly buildings: readonly StoredBuilding[];
  readonly barriers: readonly BarrierEntry[];
  readonly institutions: readonly InstitutionEntry[];
}
