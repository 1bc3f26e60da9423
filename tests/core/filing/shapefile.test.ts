// The layout as a Shapefile: what a survey institute opens is what was filed, rare characters included.
import { unzipSync } from 'fflate';
import shp from 'shpjs';
import { describe, expect, it } from 'vitest';
import { packagedLayout } from '../../../core/filing/json-files.ts';
import { layoutShapefile } from '../../../core/filing/shapefile/layout-shapefile.ts';
import { filedCounty } from './filed-county.ts';

const DAY = '2026-03-01';
const layout = packagedLayout(filedCounty());

const RARE = '莫𡐓村第一网格';
const renamed = structuredClone(layout);
const [first] = renamed.features;
if (first) (first.properties as { name: string }).name = RARE;

type Fields = Record<string, string>;

/** Our own reader, by the published format. */
function rowsOf(dbf: Uint8Array, encoding: string): Fields[] {
  const view = new DataView(dbf.buffer, dbf.byteOffset);
  const [rows, headerBytes, rowBytes] = [view.getUint32(4, true), view.getUint16(8, true), view.getUint16(10, true)];
  const decoder = new TextDecoder(encoding, { fatal: true });
  const fields: { name: string; width: number }[] = [];
  for (let at = 32; dbf[at] !== 0x0d; at += 32) {
    fields.push({ name: decoder.decode(dbf.subarray(at, at + 11)).replace(/\0.*/, ''), width: dbf[at + 16] as number });
  }
  expect(dbf.length).toBe(headerBytes + rows * rowBytes + 1);
  return Array.from({ length: rows }, (_, row) => {
    let at = headerBytes + row * rowBytes + 1;
    return Object.fromEntries(
      fields.map(({ name, width }) => {
        at += width;
        return [name, decoder.decode(dbf.subarray(at - width, at)).trim()];
      }),
    );
  });
}

describe.each([
  ['GBK', layout, 0x4d],
  ['GB18030', renamed, 0],
])('in %s', (encoding, filed, languageDriver) => {
  const zip = layoutShapefile(filed, DAY);
  const files = unzipSync(zip);
  const dbf = files['layout.dbf'] as Uint8Array;

  it('has every grid with its fields', () => {
    expect(new TextDecoder().decode(files['layout.cpg'])).toBe(encoding);
    expect([dbf[0], dbf[29], ...dbf.subarray(1, 4)]).toEqual([3, languageDriver, 126, 3, 1]);
    const rows = rowsOf(dbf, encoding.toLowerCase());
    expect(rows).toEqual(
      filed.features.map(({ properties: { code, name, kind, community, area_m2, households, population } }) => ({
        WGBM: code,
        WGMC: name,
        WGLX: kind === 'urban' ? '城市网格' : '农村网格',
        SSCSQ: community,
        MJ: area_m2.toFixed(2),
        HS: String(households),
        RS: String(population),
      })),
    );
  });

  it('explains its fields', () => {
    const dictionary = new TextDecoder('utf-8', { ignoreBOM: true }).decode(files['dictionary.txt']);
    for (const field of ['WGBM', 'WGMC', 'WGLX', 'SSCSQ', 'MJ', 'HS', 'RS']) expect(dictionary).toMatch(new RegExp(`^${field}\t.+`, 'm'));
  });

  it('is read by another library as it was written', async () => {
    const { features } = await shp(zip);
    expect(features.map(({ properties }) => [properties.WGBM, properties.WGMC, properties.HS])).toEqual(
      filed.features.map(({ properties }) => [properties.code, properties.name, properties.households]),
    );
    features.forEach(({ geometry }, i) => {
      const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
      const written = filed.features[i]?.geometry.coordinates ?? [];
      // Clockwise in the file, counter-clockwise in GeoJSON.
      expect(polygons.map((rings) => rings.length)).toEqual(written.map((rings) => rings.length));
      const vertices = (area: typeof polygons) => area.flat(2).map(([x = 0, y = 0]) => `${x.toFixed(7)} ${y.toFixed(7)}`);
      expect(vertices(polygons).sort()).toEqual(vertices(written).sort());
    });
  });
});

it('a name that is too long ends with a whole character', () => {
  const long = structuredClone(layout);
  for (const { properties } of long.features) (properties as { name: string }).name = '网'.repeat(200);
  const files = unzipSync(layoutShapefile(long, DAY));
  expect(rowsOf(files['layout.dbf'] as Uint8Array, 'gbk')[0]?.WGMC).toBe('网'.repeat(127));
});
