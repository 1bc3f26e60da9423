// KML and KMZ: every folder a layer, fields from the extended data. In degrees of WGS 84, as the format demands.
import { kmlWithFolders } from '@tmcw/togeojson';
import { DOMParser } from '@xmldom/xmldom';
import { describeLayer } from '../../../core/sources/describe-layer.ts';
import type { RawFeature } from '../../../core/sources/raw-source.ts';
import { decodeBytes, encodingName, isUtf8 } from '../../../core/sources/text-encoding.ts';
import { layerName } from '../layer-name.ts';
import { entryBytes, withZip } from '../safe-zip.ts';
import { firstBytes, type SourceFile, unusable, wholeFile } from '../source-file.ts';
import { chosenLayer } from './chosen-layer.ts';
import type { SourceReader } from './reader.ts';

const CRS = 'EPSG:4326';

interface Layer {
  readonly name: string;
  readonly features: RawFeature[];
}

export const kmlReader: SourceReader = {
  async inspect(file) {
    const layers = await readLayers(file);
    return {
      layers: layers.map(({ name, features }) => describeLayer(name, features, { claimedCrs: CRS, encoding: null })),
      attribution: null,
    };
  },
  async read(file, choice) {
    const { name, features } = chosenLayer(await readLayers(file), choice.layer);
    return { layer: name, features, numbers: undefined, synthetic: false, claimedCrs: CRS, attribution: null, findings: [] };
  },
};

async function readLayers(file: SourceFile): Promise<Layer[]> {
  const document = new DOMParser({ onError: refuseBroken }).parseFromString(textOf(await kmlBytes(file)), 'text/xml');
  const layers = new Map<string, RawFeature[]>();
  collect(kmlWithFolders(document).children, layerName(file.name), layers);
  if (layers.size === 0) throw unusable('file-empty');
  return [...layers].map(([name, features]) => ({ name, features }));
}

function refuseBroken(level: 'warning' | 'error' | 'fatalError', message: string): void {
  if (level === 'fatalError') throw unusable('file-broken', { reason: message.slice(0, 200) });
}

/** A KMZ is a zip with one KML in it, and pictures. */
async function kmlBytes(file: SourceFile): Promise<Buffer> {
  if (firstBytes(file, 2).toString('latin1') !== 'PK') return wholeFile(file);
  return withZip(file, (entries) => {
    const entry = entries.find(({ name }) => name === 'doc.kml') ?? entries.find(({ name }) => /\.kml$/i.test(name));
    if (!entry) throw unusable('file-empty');
    return entryBytes(entry);
  });
}

/** As the XML declaration says; programs here also write GBK, and some without saying so. */
function textOf(bytes: Buffer): string {
  const said = /^.{0,3}<\?xml[^>]*encoding=["']([\w-]+)["']/s.exec(bytes.subarray(0, 200).toString('latin1'))?.[1];
  const claimed = encodingName(said ?? 'UTF-8') ?? 'UTF-8';
  return decodeBytes(bytes, claimed === 'UTF-8' && !isUtf8(bytes) ? 'GB18030' : claimed);
}

type Node = ReturnType<typeof kmlWithFolders>['children'][number];

/** Folders within folders are called by the path to them. */
function collect(nodes: readonly Node[], name: string, layers: Map<string, RawFeature[]>): void {
  for (const node of nodes) {
    if (node.type === 'folder') collect(node.children, String(node.meta.name ?? name), layers);
    else layers.set(name, [...(layers.get(name) ?? []), featureOf(node)]);
  }
}

/** Styles are no fields. */
const STYLE = /^(styleUrl|styleHash|stroke|fill|icon|label|visibility|@geometry-type)/;

function featureOf({ properties, geometry }: RawFeature): RawFeature {
  const fields = Object.entries(properties ?? {}).filter(([key]) => !STYLE.test(key));
  return { type: 'Feature', properties: Object.fromEntries(fields.map(([key, value]) => [key, plain(value)])), geometry };
}

/** A description may come as an object of type and text. */
const plain = (value: unknown): unknown => (typeof value === 'object' && value !== null && 'value' in value ? value.value : value);
