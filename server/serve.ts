// Runs the server: opens the database, listens, and stops gracefully.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { identify } from './accounts/identify.ts';
import { refuseOpenDoor } from './accounts/open-door.ts';
import { headFileOf } from './audit/head-file.ts';
import { Sealer } from './audit/sealer.ts';
import { openDatabase } from './database/open.ts';
import { refreshStatistics } from './database/statistics.ts';
import { SYSTEM, scoped } from './database/transaction.ts';
import { DivisionThreads, serverThreads } from './division/division-threads.ts';
import { EventHub } from './events/hub.ts';
import { ApiDocument } from './http/api-document.ts';
import { createApp } from './http/app.ts';
import type { Context } from './http/context.ts';
import { ProblemError, problemBody } from './http/problem.ts';
import { Presence } from './presence/presence.ts';
import { holdsSynthetic } from './regions/store.ts';
import { type Settings, StartFailure } from './settings.ts';

/** Requests under way get this long to finish. */
const STOP_MILLISECONDS = 5_000;

export interface RunningServer {
  readonly context: Context;
  /** http://host:port, with the port that was really taken. */
  readonly address: string;
  /** Stops listening, lets requests finish, closes the database. */
  stop(): Promise<void>;
}

/**
 * Listens, answering "starting" until the database is open. Throws StartFailure when the port or the data folder is taken or the
 * database cannot be opened.
 */
export async function startServer(settings: Settings, clock: () => Date = () => new Date()): Promise<RunningServer> {
  const server = createServer(answerStarting);
  await listen(server, settings);
  try {
    const context = await openContext(settings, clock);
    server.off('request', answerStarting).on('request', createApp(context));
    return {
      context,
      address: addressOf(server, settings.host),
      async stop() {
        await stopListening(server);
        await closeContext(context);
      },
    };
  } catch (error) {
    await stopListening(server);
    throw error;
  }
}

/** What the resources are handed, for any use of the application: server, command line, tests. */
export async function openContext(settings: Settings, clock: () => Date): Promise<Context> {
  const database = await openDatabase(settings);
  try {
    await refuseOpenDoor(database, settings);
    await refreshStatistics(database);
    const events = await EventHub.open(settings);
    const data = { synthetic: await holdsSynthetic(scoped(database, SYSTEM)) };
    const presence = new Presence();
    const division = new DivisionThreads(serverThreads());
    return {
      database,
      settings,
      events,
      presence,
      sealer: new Sealer({ database, headFile: headFileOf(settings) }),
      identify: identify({ database, settings, clock }),
      clock,
      division,
      api: new ApiDocument(),
      startup: { loading: null },
      data,
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}

export async function closeContext({ events, division, sealer, database }: Context): Promise<void> {
  await events.close();
  await division.close();
  await sealer.close();
  await database.close();
}

/** For the process as a whole: SIGINT and SIGTERM stop it gracefully, a broken engine ends it so that it can be started again. */
export function stopWithProcess(running: RunningServer): void {
  const stop = (): void => {
    running.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  running.context.database.onFailure((message) => {
    console.error(`The embedded database broke down and has to be started again; nothing that was saved is lost. ${message}`);
    process.exit(1);
  });
}

function answerStarting(request: IncomingMessage, response: ServerResponse): void {
  const language = /^\s*en/i.test(request.headers['accept-language'] ?? '') ? 'en' : 'zh';
  const body = problemBody(new ProblemError(503, 'starting'), language);
  response.writeHead(503, { 'Content-Type': 'application/problem+json', 'Cache-Control': 'no-store', 'Retry-After': '2' });
  response.end(JSON.stringify(body));
}

function listen(server: Server, { host, port }: Settings): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(new StartFailure(LISTEN_FAILURES[error.code ?? '']?.(host, port) ?? `Cannot listen on ${host}:${port}: ${error.message}`));
    });
    server.listen(port, host, () => resolve());
  });
}

const LISTEN_FAILURES: Readonly<Record<string, (host: string, port: number) => string>> = {
  EADDRINUSE: (host, port) => `Port ${port} on ${host} is in use. Stop what listens there, or choose another with PORT.`,
  EACCES: (_, port) => `Port ${port} may not be used by this user. Choose another with PORT.`,
  EADDRNOTAVAIL: (host) => `This machine has no address ${host}. Choose another with HOST.`,
  ENOTFOUND: (host) => `The host name ${host} is not known. Choose another with HOST.`,
};

function addressOf(server: Server, host: string): string {
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : '';
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

async function stopListening(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections();
  // Live updates never end by themselves.
  const impatience = setTimeout(() => server.closeAllConnections(), STOP_MILLISECONDS);
  await closed;
  clearTimeout(impatience);
}
