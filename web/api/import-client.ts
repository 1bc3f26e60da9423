// The routes of an import: open one, send files, say how they are read, look at them, preview, run, leave.
import type { FeatureCollection } from 'geojson';
import type { ImportDecisions, ImportSource, ImportStatus, SourceChoice } from '../../core/api/import-messages.ts';
import { currentLanguage } from '../i18n/language.ts';
import { createRequests } from './requests.ts';

/** A way of reading coordinates that nobody has confirmed yet. */
export interface CrsChoice {
  crs: string;
  swapAxes: boolean;
}

export type ImportClient = ReturnType<typeof createImportClient>;

/** @param base scheme and host of the server, '' for the page's own; @param language reader's language for problem texts */
export function createImportClient(base: string, language: () => string) {
  const { get, post, patchLong, remove, uploadWatched } = createRequests(base, language);
  return {
    /** An import without files. */
    open: () => post<ImportStatus>('/api/imports', {}),
    status: (id: string) => get<ImportStatus>(`/api/imports/${id}`),
    /** Sends a file, which is looked into at once. */
    send: (id: string, file: File, onSent: (share: number) => void) => {
      const form = new FormData();
      form.append('file', file, file.name);
      return uploadWatched<ImportSource>(`/api/imports/${id}/sources`, form, onSent);
    },
    choose: (id: string, source: string, change: Partial<SourceChoice>) =>
      patchLong<ImportSource>(`/api/imports/${id}/sources/${source}`, change),
    removeSource: (id: string, source: string) => remove<unknown>(`/api/imports/${id}/sources/${source}`),
    /** In degrees on CGCS2000, as the choice says or as `how` would have it. */
    features: (id: string, source: string, how: CrsChoice | null) =>
      get<FeatureCollection>(
        `/api/imports/${id}/sources/${source}/features${how === null ? '' : `?${new URLSearchParams({ crs: how.crs, swapAxes: String(how.swapAxes) })}`}`,
      ),
    preview: (id: string, decisions: ImportDecisions) => post<ImportStatus>(`/api/imports/${id}/preview`, decisions),
    run: (id: string, decisions: ImportDecisions) => post<ImportStatus>(`/api/imports/${id}/run`, decisions),
    /** Ends what is running; nothing of it is stored, and the files stay. */
    cancel: (id: string) => post<ImportStatus>(`/api/imports/${id}/cancel`, {}),
    /** Puts the import away with its files. */
    leave: (id: string) => remove<unknown>(`/api/imports/${id}`),
    /** Every finding, also beyond those listed. */
    findingsAddress: (id: string) => `${base}/api/imports/${id}/findings.csv?language=${language()}`,
  };
}

export const importClient = createImportClient('', currentLanguage);
