// GeoPackage, FlatGeobuf and File Geodatabase: what GDAL reads without help.
import { dirname, join } from 'node:path';
import { MAX_FEATURES } from '../../../core/import/read-features.ts';
import { describeLayer } from '../../../core/sources/describe-layer.ts';
import type { RawFeature, RawFinding, RawLayer } from '../../../core/sources/raw-source.ts';
import { claimedCrsOf, type GdalLayer, type OpenDataset, withDataset } from '../gdal.ts';
import { layerName } from '../layer-name.ts';
import { placeFile } from '../place-file.ts';
import { unpackInto, withZip } from '../safe-zip.ts';
import { type SourceFile, unusable } from '../source-file.ts';
import { inWorkFolder } from '../work-folder.ts';
import { chosenLayer } from './chosen-layer.ts';
import type { SourceReader } from './reader.ts';

/** Puts the file into the folder so that GDAL knows its format; answers where. */
type Placing = (file: SourceFile, folder: string) => Promise<string>;

interface Rows {
  readonly features: RawFeature[];
  readonly numbers: number[];
}

/** `firstFid`: number that GDAL gives the first row. */
function gdalReader(place: Placing, firstFid: 0 | 1): SourceReader {
  return {
    inspect: (file) =>
      inWorkFolder(async (folder) =>
        withDataset(await place(file, folder), [], async (dataset) => {
          const layers: RawLayer[] = [];
          for (const layer of dataset.layers) layers.push(await describe(dataset, layer, nameOf(layer, file)));
          if (layers.length === 0) throw unusable('file-empty');
          return { layers, attribution: null };
        }),
      ),
    read: (file, choice) =>
      inWorkFolder(async (folder) =>
        withDataset(await place(file, folder), [], async (dataset) => {
          const named = dataset.layers.map((layer) => ({ name: nameOf(layer, file), layer }));
          const { name, layer } = chosenLayer(named, choice.layer);
          const rows = await rowsOf(dataset, layer, firstFid, MAX_FEATURES + 1);
          const findings = await curveFindings(dataset, layer, firstFid);
          return { layer: name, ...rows, synthetic: false, claimedCrs: claimedCrsOf(layer), attribution: null, findings };
        }),
      ),
  };
}

/** Rows by which a large layer is described; its count and box the file knows itself. */
const DESCRIBED_ROWS = 20_000;

async function describe(dataset: OpenDataset, layer: GdalLayer, name: string): Promise<RawLayer> {
  const { features } = await rowsOf(dataset, layer, 0, DESCRIBED_ROWS);
  const fields = layer.fields.map((field) => field.name);
  const described = describeLayer(name, features, { claimedCrs: claimedCrsOf(layer), encoding: null }, fields);
  if (layer.featureCount <= DESCRIBED_ROWS) return described;
  return { ...described, features: layer.featureCount, bounds: layer.geometryFields[0]?.extent ?? described.bounds };
}

/** A FlatGeobuf need not name its only layer. */
const nameOf = ({ name }: GdalLayer, file: SourceFile): string => (name === '' || name === PLACED ? layerName(file.name) : name);

/** Throws UnusableFile when the file breaks off: half a list is worse than none. */
async function rowsOf({ rows }: OpenDataset, layer: GdalLayer, firstFid: number, limit: number): Promise<Rows> {
  const features: RawFeature[] = [];
  const numbers: number[] = [];
  for await (const { fid, feature } of rows(layer, { limit })) {
    features.push(feature);
    numbers.push(fid - firstFid + 1);
  }
  if (features.length > MAX_FEATURES) throw unusable('file-too-many', { limit: MAX_FEATURES });
  const expected = Math.min(layer.featureCount, limit);
  if (features.length < expected) throw unusable('file-broken', { reason: `${features.length} / ${expected}` });
  return { features, numbers };
}

const MAY_HAVE_CURVES = /curve|circular|surface|^geometry/i;

async function curveFindings({ curved }: OpenDataset, layer: GdalLayer, firstFid: number): Promise<RawFinding[]> {
  const findings: RawFinding[] = [];
  if (!MAY_HAVE_CURVES.test(layer.geometryFields[0]?.type ?? '')) return findings;
  for await (const { fid } of curved(layer)) {
    findings.push({ row: fid - firstFid + 1, verdict: 'mended', message: 'curve-straightened', values: {} });
  }
  return findings;
}

const PLACED = 'source';

const linked =
  (ending: string): Placing =>
  async (file, folder) =>
    placeFile(file, join(folder, `${PLACED}${ending}`));

/** The folder that has the tables, under a name with the ending that GDAL asks for. */
const unpackedGeodatabase: Placing = (file, folder) =>
  withZip(file, async (entries) => {
    const table = entries.find(({ name }) => name.endsWith('.gdbtable'));
    const home = table ? dirname(table.name) : '.';
    const placed = join(folder, `${PLACED}.gdb`);
    for (const entry of entries) {
      if (dirname(entry.name) === home) await unpackInto(placed, { ...entry, name: entry.name.slice(home === '.' ? 0 : home.length + 1) });
    }
    return placed;
  });

export const geopackageReader = gdalReader(linked('.gpkg'), 1);
export const flatgeobufReader = gdalReader(linked('.fgb'), 0);
export const fileGeodatabaseReader = gdalReader(unpackedGeodatabase, 1);
