// Takes the files of an import from a form into its folder.
import type { Request, Response } from 'express';
import multer from 'multer';
import { GROUND_KINDS, type GroundKind } from '../../core/import/validate.ts';
import { ProblemError } from '../http/problem.ts';

/** Largest file as sent; it may be packed. */
export const MAX_UPLOAD_BYTES = 256 * 1024 * 1024;
const MAX_FIELD_BYTES = 1_000;
const MAX_NAME_LENGTH = 200;
/** Name of the field of the form that holds one file. */
export const FILE_FIELD = 'file';

export interface UploadedFile {
  readonly path: string;
  /** As it was sent, without folders. */
  readonly name: string;
  readonly bytes: number;
}

/** One file of any format. Throws ProblemError bad-upload (400) and upload-too-large (413). */
export async function receiveFile(request: Request, response: Response, folder: string): Promise<UploadedFile> {
  refuseOther(request);
  await receive(formInto(folder, { files: 1, fields: 0 }).single(FILE_FIELD), request, response);
  if (!request.file) throw new ProblemError(400, 'bad-upload', { found: '', field: FILE_FIELD });
  return uploadedFile(request.file);
}

export interface GroundForm {
  readonly files: Readonly<Partial<Record<GroundKind, UploadedFile>>>;
  /** The other fields of the form. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** GeoJSON files, a field for each kind. Throws ProblemError bad-upload (400) and upload-too-large (413). */
export async function receiveGroundForm(request: Request, response: Response, folder: string): Promise<GroundForm> {
  const form = formInto(folder, { files: GROUND_KINDS.length, fields: 4 });
  await receive(form.fields(GROUND_KINDS.map((name) => ({ name, maxCount: 1 }))), request, response);
  const sent = (request.files ?? {}) as Partial<Record<GroundKind, Express.Multer.File[]>>;
  const files = Object.fromEntries(GROUND_KINDS.flatMap((kind) => (sent[kind]?.[0] ? [[kind, uploadedFile(sent[kind][0])]] : [])));
  return { files, fields: { ...(request.body as Record<string, unknown>) } };
}

function refuseOther(request: Request): void {
  if (request.is('multipart/form-data')) return;
  throw new ProblemError(415, 'bad-upload', { found: request.get('content-type') ?? '', field: 'multipart/form-data' });
}

const formInto = (folder: string, limits: { files: number; fields: number }) =>
  multer({ dest: folder, defParamCharset: 'utf8', limits: { fileSize: MAX_UPLOAD_BYTES, fieldSize: MAX_FIELD_BYTES, ...limits } });

const uploadedFile = ({ path, originalname, size }: Express.Multer.File): UploadedFile => ({
  path,
  name:
    originalname
      .replace(/\p{Cc}/gu, '')
      .split(/[\\/]/)
      .at(-1)
      ?.slice(-MAX_NAME_LENGTH) || FILE_FIELD,
  bytes: size,
});

function receive(form: ReturnType<ReturnType<typeof multer>['single']>, request: Request, response: Response): Promise<void> {
  return new Promise((resolve, reject) => {
    form(request, response, (error: unknown) => (error ? reject(uploadProblem(error)) : resolve()));
  });
}

function uploadProblem(error: unknown): unknown {
  if (error instanceof multer.MulterError) {
    const file = error.field ?? '';
    if (error.code === 'LIMIT_FILE_SIZE') return new ProblemError(413, 'upload-too-large', { limit: MAX_UPLOAD_BYTES, file });
    return new ProblemError(400, 'bad-upload', { found: error.message, field: file });
  }
  // A form that is cut off or has no boundary.
  return error instanceof Error ? new ProblemError(400, 'bad-upload', { found: error.message, field: '' }) : error;
}
