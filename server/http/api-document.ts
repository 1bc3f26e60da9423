// /api/openapi.json, made from the schemas that check the requests: each resource registers its operations where it mounts them.
import { z } from 'zod';
import type { Permission } from '../../core/accounts/roles.ts';
import { MAX_JSON_BYTES } from './request.ts';

export interface ApiOperation {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** With parameters in braces: /api/plans/{plan}/operations */
  readonly path: string;
  readonly summary: string;
  /** Any one of these permissions; null: open to everybody, signed in or not. */
  readonly needs: Permission | readonly Permission[] | null;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** Media type of the answer; JSON where nothing is said. */
  readonly answers?: string;
  /** Codes of the problems that this operation may answer, beside those of every operation. */
  readonly problems?: readonly string[];
}

export class ApiDocument {
  readonly #operations: ApiOperation[] = [];

  add(...operations: readonly ApiOperation[]): void {
    this.#operations.push(...operations);
  }

  get operations(): readonly ApiOperation[] {
    return this.#operations;
  }

  /** The operation that a request is about; HEAD asks what GET would answer. */
  find(method: string, path: string): ApiOperation | undefined {
    const asked = method === 'HEAD' ? 'get' : method.toLowerCase();
    return this.#operations.find((operation) => operation.method === asked && fits(operation.path, path));
  }

  /** The whole document, OpenAPI 3.1. */
  toJSON(): object {
    const paths: Record<string, Record<string, object>> = {};
    for (const operation of this.#operations) {
      paths[operation.path] = { ...paths[operation.path], [operation.method]: describe(operation) };
    }
    return {
      openapi: '3.1.0',
      info: {
        title: 'OneGrid 一张网',
        version: '1',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
        description: `Errors are application/problem+json with a stable code. JSON bodies hold up to ${MAX_JSON_BYTES} bytes.`,
      },
      paths,
      components: { schemas: { Problem: PROBLEM } },
    };
  }
}

/** As the router compares them: letter case and a slash at the end do not matter. */
function fits(pattern: string, path: string): boolean {
  const parts = pattern.split('/');
  const given = path.replace(/\/$/, '').split('/');
  return parts.length === given.length && parts.every((part, i) => part.startsWith('{') || part.toLowerCase() === given[i]?.toLowerCase());
}

function describe(operation: ApiOperation): object {
  return {
    summary: operation.summary,
    'x-needs': operation.needs,
    parameters: [...pathParameters(operation.path), ...queryParameters(operation.query)],
    ...(operation.body && { requestBody: { required: true, content: { 'application/json': { schema: schemaOf(operation.body) } } } }),
    responses: {
      200: { description: 'OK', content: { [operation.answers ?? 'application/json']: {} } },
      default: {
        description: ['Problem', ...(operation.problems ?? [])].join(', '),
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  };
}

const schemaOf = (schema: z.ZodType): object => z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });

function pathParameters(path: string): object[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({ name, in: 'path', required: true, schema: { type: 'string' } }));
}

function queryParameters(query: z.ZodObject | undefined): object[] {
  return Object.entries(query?.shape ?? {}).map(([name, schema]) => ({
    name,
    in: 'query',
    required: !(schema as z.ZodType).safeParse(undefined).success,
    schema: schemaOf(schema as z.ZodType),
  }));
}

const PROBLEM = {
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'detail'],
  properties: {
    type: { const: 'about:blank' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string', description: 'stable' },
    detail: { type: 'string', description: 'in the language of Accept-Language, zh or en' },
    at: { type: 'object', description: 'file, feature (from 1), field, coordinate, path, grid' },
    revision: { type: 'integer', description: 'newest revision, with stale-base' },
  },
};
