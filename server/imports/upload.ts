// Takes the files of an import from a form into a folder of their own.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Request, Response } from 'express';
import multer from 'multer';
import { GROUND_KINDS, type GroundKind } from '../../core/import/validate.ts';
import { ProblemError } from '../http/problem.ts';

/** Largest file as sent; it may be packed by gzip. */
export const MAX_UPLOAD_BYTES = 256 * 1024 * 1024;
const MAX_FIELD_BYTES = 1_000;

export interface Upload {
  readonly paths: Readonly<Partial<Record<GroundKind, string>>>;
  /** The other fields of the form. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** Removes the files. */
  discard(): void;
}

/** Throws ProblemError; then nothing is left of the files. */
export async function receiveUpload(request: Request, response: Response): Promise<Upload> {
  const folder = mkdtempSync(join(tmpdir(), 'onegrid-import-'));
  const discard = (): void => rmSync(folder, { recursive: true, force: true });
  const receive = multer({
    dest: folder,
    limits: { fileSize: MAX_UPLOAD_BYTES, files: GROUND_KINDS.length, fields: 4, fieldSize: MAX_FIELD_BYTES },
  }).fields(GROUND_KINDS.map((name) => ({ name, maxCount: 1 })));
  try {
    await new Promise<void>((resolve, reject) => {
      receive(request, response, (error: unknown) => (error ? reject(uploadProblem(error)) : resolve()));
    });
  } catch (error) {
    discard();
    throw error;
  }
  const files = (request.files ?? {}) as Partial<Record<GroundKind, { path: string }[]>>;
  const paths = Object.fromEntries(GROUND_KINDS.flatMap((file) => (files[file]?.[0] ? [[file, files[file][0].path]] : [])));
  return { paths, fields: { ...(request.body as Record<string, unknown>) }, discard };
}

function uploadProblem(error: unknown): unknown {
  if (error instanceof multer.MulterError) {
    const file = error.field as GroundKind | undefined;
    if (error.code === 'LIMIT_FILE_SIZE') return new ProblemError(413, 'upload-too-large', { limit: MAX_UPLOAD_BYTES, file: file ?? '' });
    return new ProblemError(400, 'bad-upload', { found: error.message, field: file ?? '' });
  }
  // A form that is cut off or has no boundary.
  return error instanceof Error ? new ProblemError(400, 'bad-upload', { found: error.message, field: '' }) : error;
}
