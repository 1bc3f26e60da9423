// The audit log as an auditor reads it: what was looked for, what was found so far, the head of the chain.
import { create } from 'zustand';
import type { AuditHead, AuditRecord } from '../../core/api/messages.ts';
import type { AuditSearch } from '../api/client.ts';
import { pageClient as client } from '../api/page-client.ts';
import { attempter } from './bench.ts';
import { useWorkspace } from './store.ts';

export type AuditFilter = Omit<AuditSearch, 'before'>;

export interface AuditLog {
  filter: AuditFilter;
  /** Newest first; null: being read. */
  entries: readonly AuditRecord[] | null;
  /** There are older entries. */
  more: boolean;
  reading: boolean;
  head: AuditHead | null;
  /** Looks for that; what was found before goes. */
  search: (filter: AuditFilter) => Promise<void>;
  /** The next page of older entries. */
  readOlder: () => Promise<void>;
  /** Address of everything that the filter finds, as CSV. */
  exportAddress: () => string;
}

/** As many entries as one answer holds; fewer: there are no older ones. */
const PAGE = 100;

const attempt = attempter(useWorkspace.setState);

export const useAuditLog = create<AuditLog>((set, get) => ({
  ...{ filter: {}, entries: null, more: false, reading: false, head: null },
  search: async (filter) => {
    set({ filter, reading: true });
    const read = await attempt(() => Promise.all([client.audit(filter), client.auditHead()]));
    if (get().filter !== filter) return;
    set({ reading: false });
    if (read !== null) set({ entries: read[0], more: read[0].length >= PAGE, head: read[1] });
  },
  readOlder: async () => {
    const { filter, entries, more, reading } = get();
    const last = entries?.at(-1);
    if (!more || reading || last === undefined) return;
    set({ reading: true });
    const older = await attempt(() => client.audit({ ...filter, before: last.id }));
    if (get().filter !== filter) return;
    set({ reading: false, ...(older !== null && { entries: [...(entries ?? []), ...older], more: older.length >= PAGE }) });
  },
  exportAddress: () => client.auditExportAddress(get().filter),
}));
