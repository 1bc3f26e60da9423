// Extracts of OpenStreetMap in their three forms give the same barriers and buildings.
import { PbfWriter } from 'pbf';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OSM_ATTRIBUTION } from '../../core/import/osm.ts';
import { inspectSource, readSource } from '../../server/sources/open-source.ts';
import { type SourceFolder, sourceFolder } from './source-files.ts';

interface Node {
  readonly id: number;
  readonly lat: number;
  readonly lon: number;
}
interface Way {
  readonly id: number;
  readonly nodes: readonly number[];
  readonly tags: Readonly<Record<string, string>>;
}

const nodes: Node[] = [
  [121.48, 31.23],
  [121.49, 31.23],
  [121.49, 31.24],
  [121.48, 31.24],
].map(([lon = 0, lat = 0], i) => ({ id: i + 1, lon, lat }));
const round = [1, 2, 3, 4, 1];
const ways: Way[] = [
  { id: 11, nodes: [1, 2], tags: { highway: 'primary', name: 'Zhongshan Road', 'name:zh': '中山路' } },
  { id: 12, nodes: [2, 3], tags: { highway: 'footway' } },
  { id: 13, nodes: [3, 4], tags: { railway: 'subway', tunnel: 'yes' } },
  { id: 14, nodes: [1, 3], tags: { waterway: 'canal', name: '虹口港' } },
  { id: 15, nodes: round, tags: { building: 'apartments', name: '莫𡐓楼' } },
  { id: 16, nodes: round, tags: { natural: 'water' } },
  { id: 17, nodes: round, tags: { highway: 'service' } },
];

const message = (write: (pbf: PbfWriter) => void): Uint8Array => {
  const pbf = new PbfWriter();
  write(pbf);
  return pbf.finish();
};

/** Length, BlobHeader, Blob, as the OSM wiki describes the format; not packed. */
function block(type: string, content: Uint8Array): Uint8Array {
  const blob = message((pbf) => {
    pbf.writeBytesField(1, content);
    pbf.writeVarintField(2, content.length);
  });
  const header = message((pbf) => {
    pbf.writeStringField(1, type);
    pbf.writeVarintField(3, blob.length);
  });
  const length = Buffer.alloc(4);
  length.writeUInt32BE(header.length);
  return Buffer.concat([length, header, blob]);
}

const STEPS_PER_DEGREE = 1e7;

function pbfFile(): Uint8Array {
  const strings = ['', ...new Set(ways.flatMap(({ tags }) => Object.entries(tags).flat()))];
  const index = (text: string): number => strings.indexOf(text);
  const nodeOf = ({ id, lat, lon }: Node) =>
    message((pbf) => {
      pbf.writeSVarintField(1, id);
      pbf.writeSVarintField(8, Math.round(lat * STEPS_PER_DEGREE));
      pbf.writeSVarintField(9, Math.round(lon * STEPS_PER_DEGREE));
    });
  const wayOf = (way: Way) =>
    message((pbf) => {
      pbf.writeVarintField(1, way.id);
      pbf.writePackedVarint(2, Object.keys(way.tags).map(index));
      pbf.writePackedVarint(3, Object.values(way.tags).map(index));
      pbf.writePackedSVarint(
        8,
        way.nodes.map((node, i) => node - (way.nodes[i - 1] ?? 0)),
      );
    });
  const data = message((pbf) => {
    pbf.writeBytesField(
      1,
      message((table) => {
        for (const text of strings) table.writeBytesField(1, Buffer.from(text));
      }),
    );
    pbf.writeBytesField(
      2,
      message((group) => {
        for (const node of nodes) group.writeBytesField(1, nodeOf(node));
      }),
    );
    pbf.writeBytesField(
      2,
      message((group) => {
        for (const way of ways) group.writeBytesField(3, wayOf(way));
      }),
    );
  });
  const header = message((pbf) => pbf.writeStringField(4, 'OsmSchema-V0.6'));
  return Buffer.concat([block('OSMHeader', header), block('OSMData', data)]);
}

function xmlFile(): string {
  const points = nodes.map(({ id, lat, lon }) => `<node id="${id}" lat="${lat}" lon="${lon}" version="1"/>`);
  const lines = ways.map(({ id, nodes: refs, tags }) => {
    const inner = [...refs.map((ref) => `<nd ref="${ref}"/>`), ...Object.entries(tags).map(([k, v]) => `<tag k="${k}" v="${v}"/>`)];
    return `<way id="${id}" version="1">${inner.join('')}</way>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<osm version="0.6">${[...points, ...lines].join('\n')}</osm>`;
}

function overpassFile(): string {
  const elements = [...nodes.map((node) => ({ type: 'node', ...node })), ...ways.map((way) => ({ type: 'way', ...way }))];
  return JSON.stringify({ version: 0.6, generator: 'Overpass API', osm3s: {}, elements });
}

describe('OpenStreetMap', () => {
  let folder: SourceFolder;
  beforeAll(() => {
    folder = sourceFolder();
  });
  afterAll(() => folder.remove());

  it.each<[string, () => string | Uint8Array]>([
    ['extract.osm.pbf', pbfFile],
    ['extract.osm', xmlFile],
    ['overpass.json', overpassFile],
  ])('%s gives roads, water and buildings with our fields', async (name, contentOf) => {
    const path = folder.write(name, contentOf());
    const inspected = await inspectSource(path, name);
    expect(inspected).toMatchObject({ format: 'osm', attribution: OSM_ATTRIBUTION });
    expect(inspected.layers.map((layer) => [layer.name, layer.features, layer.claimedCrs])).toEqual([
      ['roads', 2, 'EPSG:4326'],
      ['water', 2, 'EPSG:4326'],
      ['buildings', 1, 'EPSG:4326'],
    ]);
    const rowsOf = async (layer: string) => {
      const { features, attribution } = await readSource(path, name, { layer, encoding: null });
      expect(attribution).toBe(OSM_ATTRIBUTION);
      return features.map(({ properties, geometry }) => [properties, geometry?.type]);
    };
    // The subway below ground and the footway part nobody.
    expect(await rowsOf('roads')).toEqual([
      [{ id: 'way/11', name: '中山路', class: 'main-road' }, 'LineString'],
      [{ id: 'way/17', name: '', class: 'lane' }, 'LineString'],
    ]);
    const water = await rowsOf('water');
    expect(water).toContainEqual([{ id: 'way/14', name: '虹口港', class: 'river' }, 'LineString']);
    expect(water.map(([properties]) => (properties as { id: string }).id).toSorted()).toEqual(['way/14', 'way/16']);
    const [building] = await rowsOf('buildings');
    expect(building?.[0]).toEqual({ id: 'way/15', name: '莫𡐓楼', use: 'residential' });
    expect(building?.[1]).toMatch(/Polygon$/);
  });

  it('refuses an extract without anything that divides or houses', async () => {
    const path = folder.write(
      'empty.json',
      JSON.stringify({ generator: 'Overpass API', elements: nodes.map((node) => ({ type: 'node', ...node })) }),
    );
    await expect(inspectSource(path, 'empty.json')).rejects.toMatchObject({ reason: 'file-empty' });
  });
});
