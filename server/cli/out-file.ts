// The file a command writes: refused before the work when it cannot be written, whole or not there at all afterwards.
import { accessSync, constants, realpathSync, type Stats, statSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { UnusableInput } from './exit.ts';
import { say } from './texts.ts';

/** Throws UnusableInput when nothing can be written at `path`, or when one of the files that are read is there. `option`: that named it. */
export async function refuseUnwritable(path: string, inputs: readonly (string | undefined)[] = [], option = '--out'): Promise<void> {
  await saying(option, async () => {
    const target = targetOf(path);
    const there = statsOf(target);
    if (there?.isDirectory()) throw new Error(say('out-folder', { path }));
    if (there?.isFile() && inputs.some((input) => input !== undefined && statsOf(input)?.isFile() && realpathSync(input) === target)) {
      throw new Error(say('out-input', { path }));
    }
    accessSync(there && !there.isFile() ? target : dirname(target), constants.W_OK);
  });
}

/** Replaces the file at once: whoever stops in the middle leaves what was there before. Throws UnusableInput. */
export async function writeOut(path: string, content: string | Uint8Array | Readable, option = '--out'): Promise<void> {
  await saying(option, async () => {
    const target = targetOf(path);
    const there = statsOf(target);
    // A device or a pipe cannot be replaced.
    if (there && !there.isFile()) return writeFile(target, content);
    const part = join(dirname(target), `.${basename(target)}.${process.pid}.part`);
    try {
      await writeFile(part, content, { mode: there?.mode ?? 0o666, flush: true });
      await rename(part, target);
    } finally {
      await rm(part, { force: true });
    }
  });
}

async function saying(option: string, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    throw new UnusableInput(`${option}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Where a link leads; the path itself where nothing is yet. Throws where it names no file. */
function targetOf(path: string): string {
  if (path === '') throw new Error(say('out-nameless'));
  if (statsOf(path)) return realpathSync(path);
  if (!statsOf(dirname(path))?.isDirectory()) throw new Error(say('out-nowhere', { path: dirname(path) }));
  return join(realpathSync(dirname(path)), basename(path));
}

const statsOf = (path: string): Stats | undefined => statSync(path, { throwIfNoEntry: false });
