// OpenStreetMap: .osm.pbf and .osm through GDAL, Overpass JSON through osmtogeojson, GeoJSON of map extracts. Three layers, fields ours already.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FeatureCollection, Geometry } from 'geojson';
import osmtogeojson from 'osmtogeojson';
import {
  OSM_ATTRIBUTION,
  OSM_LAYERS,
  type OsmFeature,
  type OsmLayer,
  type OsmRows,
  type OsmTags,
  osmRows,
} from '../../../core/import/osm.ts';
import { tagsOfTiles } from '../../../core/import/osm-tiles.ts';
import { describeLayer } from '../../../core/sources/describe-layer.ts';
import { decodeText } from '../../../core/sources/text-encoding.ts';
import { withDataset } from '../gdal.ts';
import { placeFile } from '../place-file.ts';
import { firstBytes, isGzip, type SourceFile, unusable, wholeFile } from '../source-file.ts';
import { inWorkFolder } from '../work-folder.ts';
import { chosenLayer } from './chosen-layer.ts';
import type { SourceReader } from './reader.ts';

/** OpenStreetMap is always in degrees of WGS 84. */
const CRS = 'EPSG:4326';

export const osmReader: SourceReader = {
  async inspect(file) {
    const layers = layersOf(await readFeatures(file));
    return {
      layers: layers.map(({ name, features }) => describeLayer(name, features, { claimedCrs: CRS, encoding: null })),
      attribution: OSM_ATTRIBUTION,
    };
  },
  async read(file, choice) {
    const { name, ...rows } = chosenLayer(layersOf(await readFeatures(file)), choice.layer);
    return { layer: name, ...rows, synthetic: false, claimedCrs: CRS, attribution: OSM_ATTRIBUTION };
  },
};

/** Those that have features. */
function layersOf(features: readonly OsmFeature[]): (OsmRows & { readonly name: OsmLayer })[] {
  const layers = OSM_LAYERS.map((name) => ({ name, ...osmRows(name, features) })).filter((layer) => layer.features.length > 0);
  if (layers.length === 0) throw unusable('file-empty');
  return layers;
}

function readFeatures(file: SourceFile): Promise<OsmFeature[]> | OsmFeature[] {
  const packed = isGzip(firstBytes(file, 2));
  const head = packed ? wholeFile(file).subarray(0, HEAD_BYTES) : firstBytes(file, HEAD_BYTES);
  const start = head.toString('latin1').replace(BYTE_ORDER_MARK, '').trimStart();
  if (start.startsWith('{')) return featuresOfJson(parseJson(decodeText(wholeFile(file), null).text));
  return inWorkFolder(async (folder) => {
    const placed = join(folder, start.startsWith('<') ? 'source.osm' : 'source.osm.pbf');
    if (packed) writeFileSync(placed, wholeFile(file));
    else placeFile(file, placed);
    writeFileSync(join(folder, 'osmconf.ini'), CONFIGURATION);
    return featuresByGdal(placed);
  });
}

const HEAD_BYTES = 256;
const BYTE_ORDER_MARK = /^\u00EF\u00BB\u00BF/;

/** The tags that osm.ts looks at, by the layers of GDAL in which they matter; where a tag makes a closed way an area. */
const NAMES = 'name,name:zh,name:zh-Hans,name:zh-CN';
const TAGS = {
  points: { attributes: `${NAMES},building`, where: 'building IS NOT NULL' },
  lines: {
    attributes: `${NAMES},highway,railway,waterway,natural,barrier,service,tunnel,layer,location,intermittent,water`,
    where: 'highway IS NOT NULL OR railway IS NOT NULL OR waterway IS NOT NULL OR "natural" IS NOT NULL OR barrier IS NOT NULL',
  },
  multipolygons: {
    attributes: `${NAMES},building,natural,waterway,landuse,water,tunnel,layer,location,intermittent`,
    where: 'building IS NOT NULL OR "natural" IS NOT NULL OR waterway IS NOT NULL OR landuse = \'reservoir\'',
  },
} as const;
const CONFIGURATION = [
  'closed_ways_are_polygons=building,natural,landuse,waterway=riverbank,waterway=dock',
  'attribute_name_laundering=no',
  ...Object.entries(TAGS).map(([layer, { attributes }]) => `[${layer}]\nosm_id=yes\nattributes=${attributes}`),
].join('\n');

/** The driver goes through a file once, so it is opened for every layer anew. */
async function featuresByGdal(path: string): Promise<OsmFeature[]> {
  const features: OsmFeature[] = [];
  for (const [name, { where }] of Object.entries(TAGS)) {
    await withDataset(path, ['CONFIG_FILE=/input/osmconf.ini'], async ({ layers, rows }) => {
      const layer = layers.find((candidate) => candidate.name === name);
      if (!layer) return;
      for await (const { feature } of rows(layer, { where })) {
        const { osm_id, osm_way_id, ...tags } = feature.properties ?? {};
        const id =
          name === 'points' ? `node/${osm_id}` : name === 'lines' ? `way/${osm_id}` : osm_id ? `relation/${osm_id}` : `way/${osm_way_id}`;
        features.push({ number: features.length + 1, id, tags: tagsOf(tags), geometry: feature.geometry });
      }
    });
  }
  return features;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw unusable('file-not-json', { reason: error instanceof Error ? error.message.slice(0, 200) : '' });
  }
}

/** An answer of Overpass, or GeoJSON whose properties are tags. */
function featuresOfJson(parsed: unknown): OsmFeature[] {
  const isAnswer = typeof parsed === 'object' && parsed !== null && 'elements' in parsed;
  const collection = (isAnswer ? osmtogeojson(parsed, { flatProperties: true }) : parsed) as Partial<FeatureCollection<Geometry | null>>;
  if (!Array.isArray(collection.features)) throw unusable('file-not-features', { type: String(collection.type ?? '') });
  return collection.features.map((feature, i) => {
    const properties: Readonly<Record<string, unknown>> = feature?.properties ?? {};
    const id = String(properties['@id'] ?? properties.id ?? feature?.id ?? i + 1);
    return { number: i + 1, id, tags: tagsOf(tagsOfTiles(properties)), geometry: feature?.geometry ?? null };
  });
}

function tagsOf(properties: Readonly<Record<string, unknown>>): OsmTags {
  return Object.fromEntries(Object.entries(properties).flatMap(([key, value]) => (value === null ? [] : [[key, String(value)]])));
}
