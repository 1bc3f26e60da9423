// Takes a package from a form into a file of its own; nothing of it is held in memory on the way.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';
import multer from 'multer';
import { ProblemError } from '../http/problem.ts';

/** Name of the field of the form. */
export const PACKAGE_FIELD = 'package';
/** A city of 300,000 households takes a tenth of it. */
export const MAX_PACKAGE_BYTES = 128 * 1024 * 1024;

export interface UploadedPackage {
  readonly path: string;
  /** SM3 of all bytes, hexadecimal. */
  readonly digest: string;
  discard(): Promise<void>;
}

/** Throws ProblemError bad-upload (400) and upload-too-large (413); then nothing is left of the file. */
export async function receivePackage(request: Request, response: Response): Promise<UploadedPackage> {
  const folder = await mkdtemp(join(tmpdir(), 'onegrid-filing-'));
  const discard = (): Promise<void> => rm(folder, { recursive: true, force: true });
  const receive = multer({ dest: folder, limits: { fileSize: MAX_PACKAGE_BYTES, files: 1, fields: 0 } }).single(PACKAGE_FIELD);
  try {
    await new Promise<void>((resolve, reject) => {
      receive(request, response, (error: unknown) => (error ? reject(uploadProblem(error)) : resolve()));
    });
    if (!request.file) throw new ProblemError(400, 'bad-upload', { found: '', field: PACKAGE_FIELD });
    const { path } = request.file;
    return { path, digest: await sm3OfFile(path), discard };
  } catch (error) {
    await discard();
    throw error;
  }
}

async function sm3OfFile(path: string): Promise<string> {
  const hash = createHash('sm3');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

function uploadProblem(error: unknown): unknown {
  if (error instanceof multer.MulterError && error.code === 'LIMIT_FILE_SIZE') {
    return new ProblemError(413, 'upload-too-large', { limit: MAX_PACKAGE_BYTES, file: PACKAGE_FIELD });
  }
  // Another field, or a form that is cut off or has no boundary.
  return error instanceof Error ? new ProblemError(400, 'bad-upload', { found: error.message, field: PACKAGE_FIELD }) : error;
}
