// Opens the database: a PostgreSQL server when DATABASE_URL is set, else the embedded engine; either way through `pg`, migrated.
import pg from 'pg';
import { type Settings, StartFailure } from '../settings.ts';
import { storeShipped } from '../versions/shipped.ts';
import { type EmbeddedEngine, startEmbedded } from './embedded.ts';
import { migrate } from './migrate.ts';

export interface Database {
  /** Works as a role that sees what the transaction says it reaches, and nothing without: use server/database/transaction.ts. */
  readonly pool: pg.Pool;
  readonly engine: 'embedded' | 'server';
  /** Versions, e.g. 15.8 and 3.3.2. */
  readonly versions: { readonly postgresql: string; readonly postgis: string };
  /** Called when the embedded engine breaks down; the process should end and be started again, nothing acknowledged is lost. */
  onFailure(listener: (message: string) => void): void;
  close(): Promise<void>;
}

/** Owns nothing and bypasses nothing (sql/009). */
const APPLICATION_ROLE = 'onegrid_app';
const SERVER_CONNECTIONS = 10;
/** The embedded engine has one session: with one connection the pool itself is the queue, and statements never mix. */
const EMBEDDED_CONNECTIONS = 1;
const OLDEST_POSTGRESQL = 15;
const OLDEST_POSTGIS = 3.3;

/** Throws StartFailure when the data folder is in use, the server cannot be reached or is too old. */
export async function openDatabase(settings: Pick<Settings, 'dataDir' | 'databaseUrl'>): Promise<Database> {
  const engine = settings.databaseUrl === undefined ? await startEmbedded(settings.dataDir) : null;
  const target = connection(settings.databaseUrl, engine);
  const versions = await prepare(target, settings.databaseUrl).catch(async (error: unknown) => {
    await engine?.stop();
    throw error;
  });
  const pool = new pg.Pool({ ...target, idleTimeoutMillis: 0, types: columnTypes });
  // First in the queue of every connection, before anybody is handed it.
  pool.on('connect', (client) => {
    client
      .query(`set role ${APPLICATION_ROLE}`)
      .catch((error: Error) => console.error(`the role of the server cannot be taken: ${error.message}`));
  });
  // An idle connection that breaks is replaced by the pool; without a listener Node would end the process.
  pool.on('error', (error) => console.error(`database connection lost: ${error.message}`));
  const close = async (): Promise<void> => {
    pool.removeAllListeners('error').on('error', () => undefined);
    await pool.end();
    await engine?.stop();
  };
  return {
    pool,
    engine: engine === null ? 'server' : 'embedded',
    versions,
    onFailure: (listener) => engine?.onFailure(listener),
    close,
  };
}

function connection(url: string | undefined, engine: EmbeddedEngine | null): pg.PoolConfig {
  return engine === null
    ? { connectionString: url, max: SERVER_CONNECTIONS }
    : { host: engine.host, port: engine.port, user: 'postgres', database: 'postgres', max: EMBEDDED_CONNECTIONS };
}

/** As the owner of the schema, on a connection that nothing else uses. */
async function prepare(target: pg.PoolConfig, url: string | undefined): Promise<Database['versions']> {
  const client = new pg.Client(target);
  await client.connect().catch((error: Error) => {
    throw new StartFailure(`${url === undefined ? 'The embedded database' : withoutPassword(url)} cannot be reached: ${error.message}`);
  });
  try {
    // The session of the embedded engine outlives its connections.
    await client.query('reset role');
    await migrate(client);
    await storeShipped(client);
    const { rows } = await client.query<{ postgresql: string; postgis: string }>(
      `select split_part(current_setting('server_version'), ' ', 1) as postgresql, PostGIS_Lib_Version() as postgis`,
    );
    const versions = rows[0] as Database['versions'];
    if (Number.parseInt(versions.postgresql, 10) < OLDEST_POSTGRESQL || Number.parseFloat(versions.postgis) < OLDEST_POSTGIS) {
      throw new StartFailure(
        `PostgreSQL ${versions.postgresql} with PostGIS ${versions.postgis} is too old: ${OLDEST_POSTGRESQL} and ${OLDEST_POSTGIS} are needed.`,
      );
    }
    return versions;
  } finally {
    await client.end();
  }
}

function withoutPassword(url: string): string {
  return url.replace(/:\/\/[^@/]*@/, '://');
}

/** Counts and sums (int8) as numbers, all of them far below 2^53; dates as text, since a day has no time zone. */
const columnTypes: pg.CustomTypesConfig = {
  getTypeParser: ((type: number, format?: 'text' | 'binary') => {
    if (type === pg.types.builtins.INT8) return Number;
    if (type === pg.types.builtins.DATE) return (value: string) => value;
    return pg.types.getTypeParser(type, format);
  }) as typeof pg.types.getTypeParser,
};
