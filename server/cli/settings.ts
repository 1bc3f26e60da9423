// Settings of a command: the environment, with what the options say instead.
import { Option } from 'commander';
import { readSettings, type Settings } from '../settings.ts';

export interface SettingOptions {
  readonly port?: string;
  readonly host?: string;
  readonly dataDir?: string;
}

/** Where the data is; DATABASE_URL names a server instead. */
export const dataDirOption = (): Option =>
  new Option('--data-dir <dir>', 'folder of the embedded database (or DATA_DIR; not used with DATABASE_URL)');

/** Throws StartFailure naming what makes no sense. */
export function settingsOf({ port, host, dataDir }: SettingOptions): Settings {
  const given = { PORT: port, HOST: host, DATA_DIR: dataDir };
  const options = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  return readSettings({ ...process.env, ...options });
}
