// What /api/openapi.json says of the imports.
import { z } from 'zod';
import type { ApiDocument } from '../http/api-document.ts';
import { choiceChange, decisionsBody } from './choice.ts';
import { MAX_FILES } from './open-imports.ts';
import { FILE_FIELD, MAX_UPLOAD_BYTES } from './upload.ts';

export const newImportBody = z.strictObject({});
export const formFields = z.strictObject({ skipRefused: z.enum(['true', 'false']).default('false') });
export const featuresQuery = z.strictObject({ crs: z.string().max(40).optional(), swapAxes: z.enum(['true', 'false']).optional() });
export const findingsQuery = z.strictObject({ language: z.enum(['zh', 'en']).optional() });

const IMPORT = '/api/imports/{id}';
const SOURCE = `${IMPORT}/sources/{source}`;
const NEEDS = 'import';

export function documentImports(api: ApiDocument): void {
  api.add(
    {
      method: 'post',
      needs: NEEDS,
      path: '/api/imports',
      summary: `Open an import (JSON {}): 201; it goes after an hour without use. Or import a county at once: multipart/form-data with the
        clean GeoJSON files communities, buildings, barriers?, institutions? (each up to ${MAX_UPLOAD_BYTES} bytes, gzip allowed) and
        skipRefused=true|false: 202; watch it at the Location.`.replace(/\s+/g, ' '),
      body: newImportBody,
      problems: ['bad-upload', 'upload-too-large', 'import-running'],
    },
    {
      method: 'get',
      needs: NEEDS,
      path: IMPORT,
      summary: 'Files, progress and, when it is over, the report',
      problems: ['unknown-import'],
    },
    {
      method: 'delete',
      needs: NEEDS,
      path: IMPORT,
      summary: 'Cancel what is running, if anything is, and remove the import with its files: nothing is stored',
      problems: ['unknown-import'],
    },
    {
      method: 'post',
      needs: NEEDS,
      path: `${IMPORT}/sources`,
      summary:
        `Send a file of any format (multipart/form-data, field ${FILE_FIELD}, up to ${MAX_UPLOAD_BYTES} bytes, at most ${MAX_FILES} files):
        201 with what is in it and how it would be read`.replace(/\s+/g, ' '),
      problems: ['unknown-import', 'bad-upload', 'upload-too-large', 'too-many-files', 'import-under-way', 'import-ended'],
    },
    {
      method: 'patch',
      needs: NEEDS,
      path: SOURCE,
      summary: 'Say how a file is to be read; what is left out stays, fields and settings are replaced as a whole',
      body: choiceChange,
      problems: ['unknown-import', 'unknown-source', 'bad-choice', 'import-under-way', 'import-ended'],
    },
    {
      method: 'delete',
      needs: NEEDS,
      path: SOURCE,
      summary: 'Remove a file',
      problems: ['unknown-import', 'unknown-source', 'import-under-way', 'import-ended'],
    },
    {
      method: 'get',
      needs: NEEDS,
      path: `${SOURCE}/features`,
      summary: 'Some features, evenly chosen, in degrees on CGCS2000: by the choice, or by another coordinate system to look at it',
      query: featuresQuery,
      answers: 'application/geo+json',
      problems: ['unknown-import', 'unknown-source', 'bad-choice', 'import-ended'],
    },
    {
      method: 'post',
      needs: NEEDS,
      path: `${IMPORT}/preview`,
      summary: 'Do everything but store: 202; ends in phase previewed',
      body: decisionsBody,
      problems: ['unknown-import', 'import-incomplete', 'import-running', 'import-ended'],
    },
    {
      method: 'post',
      needs: NEEDS,
      path: `${IMPORT}/run`,
      summary: 'Import: 202; all of it is stored, or nothing',
      body: decisionsBody,
      problems: ['unknown-import', 'import-incomplete', 'import-running', 'import-ended'],
    },
    {
      method: 'post',
      needs: NEEDS,
      path: `${IMPORT}/cancel`,
      summary: 'Stop the preview or the run; nothing is stored, the files and their choices stay',
      problems: ['unknown-import'],
    },
    {
      method: 'get',
      needs: NEEDS,
      path: `${IMPORT}/findings.csv`,
      summary: 'Every row that was refused or mended in the last preview or run',
      query: findingsQuery,
      answers: 'text/csv',
      problems: ['unknown-import', 'no-findings'],
    },
  );
}
