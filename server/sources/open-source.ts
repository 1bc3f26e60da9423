// Opens a file of an import whatever its format: what is in it, and the rows of one of its layers.
import type { SourceFormat } from '../../core/api/import-messages.ts';
import { UnusableFile } from '../../core/import/unusable-file.ts';
import type { InspectedSource, RawRows } from '../../core/sources/raw-source.ts';
import { encodingName } from '../../core/sources/text-encoding.ts';
import { csvReader } from './readers/csv.ts';
import { dxfReader } from './readers/dxf.ts';
import { fileGeodatabaseReader, flatgeobufReader, geopackageReader } from './readers/gdal-readers.ts';
import { geojsonReader } from './readers/geojson.ts';
import { kmlReader } from './readers/kml.ts';
import { osmReader } from './readers/osm.ts';
import type { ReadChoice, SourceReader } from './readers/reader.ts';
import { shapefileReader } from './readers/shapefile.ts';
import { xlsxReader } from './readers/xlsx.ts';
import { unusable } from './source-file.ts';
import { withUnpacked } from './unpacked-file.ts';

const READERS: Readonly<Record<SourceFormat, SourceReader>> = {
  kml: kmlReader,
  dxf: dxfReader,
  geojson: geojsonReader,
  shapefile: shapefileReader,
  geopackage: geopackageReader,
  'file-geodatabase': fileGeodatabaseReader,
  flatgeobuf: flatgeobufReader,
  csv: csvReader,
  xlsx: xlsxReader,
  osm: osmReader,
};

/** Layers, fields with some values, box and encoding. `name`: as the file was sent. Throws UnusableFile. */
export async function inspectSource(path: string, name: string, how: { readonly encoding?: string | null } = {}): Promise<InspectedSource> {
  return withUnpacked({ path, name }, async (file, format) => ({
    format,
    ...(await guarded(() => READERS[format].inspect(file, knownEncoding(how.encoding ?? null)))),
  }));
}

/** The rows of a layer; null: of the first. `onShare`: how much is done, 0–1. Throws UnusableFile. */
export async function readSource(path: string, name: string, choice: ReadChoice, onShare?: (share: number) => void): Promise<RawRows> {
  return withUnpacked({ path, name }, async (file, format) => {
    const encoding = knownEncoding(choice.encoding);
    return { format, ...(await guarded(() => READERS[format].read(file, { ...choice, encoding }, onShare ?? (() => {})))) };
  });
}

function knownEncoding(said: string | null): string | null {
  if (said === null) return null;
  const name = encodingName(said);
  if (name === null) throw unusable('file-encoding-unknown', { encoding: said.slice(0, 40) });
  return name;
}

/** Libraries fail in their own ways over broken files; all of them mean that the file is broken. */
async function guarded<Answer>(work: () => Promise<Answer>): Promise<Answer> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof UnusableFile) throw error;
    throw unusable('file-broken', {
      reason: String(error instanceof Error ? error.message : error)
        .replace(/\p{Cc}+/gu, ' ')
        .slice(0, 200),
    });
  }
}
