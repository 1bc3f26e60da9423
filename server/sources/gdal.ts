// GDAL in this thread: opens files of a folder and hands on the rows of their layers, in coordinates and words of the file.
import { createReadStream, mkdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { createInterface } from 'node:readline';
import initGdal from 'gdal3.js/node.js';
import type { RawFeature } from '../../core/sources/raw-source.ts';
import { unusable } from './source-file.ts';

const LIBRARY = join(dirname(createRequire(import.meta.url).resolve('gdal3.js/node.js')), 'dist', 'package');

/** How GDAL reads what we give it; see “Configuration options” of GDAL. */
const SETTINGS = {
  SHAPE_RESTORE_SHX: 'YES',
  DXF_ENCODING: 'UTF-8',
  CPL_TMPDIR: '/output',
};

/** Coordinates stay as they are: a layer that has no system of its own, and a writer that would change it otherwise. */
const AS_IT_IS = ['-a_srs', 'EPSG:4326', '-nlt', 'CONVERT_TO_LINEAR', '-skipfailures', '-preserve_fid'];
/** Decimals of a degree or metre: far below what any survey knows. */
const DECIMALS = 11;
const CURVED =
  "SELECT FID FROM \"LAYER\" WHERE OGR_GEOMETRY LIKE '%CURVE%' OR OGR_GEOMETRY LIKE '%CIRCULAR%' OR OGR_GEOMETRY = 'MULTISURFACE'";
/** Where the library writes. */
export const OUTPUT_MOUNT = '/output';

interface GdalField {
  readonly name: string;
  readonly type: string;
  readonly width?: number;
}

export interface GdalLayer {
  readonly name: string;
  readonly featureCount: number;
  readonly fields: readonly GdalField[];
  readonly geometryFields: readonly {
    readonly type: string;
    readonly extent?: [number, number, number, number];
    readonly coordinateSystem?: { readonly projjson?: ProjJson };
  }[];
  readonly metadata?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

interface ProjJson {
  readonly name?: string;
  readonly id?: { readonly authority: string; readonly code: number | string };
}

interface GdalDataset {
  readonly pointer: number;
  readonly info?: { readonly layers?: readonly GdalLayer[] };
}

type InformedDataset = GdalDataset & { readonly info: { readonly layers: readonly GdalLayer[] } };

interface Gdal {
  open(path: string, options: readonly string[]): Promise<{ readonly datasets: readonly GdalDataset[] }>;
  close(dataset: GdalDataset): Promise<void>;
  ogr2ogr(dataset: GdalDataset, options: readonly string[], name: string): Promise<{ readonly real: string }>;
  readonly Module: {
    readonly FS: { mount(type: unknown, options: { readonly root: string }, at: string): void; unmount(at: string): void };
    readonly NODEFS: unknown;
  };
}

export interface GdalRow {
  /** As GDAL numbers them: FID. */
  readonly fid: number;
  readonly feature: RawFeature;
}

export interface OpenDataset {
  readonly layers: readonly GdalLayer[];
  /** Rows of a layer, one after the other. `where`: a condition in the SQL of OGR; `limit`: no more rows than that. */
  rows(layer: GdalLayer, only?: { readonly where?: string; readonly limit?: number }): AsyncGenerator<GdalRow>;
  /** Those rows whose geometry has curves; without their fields. */
  curved(layer: GdalLayer): AsyncGenerator<GdalRow>;
}

/** `EPSG:4490`, the name of a system that has no such number, or null. */
export function claimedCrsOf({ geometryFields }: GdalLayer): string | null {
  const system = geometryFields[0]?.coordinateSystem?.projjson;
  return system?.id ? `${system.id.authority}:${system.id.code}` : (system?.name ?? null);
}

let loading: Promise<Gdal> | null = null;

/**
 * Opens a file whose name has the ending of its format, in a folder that GDAL may write into. `options`: open options of the driver.
 * One after the other within a thread. Throws UnusableFile.
 */
export async function withDataset<Answer>(
  path: string,
  options: readonly string[],
  work: (dataset: OpenDataset) => Promise<Answer>,
): Promise<Answer> {
  const gdal = await loadGdal();
  const output = join(dirname(path), 'rows');
  mkdirSync(output, { recursive: true });
  const { FS, NODEFS } = gdal.Module;
  FS.mount(NODEFS, { root: output }, OUTPUT_MOUNT);
  try {
    const dataset = await open(gdal, path, options);
    try {
      let outputs = 0;
      const translate = (rest: readonly string[]) => translated(gdal, dataset, rest, join(output, `${outputs++}`));
      return await work({
        layers: dataset.info.layers.filter(({ name }) => !name.startsWith('-')),
        rows: (layer, { where, limit } = {}) =>
          translate([
            ...(where === undefined ? [] : ['-where', where]),
            ...(limit === undefined ? [] : ['-limit', `${limit}`]),
            layer.name,
          ]),
        curved: (layer) => translate(['-dialect', 'OGRSQL', '-sql', CURVED.replace('LAYER', layer.name.replaceAll('"', '\\"'))]),
      });
    } finally {
      await gdal.close(dataset);
    }
  } finally {
    FS.unmount(OUTPUT_MOUNT);
  }
}

/** The library in this thread. Its files are looked for from the folder of the process, so that is how they have to be named. */
export function loadGdal(): Promise<Gdal> {
  loading ??= initGdal({
    path: relative(process.cwd(), LIBRARY),
    env: SETTINGS,
    logHandler: () => {},
    errorHandler: () => {},
  }) as Promise<Gdal>;
  return loading;
}

async function open(gdal: Gdal, path: string, options: readonly string[]): Promise<InformedDataset> {
  const opened = await gdal.open(path, options).catch((errors: unknown) => {
    throw unusable('file-broken', { reason: complaintOf(errors) });
  });
  const [dataset] = opened.datasets;
  if (!dataset?.info?.layers) throw unusable('file-broken', { reason: '' });
  return dataset as InformedDataset;
}

async function* translated(gdal: Gdal, dataset: InformedDataset, rest: readonly string[], output: string): AsyncGenerator<GdalRow> {
  const writer = ['-f', 'GeoJSONSeq', '-lco', 'RS=NO', '-lco', `COORDINATE_PRECISION=${DECIMALS}`];
  const { real } = await gdal.ogr2ogr(dataset, [...writer, ...AS_IT_IS, ...rest], basename(output)).catch((errors: unknown) => {
    throw unusable('file-broken', { reason: complaintOf(errors) });
  });
  const path = join(dirname(output), basename(real));
  let count = 0;
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
    if (line === '') continue;
    const { id, properties, geometry } = JSON.parse(line) as RawFeature;
    yield { fid: typeof id === 'number' ? id : count, feature: { type: 'Feature', properties, geometry } };
    count += 1;
  }
  rmSync(path);
}

function complaintOf(errors: unknown): string {
  const [first] = Array.isArray(errors) ? errors : [errors];
  const message = typeof first === 'object' && first !== null && 'message' in first ? String(first.message) : String(first);
  return message
    .replaceAll(/\/(input|output)\//g, '')
    .trim()
    .slice(0, 200);
}
