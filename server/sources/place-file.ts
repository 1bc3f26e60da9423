// Puts a file under a name whose ending says its format, without a copy where the disk is the same.
import { copyFileSync, linkSync } from 'node:fs';
import type { SourceFile } from './source-file.ts';

/** Answers where it is. */
export function placeFile({ path }: SourceFile, placed: string): string {
  try {
    linkSync(path, placed);
  } catch {
    copyFileSync(path, placed);
  }
  return placed;
}
