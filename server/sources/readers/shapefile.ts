// Shapefiles in a zip, each a layer. GDAL reads shapes and numbers; texts come as bytes, for their encoding is seldom said.
import { basename, extname, join } from 'node:path';
import { decodeTexts } from '../../../core/sources/byte-texts.ts';
import { describeLayer } from '../../../core/sources/describe-layer.ts';
import type { RawFeature } from '../../../core/sources/raw-source.ts';
import type { EncodingClaim, TextEncoding } from '../../../core/sources/text-encoding.ts';
import { claimedCrsOf, withDataset } from '../gdal.ts';
import { entryBytes, unpackInto, withZip, type ZipEntry } from '../safe-zip.ts';
import { firstBytes, type SourceFile, unusable } from '../source-file.ts';
import { inWorkFolder } from '../work-folder.ts';
import { chosenLayer } from './chosen-layer.ts';
import type { SourceReader } from './reader.ts';

/** What GDAL gives every byte as one character for. */
const AS_BYTES = ['ENCODING=ISO-8859-1'];
/** Byte of the .dbf header that says the code page, and what it says; other values say nothing, 0x57 neither. */
const LANGUAGE_DRIVER_BYTE = 29;
const LANGUAGE_DRIVERS: Readonly<Record<number, string>> = { 77: 'GBK', 122: 'GBK', 79: 'Big5', 120: 'Big5', 123: 'CP932', 19: 'CP932' };

/** One Shapefile of the zip: its parts by their endings, in lower case. */
interface Parts {
  readonly name: string;
  readonly entries: ReadonlyMap<string, ZipEntry>;
}

interface Shapes {
  readonly name: string;
  readonly features: RawFeature[];
  readonly numbers: number[];
  /** Names in the order of the table. */
  readonly fields: string[];
  readonly claimedCrs: string | null;
  readonly encoding: TextEncoding;
}

export const shapefileReader: SourceReader = {
  inspect: (file, encoding) =>
    withZip(file, async (entries) => {
      const layers = [];
      for (const parts of shapefilesOf(entries)) {
        const shapes = await readShapes(parts, encoding);
        layers.push(describeLayer(shapes.name, shapes.features, shapes, shapes.fields));
      }
      return { layers, attribution: null };
    }),
  read: (file, { layer, encoding }) =>
    withZip(file, async (entries) => {
      const parts = chosenLayer(shapefilesOf(entries), layer);
      const { name, features, numbers, claimedCrs } = await readShapes(parts, encoding);
      return { layer: name, features, numbers, synthetic: false, claimedCrs, attribution: null, findings: [] };
    }),
};

/** Throws UnusableFile when one lacks its table or its shapes. */
function shapefilesOf(entries: readonly ZipEntry[]): Parts[] {
  const byStem = new Map<string, Map<string, ZipEntry>>();
  for (const entry of entries) {
    const ending = extname(entry.name).toLowerCase();
    if (!['.shp', '.shx', '.dbf', '.prj', '.cpg'].includes(ending)) continue;
    const stem = entry.name.slice(0, -ending.length);
    const parts = byStem.get(stem) ?? new Map<string, ZipEntry>();
    byStem.set(stem, parts.set(ending, entry));
  }
  return [...byStem].map(([stem, parts]) => {
    for (const ending of ['.shp', '.dbf']) {
      if (!parts.has(ending)) throw unusable('file-part-missing', { part: `${basename(stem)}${ending}` });
    }
    return { name: basename(stem), entries: parts };
  });
}

function readShapes({ name, entries }: Parts, chosen: string | null): Promise<Shapes> {
  return inWorkFolder(async (folder) => {
    for (const [ending, entry] of entries) {
      if (ending !== '.cpg') await unpackInto(folder, { ...entry, name: `shapes${ending}` });
    }
    const claims = await encodingClaims(entries.get('.cpg'), { path: join(folder, 'shapes.dbf'), name });
    return withDataset(join(folder, 'shapes.shp'), AS_BYTES, async ({ layers: [layer], rows }) => {
      if (!layer) throw unusable('file-broken', { reason: name });
      const features: RawFeature[] = [];
      const numbers: number[] = [];
      for await (const { fid, feature } of rows(layer)) {
        features.push(feature);
        numbers.push(fid + 1);
      }
      const widths = new Map(layer.fields.map((field) => [field.name, field.width ?? 0]));
      return { name, features, numbers, claimedCrs: claimedCrsOf(layer), ...decodeTexts(features, widths, chosen, claims) };
    });
  });
}

async function encodingClaims(cpg: ZipEntry | undefined, dbf: SourceFile): Promise<EncodingClaim[]> {
  const said = cpg ? (await entryBytes(cpg)).toString('latin1').slice(0, 40) : null;
  const driver = firstBytes(dbf, LANGUAGE_DRIVER_BYTE + 1)[LANGUAGE_DRIVER_BYTE] ?? 0;
  return [
    { name: said, by: 'cpg' },
    { name: LANGUAGE_DRIVERS[driver] ?? null, by: 'ldid' },
  ];
}
