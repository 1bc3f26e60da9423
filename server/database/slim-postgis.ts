// PostGIS for the embedded engine without what nobody uses: it keeps and compiles all that is in the archive, and half of it is other
// extensions, which cost a third of the engine's memory.
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { pathToFileURL } from 'node:url';
import { createGunzip, createGzip } from 'node:zlib';
import type { Extension } from '@electric-sql/pglite';
import { postgis } from '@electric-sql/pglite-postgis';
import { extract, pack } from 'tar-stream';

/** Raster, topology, geocoder; scripts for psql; the way from a PostGIS without extensions. */
const UNUSED = /raster|topology|tiger|\/contrib\/|unpackaged/;
const NAME = /^postgis-[0-9a-f]{16}\.tar\.gz$/;
const FASTEST = 1;

/** The extension from an archive in the folder, which is made there at the first start of a version. */
export function slimPostgis(folder: string): Extension {
  return {
    ...postgis,
    async setup(database, options) {
      const whole = await postgis.setup(database, options);
      return { ...whole, bundlePath: pathToFileURL(await slimArchive(folder, whole.bundlePath as URL)) };
    },
  };
}

async function slimArchive(folder: string, whole: URL): Promise<string> {
  const version = createHash('sha256')
    .update(await readFile(whole))
    .digest('hex')
    .slice(0, 16);
  const name = `postgis-${version}.tar.gz`;
  const path = join(folder, name);
  if (existsSync(path)) return path;
  // Whole or not there at all: the process may be killed meanwhile.
  await writeSlim(whole, `${path}.part`);
  await rename(`${path}.part`, path);
  const former = (await readdir(folder)).filter((other) => NAME.test(other) && other !== name);
  await Promise.all(former.map((other) => rm(join(folder, other))));
  return path;
}

async function writeSlim(whole: URL, path: string): Promise<void> {
  const [all, used] = [extract(), pack()];
  all.on('entry', (header, content, next) => {
    if (!UNUSED.test(header.name)) content.pipe(used.entry(header, next));
    else content.on('end', next).resume();
  });
  all.on('finish', () => used.finalize());
  await Promise.all([
    pipeline(createReadStream(whole), createGunzip(), all),
    pipeline(used, createGzip({ level: FASTEST }), createWriteStream(path)),
  ]);
}
