// Profiles and code schemes over HTTP alike: list, read a version, add one, copy one.
import { Router } from 'express';
import { z } from 'zod';
import { inTransaction } from '../database/transaction.ts';
import type { Context } from '../http/context.ts';
import { dbOf, identityOf } from '../http/identity.ts';
import { ProblemError } from '../http/problem.ts';
import { listNewest, listVersions, type Versioned } from './store.ts';
import { addVersion, copyVersion, versionOf } from './versions.ts';

const MAX_NOTE = 300;
const MAX_NAME = 60;
export const version = z.coerce.number().int().positive().max(2_147_483_647);
const note = z.string().trim().min(1).max(MAX_NOTE);
const name = z.string().trim().min(1).max(MAX_NAME);
/** Looked at by core, which says more about what is wrong. */
export const content = z.looseObject({});
const newId = z
  .string()
  .max(MAX_NAME)
  .regex(/^[a-z0-9-]+$/);

const oneVersion = z.object({ version: version.optional() });
const newVersionSchema = z.strictObject({ base: z.int().positive(), content, note });

export interface VersionedKind<Kind extends Versioned> {
  readonly kind: Kind;
  /** What an id looks like, also of those that are not stored. */
  readonly id: z.ZodType<string>;
  /** The whole schema of a document, for the description of the interface. */
  readonly schema: z.ZodType;
  /** What the description calls it. */
  readonly noun: string;
}

/** What cannot be an id is no document. Throws ProblemError unknown-… (404). */
export function idOf({ kind, id }: VersionedKind<Versioned>, text: string): string {
  if (!id.safeParse(text).success) throw new ProblemError(404, `unknown-${kind}`, { [kind]: text.slice(0, MAX_NAME) });
  return text;
}

export function versionRoutes(context: Context, document: VersionedKind<Versioned>): Router {
  const { kind, id, schema, noun } = document;
  const path = `/api/${kind}s`;
  const copySchema = z.strictObject({
    id: newId,
    from: z.strictObject({ [kind]: id, version: version.optional() }),
    name: z.strictObject({ zh: name, en: name }),
    note,
  });
  const one = { path: `${path}/{id}`, problems: [`unknown-${kind}`] as const };
  context.api.add(
    { method: 'get', needs: 'read', path, summary: `The newest version of every ${noun}, without its content` },
    {
      method: 'post',
      needs: 'govern',
      path,
      summary: 'Copies a version under a new id',
      body: copySchema,
      problems: [`unknown-${kind}`, `${kind}-exists`],
    },
    { ...one, method: 'get', needs: 'read', summary: `A version of a ${noun}, the newest where none is named`, query: oneVersion },
    {
      ...one,
      method: 'post',
      needs: 'govern',
      summary: 'Adds a version; `base` is the version that was edited',
      body: newVersionSchema.extend({ content: schema }),
      problems: [`unknown-${kind}`, `stale-${kind}`, `${kind}-invalid`, `${kind}-unchanged`],
    },
    { ...one, method: 'get', needs: 'read', path: `${path}/{id}/versions`, summary: 'Every version, newest first' },
  );
  return Router()
    .get(path, async (request, response) => {
      response.json(await listNewest(dbOf(context, request), kind));
    })
    .post(path, async (request, response) => {
      const { id: copied, from, ...copy } = copySchema.parse(request.body);
      const by = identityOf(request);
      const source = { id: from[kind] as string, version: from.version as number | undefined };
      const made = await inTransaction(context.database, by, (db) => copyVersion(db, by, kind, { id: copied, from: source, ...copy }));
      response.status(201).location(`${path}/${copied}`).json(made);
    })
    .get(`${path}/:id`, async (request, response) => {
      const wanted = oneVersion.parse(request.query).version;
      response.json(await versionOf(dbOf(context, request), kind, idOf(document, request.params.id), wanted));
    })
    .get(`${path}/:id/versions`, async (request, response) => {
      const asked = idOf(document, request.params.id);
      await versionOf(dbOf(context, request), kind, asked);
      response.json(await listVersions(dbOf(context, request), kind, asked));
    })
    .post(`${path}/:id`, async (request, response) => {
      const edit = newVersionSchema.parse(request.body);
      const edited = idOf(document, request.params.id);
      const by = identityOf(request);
      const made = await inTransaction(context.database, by, (db) => addVersion(db, by, kind, { id: edited, ...edit }));
      response.status(201).location(`${path}/${edited}?version=${made.version}`).json(made);
    });
}
