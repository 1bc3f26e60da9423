// What an import does to what is stored already: complete enough to be shown beforehand and to be written.
import type { MultiPolygon, Polygon } from '../../coverage/geometry.ts';
import type { BuildingEntry } from '../buildings.ts';
import type { BarrierEntry, InstitutionEntry, StoredBuilding } from './stored.ts';

/** A block that a new border crosses; its parts cover it. */
export interface BlockSplit {
  readonly parent: number;
  readonly community: string;
  readonly parts: readonly SplitPart[];
}

export interface SplitPart {
  /** Negative and local to the re-import. */
  readonly id: number;
  readonly polygon: Polygon;
  /** False: the community has it no longer. */
  readonly stays: boolean;
}

/** A block of area that its community did not have: from another community, or from none. */
export interface AddedBlock {
  /** Negative and local to the re-import. */
  readonly id: number;
  readonly community: string;
  readonly polygon: Polygon;
}

export interface BlockCount {
  readonly households: number;
  readonly population: number;
  readonly buildings: number;
}

/** A building that is stored and now reads otherwise, or stands in another block. */
export interface ChangedBuilding {
  readonly id: number;
  readonly community: string;
  /** Negative: one that the re-import makes. */
  readonly block: number;
  readonly entry: BuildingEntry;
}

export interface AddedBuilding {
  readonly community: string;
  readonly block: number;
  readonly entry: BuildingEntry;
}

/** What happens to the area of one community. */
export interface AreaChange {
  readonly community: string;
  readonly name: string;
  /** Blocks that keep their ids, are cut, come anew. */
  readonly kept: number;
  readonly cut: number;
  readonly added: number;
  readonly gainedM2: number;
  readonly lostM2: number;
}

export interface Reimport {
  /** Of the communities that this was worked out for, by code: it holds while they stand. */
  readonly revisions: Readonly<Record<string, number>>;
  /** Communities that are not stored yet, with the outline that their blocks have. */
  readonly newCommunities: readonly { readonly code: string; readonly name: string }[];
  readonly renamed: readonly { readonly code: string; readonly from: string; readonly to: string }[];
  readonly splits: readonly BlockSplit[];
  /** Blocks that stay as they are but for vertices on their border. */
  readonly reshapes: readonly { readonly block: number; readonly community: string; readonly polygon: Polygon }[];
  /** Blocks that lie outside their community as a whole. */
  readonly retired: readonly { readonly block: number; readonly community: string }[];
  readonly added: readonly AddedBlock[];
  /** Of every block, new ones included, whose buildings do not add up to what is stored. */
  readonly counts: readonly (BlockCount & { readonly block: number; readonly community: string })[];
  /** Of every community whose blocks change in shape, by code. */
  readonly outlines: Readonly<Record<string, MultiPolygon>>;
  readonly areas: readonly AreaChange[];
  readonly changedBuildings: readonly ChangedBuilding[];
  readonly addedBuildings: readonly AddedBuilding[];
  /** Stored in the communities of the files, not in the list; removed only where the caller said so. */
  readonly missingBuildings: readonly StoredBuilding[];
  /** In area that no community has any more. Unless they are removed, nothing can be written. */
  readonly homelessBuildings: readonly StoredBuilding[];
  /** Ids of the buildings to be removed. */
  readonly removedBuildings: readonly number[];
  readonly barriers: readonly BarrierEntry[];
  readonly institutions: readonly InstitutionEntry[];
  /** Positions among the buildings and institutions of the files: outside of what the importer reaches, and left out. */
  readonly beyond: { readonly buildings: readonly number[]; readonly institutions: readonly number[] };
  /** How many rows of the files were there already, just like this. */
  readonly unchanged: Readonly<Record<'communities' | 'buildings' | 'barriers' | 'institutions', number>>;
}
