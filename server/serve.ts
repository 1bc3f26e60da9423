// Runs the server: opens the database, listens, and stops gracefully.
import { createServer, type Server } from 'node:http';
import { loadNoder } from '../core/coverage/noder.ts';
import { openDatabase } from './database/open.ts';
import { EventHub } from './events/hub.ts';
import { ApiDocument } from './http/api-document.ts';
import { createApp } from './http/app.ts';
import type { Context } from './http/context.ts';
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

/** Opens everything and listens. Throws StartFailure when the port or the data folder is taken or the database cannot be opened. */
export async function startServer(settings: Settings): Promise<RunningServer> {
  const database = await openDatabase(settings);
  const events = await EventHub.open(settings);
  const context: Context = { database, settings, noder: await loadNoder(), events, api: new ApiDocument(), startup: { loading: null } };
  const server = createServer(createApp(context));
  const close = async (): Promise<void> => {
    await events.close();
    await database.close();
  };
  try {
    await listen(server, settings);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    context,
    address: addressOf(server, settings.host),
    async stop() {
      await stopListening(server);
      await close();
    },
  };
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
