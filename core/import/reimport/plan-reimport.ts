// Works out what files change of what is stored: what is kept, cut, added and retired. Same files again: nothing.
import type { MultiPolygon } from '../../coverage/geometry.ts';
import type { Reimport } from './reimport.ts';
import type { BarrierEntry, BuildingEntry, InstitutionEntry, Stored } from './stored.ts';

/** What the files bring, judged; empty lists: no such file. Communities tile among themselves and with stored ones beside them. */
export interface Incoming {
  readonly communities: readonly { readonly code: string; readonly name: string; readonly area: MultiPolygon }[];
  readonly buildings: readonly BuildingEntry[];
  readonly barriers: readonly BarrierEntry[];
  readonly institutions: readonly InstitutionEntry[];
}

export interface ReimportOptions {
  /** Region code that the importer reaches; `*`: everything. */
  readonly reach: string;
  /** Remove the buildings of the files' communities that the list does not have, and those that no community has any more. */
  readonly removeMissing: boolean;
}

/** Pure. `stored` holds every community of the files that is stored, and all that their old or new areas touch. */
export declare function planReimport(incoming: Incoming, stored: Stored, options: ReimportOptions): Reimport;
