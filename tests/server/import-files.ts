// Files of a small county for the tests of the import: three communities in two towns, 60 buildings, two streets.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { building, collection, community, feature, SIDE, SOUTH, WEST } from '../core/import/collections.ts';

export const HOUSEHOLDS_PER_BUILDING = 5;
export const BUILDINGS = 60;

export const parents = { county: '高台县', city: '张掖市', province: '甘肃省' };

export function county() {
  const street = (shift: number) =>
    feature(
      {
        type: 'LineString',
        coordinates: [
          [WEST - SIDE, SOUTH + shift * SIDE],
          [WEST + 4 * SIDE, SOUTH + shift * SIDE],
        ],
      },
      { class: 'street', name: `街${shift}` },
    );
  return {
    communities: collection([
      community(1, parents),
      community(2, parents),
      community(3, { ...parents, code: '620724101201', town: '渠口镇' }),
    ]),
    buildings: collection(
      Array.from({ length: BUILDINGS }, (_, i) =>
        building(0.05 + (i % 20) * 0.145, 0.1 + Math.floor(i / 20) * 0.3, {
          id: `B${i}`,
          households: HOUSEHOLDS_PER_BUILDING,
          population: 12,
        }),
      ),
    ),
    barriers: collection([street(0.35), street(0.65)]),
  };
}

/** Writes collections into a folder of their own, the buildings packed; `remove` takes it away again. */
export async function writeFiles(files: Readonly<Record<string, unknown>>) {
  const folder = await mkdtemp(join(tmpdir(), 'onegrid-files-'));
  const paths: Record<string, string> = {};
  for (const [name, content] of Object.entries(files)) {
    const text = typeof content === 'string' ? content : JSON.stringify(content);
    const packed = name === 'buildings';
    paths[name] = join(folder, `${name}.geojson${packed ? '.gz' : ''}`);
    await writeFile(paths[name], packed ? gzipSync(text) : text);
  }
  return { folder, paths, remove: () => rm(folder, { recursive: true, force: true }) };
}
