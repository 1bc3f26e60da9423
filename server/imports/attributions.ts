// Whom the files of an import have to be attributed to, and where their rows lie.
import type { Attribution } from '../../core/import/attribution.ts';
import type { ReadFile } from './read-rows.ts';
import { boxOfRows } from './rows-box.ts';

/** A file whose rows lie nowhere is on no map. */
export function attributionsOf(files: readonly ReadFile[]): Attribution[] {
  return files.flatMap(({ kind, rows, attribution }) => {
    const box = attribution === null ? null : boxOfRows({ [kind]: [rows] }, [kind]);
    return attribution === null || box === null ? [] : [{ text: attribution, box }];
  });
}
