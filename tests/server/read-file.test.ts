// Files that are read at once: their bytes, or which of the files cannot be used and why.
import { closeSync, ftruncateSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readImportFile } from '../../server/imports/read-file.ts';
import { type SourceFolder, sourceFolder } from './source-files.ts';

const MEGABYTE = 1024 * 1024;

let folder: SourceFolder;
beforeAll(() => {
  folder = sourceFolder();
});
afterAll(() => folder.remove());

it('gives the bytes of a file, packed or not', () => {
  for (const bytes of [Buffer.from('{}'), gzipSync('{}')]) {
    expect(Buffer.from(readImportFile('buildings', folder.write('buildings.geojson', bytes))).toString()).toBe('{}');
  }
});

it('says of which file it is that it is too large, or not there', () => {
  const path = join(folder.folder, 'large.geojson');
  const file = openSync(path, 'w');
  ftruncateSync(file, 513 * MEGABYTE);
  closeSync(file);
  const refused = (kind: 'layout' | 'barriers', from: string) => {
    try {
      return readImportFile(kind, from).length;
    } catch (error) {
      return error;
    }
  };
  expect(refused('barriers', path)).toMatchObject({ file: 'barriers', reason: 'file-too-large', values: { limit: 512 } });
  expect(refused('layout', join(folder.folder, 'none'))).toMatchObject({ file: 'layout', reason: 'file-unreadable' });
});
