// DXF: every layer of the drawing a layer. Closed lines count as areas.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Geometry } from 'geojson';
import { describeLayer } from '../../../core/sources/describe-layer.ts';
import type { RawFeature } from '../../../core/sources/raw-source.ts';
import { decideEncoding, decodeBytes, encodingName, isUtf8, type TextEncoding } from '../../../core/sources/text-encoding.ts';
import { withDataset } from '../gdal.ts';
import { placeFile } from '../place-file.ts';
import { type SourceFile, unusable, wholeFile } from '../source-file.ts';
import { inWorkFolder } from '../work-folder.ts';
import { chosenLayer } from './chosen-layer.ts';
import type { SourceReader } from './reader.ts';

interface Drawing {
  readonly layers: readonly { readonly name: string; readonly features: RawFeature[]; readonly numbers: number[] }[];
  readonly encoding: TextEncoding;
}

export const dxfReader: SourceReader = {
  async inspect(file, chosen) {
    const { layers, encoding } = await readDrawing(file, chosen);
    return { layers: layers.map(({ name, features }) => describeLayer(name, features, { claimedCrs: null, encoding })), attribution: null };
  },
  async read(file, choice) {
    const { name, ...rows } = chosenLayer((await readDrawing(file, choice.encoding)).layers, choice.layer);
    return { layer: name, ...rows, synthetic: false, claimedCrs: null, attribution: null, findings: [] };
  },
};

function readDrawing(file: SourceFile, chosen: string | null): Promise<Drawing> {
  return inWorkFolder(async (folder) => {
    const placed = join(folder, 'source.dxf');
    const bytes = wholeFile(file);
    const encoding = encodingOf(bytes, chosen);
    if (bytes.includes(0)) placeFile(file, placed);
    else writeFileSync(placed, decodeBytes(bytes, encoding.name));
    return withDataset(placed, [], async ({ layers: [entities], rows }) => {
      const layers = new Map<string, { features: RawFeature[]; numbers: number[] }>();
      if (!entities) throw unusable('file-empty');
      for await (const { fid, feature } of rows(entities)) {
        const name = String(feature.properties?.Layer ?? '0');
        const layer = layers.get(name) ?? { features: [], numbers: [] };
        layers.set(name, layer);
        layer.features.push({ ...feature, geometry: areaIfClosed(feature.geometry) });
        layer.numbers.push(fid + 1);
      }
      if (layers.size === 0) throw unusable('file-empty');
      return { layers: [...layers].map(([name, layer]) => ({ name, ...layer })), encoding };
    });
  });
}

/** Drawings have no areas of their own: a border is a line that ends where it begins. */
function areaIfClosed(geometry: Geometry | null): Geometry | null {
  if (geometry?.type !== 'LineString') return geometry;
  const { coordinates } = geometry;
  const [first, last] = [coordinates[0], coordinates[coordinates.length - 1]];
  const closed = coordinates.length >= 4 && first?.[0] === last?.[0] && first?.[1] === last?.[1];
  return closed ? { type: 'Polygon', coordinates: [coordinates] } : geometry;
}

/** Since AutoCAD 2007 all is UTF-8; before, the drawing says its code page. */
function encodingOf(bytes: Buffer, chosen: string | null): TextEncoding {
  const page = /\$DWGCODEPAGE\s+3\s+(\S+)/.exec(bytes.subarray(0, 4096).toString('latin1'))?.[1] ?? null;
  const said = page === null ? null : encodingName(page);
  const decided = decideEncoding(chosen, [], () => isUtf8(bytes));
  return decided.decidedBy === 'gb18030' && said !== null && said !== 'UTF-8' && /^(Big5|CP9)/.test(said)
    ? { ...decided, name: said }
    : decided;
}
