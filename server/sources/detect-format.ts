// The format of a file by its content; by its name only where several formats share the content.
import { constants, gunzipSync } from 'node:zlib';
import type { SourceFormat } from '../../core/api/import-messages.ts';
import { decodeBytes, isUtf8 } from '../../core/sources/text-encoding.ts';
import { withZip } from './safe-zip.ts';
import { firstBytes, isGzip, type SourceFile, unusable } from './source-file.ts';

/** Enough for the first features of an open map to tell where they come from. */
const HEAD_BYTES = 64 * 1024;

const SHAPEFILE_MAGIC = 9994;
const OLD_OFFICE_MAGIC = 0xd0cf11e0;
const ZIP_MAGIC = [0x04034b50, 0x06054b50];

/** null: a zip that packs files of other formats. Throws UnusableFile. */
export async function detectFormat(file: SourceFile): Promise<SourceFormat | null> {
  const head = unpackedHead(firstBytes(file, HEAD_BYTES));
  if (head.length === 0) throw unusable('file-empty');
  const magic = head.length < 4 ? 0 : head.readUInt32BE(0);
  if (head.length >= 4 && ZIP_MAGIC.includes(head.readUInt32LE(0))) return formatOfZip(file);
  if (magic === OLD_OFFICE_MAGIC) throw unusable('file-format-old', { name: file.name });
  if (magic === SHAPEFILE_MAGIC) throw unusable('file-part-missing', { part: '.dbf' });
  const format = formatOfBytes(head) ?? formatOfText(head, file.name);
  if (format === null) throw unusable('file-format-unknown', { name: file.name });
  return format;
}

/** A gzip that breaks off gives what it has. */
function unpackedHead(head: Buffer): Buffer {
  if (!isGzip(head)) return head;
  try {
    return gunzipSync(head, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: 1024 * HEAD_BYTES }).subarray(0, HEAD_BYTES);
  } catch (error) {
    throw unusable('file-broken', { reason: error instanceof Error ? error.message : '' });
  }
}

function formatOfBytes(head: Buffer): SourceFormat | null {
  const start = head.subarray(0, 64).toString('latin1');
  if (start.startsWith('SQLite format 3\0')) return 'geopackage';
  if (start.startsWith('fgb')) return 'flatgeobuf';
  if (start.startsWith('AutoCAD Binary DXF')) return 'dxf';
  return start.includes('OSMHeader') ? 'osm' : null;
}

/** What only Overpass and the exports of OpenStreetMap write. */
const OVERPASS = /"(osm3s|generator)"\s*:/;
const OSM_ORIGIN = /"@?id"\s*:\s*"(way|relation|node)\/\d|"source"\s*:\s*"openstreetmap\.org"/;

/** An object, a list, a record of GeoJSONSeq. */
const JSON_STARTS = new Set(['{', '[', '\u001E']);

function formatOfText(head: Buffer, name: string): SourceFormat | null {
  const wide = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
  if (!wide && head.includes(0)) return null;
  const text = decodeBytes(
    head,
    wide ? (head[0] === 0xff ? 'UTF-16LE' : 'UTF-16BE') : isUtf8(head, true) ? 'UTF-8' : 'GB18030',
  ).trimStart();
  if (text.startsWith('<')) return /<osm[\s>]/.test(text) ? 'osm' : /<(\w+:)?kml[\s>]/.test(text) ? 'kml' : null;
  if (JSON_STARTS.has(text[0] ?? '')) {
    const overpass = OVERPASS.test(text) && /"elements"\s*:/.test(text);
    return overpass || OSM_ORIGIN.test(text) ? 'osm' : 'geojson';
  }
  if (/^(999\s*\r?\n.*\r?\n\s*)?0\s*\r?\n\s*SECTION/.test(text)) return 'dxf';
  if (/\.(geo)?json(\.gz)?$/i.test(name)) return 'geojson';
  return /\.(csv|tsv|txt)(\.gz)?$/i.test(name) || /[,;\t|，]/.test(text.split('\n', 1)[0] ?? '') ? 'csv' : null;
}

const KMZ_NAME = /\.kmz$/i;

function formatOfZip(file: SourceFile): Promise<SourceFormat | null> {
  return withZip(file, async (entries) => {
    const has = (pattern: RegExp): boolean => entries.some(({ name }) => pattern.test(name));
    if (entries.length === 0) throw unusable('file-empty');
    if (has(/^xl\/workbook\.xml$/i)) return 'xlsx';
    if (has(/\.gdbtable$/i)) return 'file-geodatabase';
    if (has(/\.(shp|dbf)$/i)) return 'shapefile';
    return has(/^doc\.kml$/i) || (KMZ_NAME.test(file.name) && has(/\.kml$/i)) ? 'kml' : null;
  });
}
