// What a store needs of the database: a pool, or the client of a transaction.
import type { ClientBase } from 'pg';

export type Queryable = Pick<ClientBase, 'query'>;
