// Settings of the server, read once from the environment; a setting that makes no sense stops the start with a sentence.
import { resolve } from 'node:path';
import { z } from 'zod';
import type { BaseMap } from '../core/api/messages.ts';
import { type AccountSettings, accountSettings, accountVariables, missingVariables } from './accounts/settings.ts';

export interface Settings {
  readonly host: string;
  readonly port: number;
  /** Absolute path; the embedded engine lives in it, mode 0700. */
  readonly dataDir: string;
  /** PostgreSQL ≥ 15 with PostGIS ≥ 3.3; undefined: the embedded engine. */
  readonly databaseUrl: string | undefined;
  readonly baseMap: BaseMap | null;
  /** A PMTiles archive on this machine, served to the interface; absolute path. */
  readonly baseMapFile: string | null;
  /** 审图号 or 内部用图, printed on every map sheet. */
  readonly sheetMark: string;
  /** Of one address; a map that is panned asks for some dozen tiles at once. */
  readonly requestsPerMinute: number;
  readonly accounts: AccountSettings;
}

/** The start cannot go on for a reason that the operator can mend; `message` is for their eyes, no stack. Exit code 2. */
export class StartFailure extends Error {}

const variables = z.object({
  HOST: z.string().trim().min(1).default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(8080),
  DATA_DIR: z.string().trim().min(1).default('./data'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must begin with postgres:// or postgresql://')
    .optional(),
  BASE_MAP_KIND: z.enum(['xyz', 'wmts', 'pmtiles']).default('xyz'),
  BASE_MAP_URL: z.string().trim().optional(),
  BASE_MAP_ATTRIBUTION: z.string().trim().default(''),
  SHEET_MARK: z.string().trim().default('内部用图'),
  REQUESTS_PER_MINUTE: z.coerce.number().int().positive().default(6_000),
  ...accountVariables,
});

/** Reads the settings; an empty variable counts as not set. Throws StartFailure naming every variable that is wrong. */
export function readSettings(environment: NodeJS.ProcessEnv): Settings {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = variables.safeParse(given);
  const wrong = parsed.success
    ? missingVariables(parsed.data)
    : parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  if (!parsed.success || wrong.length > 0) throw new StartFailure(`These settings cannot be used:\n  ${wrong.join('\n  ')}`);
  const { data } = parsed;
  return {
    host: data.HOST,
    port: data.PORT,
    dataDir: resolve(data.DATA_DIR),
    databaseUrl: data.DATABASE_URL,
    ...baseMapOf(data),
    sheetMark: data.SHEET_MARK,
    requestsPerMinute: data.REQUESTS_PER_MINUTE,
    accounts: accountSettings(data),
  };
}

/** Where the interface finds an archive that lies on this machine. */
export const BASE_MAP_PATH = '/base-map.pmtiles';

function baseMapOf(data: z.infer<typeof variables>): Pick<Settings, 'baseMap' | 'baseMapFile'> {
  const { BASE_MAP_KIND: kind, BASE_MAP_URL: url, BASE_MAP_ATTRIBUTION: attribution } = data;
  if (!url) return { baseMap: null, baseMapFile: null };
  const onThisMachine = kind === 'pmtiles' && !/^https?:/i.test(url);
  return onThisMachine
    ? { baseMap: { kind, url: BASE_MAP_PATH, attribution }, baseMapFile: resolve(url) }
    : { baseMap: { kind, url, attribution }, baseMapFile: null };
}
