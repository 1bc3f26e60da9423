// The file a command writes: refused before the work when it cannot be written, whole or not there at all afterwards.
import { accessSync, constants, realpathSync, renameSync, rmSync, type Stats, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { UnusableInput } from './exit.ts';
import { say } from './texts.ts';

/** Throws UnusableInput when nothing can be written at `path`, or when one of the files that are read is there. */
export function refuseUnwritable(path: string, inputs: readonly (string | undefined)[] = []): void {
  sayingOut(() => {
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
export function writeOut(path: string, content: string | Uint8Array): void {
  sayingOut(() => {
    const target = targetOf(path);
    const there = statsOf(target);
    // A device or a pipe cannot be replaced.
    if (there && !there.isFile()) return writeFileSync(target, content);
    const part = join(dirname(target), `.${basename(target)}.${process.pid}.part`);
    try {
      writeFileSync(part, content, { mode: there?.mode ?? 0o666, flush: true });
      renameSync(part, target);
    } finally {
      rmSync(part, { force: true });
    }
  });
}

function sayingOut(act: () => void): void {
  try {
    act();
  } catch (error) {
    throw new UnusableInput(`--out: ${error instanceof Error ? error.message : String(error)}`);
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
