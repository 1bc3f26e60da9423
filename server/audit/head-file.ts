// The newest seal of the audit log, noted down in a file beside the data: who cuts the log in the database leaves this behind.
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Settings } from '../settings.ts';
import type { ChainHead } from './chain.ts';

const NAME = 'audit-head.json';
const headSchema = z.object({ position: z.int().positive(), digest: z.string().regex(/^[0-9a-f]{64}$/) });

/** null: the data lies on a database server, which several machines may use; their file would not know of each other. */
export function headFileOf({ databaseUrl, dataDir }: Pick<Settings, 'databaseUrl' | 'dataDir'>): string | null {
  return databaseUrl === undefined ? join(dataDir, NAME) : null;
}

/** Replaces the file at once. */
export async function noteHead(path: string, { position, digest }: ChainHead): Promise<void> {
  const part = `${path}.part`;
  await writeFile(part, `${JSON.stringify({ position, digest })}\n`, { mode: 0o600 });
  await rename(part, path);
}

/** null: there is no such file. 'unreadable': it holds no head. */
export async function readNotedHead(path: string): Promise<ChainHead | null | 'unreadable'> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (text === null) return null;
  try {
    return headSchema.parse(JSON.parse(text));
  } catch {
    return 'unreadable';
  }
}
