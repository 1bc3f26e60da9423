// onegrid serve: the server with its interface.
import { Command } from 'commander';
import { dataDirOption, type SettingOptions, settingsOf } from './settings.ts';
import { say } from './texts.ts';

export function serveCommand(): Command {
  return new Command('serve')
    .description('run the server with its interface')
    .option('--port <port>', 'port (or PORT; default 8080)')
    .option('--host <host>', 'address to listen on (or HOST; default 127.0.0.1)')
    .addOption(dataDirOption())
    .option('--demo', 'load the demo county into an empty database')
    .addHelpText('after', VARIABLES)
    .action(serve);
}

const VARIABLES = `
Environment:
  DATABASE_URL          PostgreSQL 15 or later with PostGIS 3.3 or later; not set: the embedded database
  BASE_MAP_URL          tiles below the plan, with {z} {x} {y} or {TileMatrix} {TileCol} {TileRow}; a key in it stays out of the bundle.
                        For pmtiles: the address of the archive, or its path on this machine
  BASE_MAP_KIND         xyz (default), wmts or pmtiles
  BASE_MAP_ATTRIBUTION  who is to be named for it
  SHEET_MARK            printed on every map: 审图号 or 内部用图 (default)
  REQUESTS_PER_MINUTE   of one address (default 6000)
  TRUST_PROXY           proxies in front: how many, or their addresses, or loopback; without it what they say of a client is not believed
  SESSION_IDLE_MINUTES  without a request for so long, a session ends (default 30)
  SECOND_FACTOR_ROLES   roles that need a second factor, separated by commas
  OIDC_ISSUER           single sign-on by OpenID Connect; with OIDC_CLIENT_ID, OIDC_CLIENT_SECRET (none for a public client) and
                        OIDC_REDIRECT: https://…/api/session/single-sign-on/return
  OIDC_LOGIN_CLAIM      names the login of an account at its first single sign-on (default preferred_username)
`;

async function serve(options: SettingOptions & { demo?: boolean }): Promise<void> {
  // Loaded when needed: help and wrong options answer at once.
  const [{ startServer, stopWithProcess }, { loadDemo }] = await Promise.all([import('../serve.ts'), import('../demo/load-demo.ts')]);
  const running = await startServer(settingsOf(options));
  stopWithProcess(running);
  // Whoever started it may stop reading, which must not end the server: the console passes over a closed pipe.
  console.log(JSON.stringify({ address: running.address }));
  console.error(say('listening', { address: running.address }));
  if (!options.demo) return;
  const loaded = await loadDemo(running.context);
  console.error(say(loaded ? 'demo-ready' : 'demo-not-loaded'));
}
