// What an import meets in the database, and writing what it changes there: in the transaction of the caller.
import type { BoundaryChange } from '../../core/api/import-messages.ts';
import type { Box } from '../../core/coverage/geometry.ts';
import type { Reimport } from '../../core/import/reimport/reimport.ts';
import type { Stored } from '../../core/import/reimport/stored.ts';
import type { Queryable } from '../database/queryable.ts';
import type { Identity } from '../http/identity.ts';

/**
 * Those of the communities that are stored, and all that touch their stored area or the box (lattice steps; of all that the files bring).
 * Nothing stored there: the import meets nothing. Read with the reach of the system: the communities beside may belong to others.
 */
export declare function readStored(db: Queryable, codes: readonly string[], box: Box): Promise<Stored>;

/** What a re-import would do to communities and plans, without doing it. */
export declare function foreseeBoundaries(db: Queryable, reimport: Reimport): Promise<BoundaryChange[]>;

export interface WrittenReimport {
  readonly boundaries: BoundaryChange[];
  /** Plans that look otherwise now: after the commit each is told to load anew (`refresh`). */
  readonly plans: number[];
}

/** Why nothing can be written; `code` as in the problems of an import. */
export class ReimportRefused extends Error {
  readonly code: 'import-overtaken' | 'import-plan-under-way' | 'import-leaves-buildings';
  readonly values: Readonly<Record<string, string | number>>;

  constructor(code: ReimportRefused['code'], values: ReimportRefused['values']) {
    super(code);
    this.code = code;
    this.values = values;
  }
}

/**
 * Writes it, with blocks, buildings, plans and their histories. Regions above new communities have to be there. Nothing to write: no row
 * is touched. Throws ReimportRefused: overtaken (the communities changed since they were read), a plan of a changed community is being
 * approved, buildings would be left in no community.
 */
export declare function writeReimport(db: Queryable, by: Identity, reimport: Reimport): Promise<WrittenReimport>;
