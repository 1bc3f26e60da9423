// What every resource is handed: the one place where the parts of the server meet.
import type { ImportProgress } from '../../core/api/import-messages.ts';
import type { Sealer } from '../audit/sealer.ts';
import type { Database } from '../database/open.ts';
import type { DivisionThreads } from '../division/division-threads.ts';
import type { EventHub } from '../events/hub.ts';
import type { Presence } from '../presence/presence.ts';
import type { Settings } from '../settings.ts';
import type { ApiDocument } from './api-document.ts';
import type { Identify } from './authorise.ts';

export interface Context {
  readonly database: Database;
  readonly settings: Settings;
  readonly events: EventHub;
  readonly presence: Presence;
  /** Chains what the audit log receives. */
  readonly sealer: Sealer;
  /** Who asks. */
  readonly identify: Identify;
  /** The present; tests set it. */
  readonly clock: () => Date;
  /** Where communities are divided; they start when the first is. */
  readonly division: DivisionThreads;
  /** Where a resource registers its operations for /api/openapi.json. */
  readonly api: ApiDocument;
  /** The import that the start itself waits for (demo county); null: none is running. Set by the start, read by /api/health. */
  readonly startup: { loading: ImportProgress | null };
  /** Data that say of themselves that they are made up. Read at the start and after every import, because /api/health waits for nothing. */
  readonly data: { synthetic: boolean };
}
