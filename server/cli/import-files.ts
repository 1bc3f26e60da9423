// The files of `onegrid import` and what is said of each: options that follow a file are about that file.
import type { Command } from 'commander';
import type { ImportKind, SourceChoice } from '../../core/api/import-messages.ts';
import { IMPORT_KINDS } from '../../core/import/findings.ts';
import { UnusableInput } from './exit.ts';
import { say } from './texts.ts';

/** What the command line says of a file; what is missing is guessed. */
export interface ToldFile {
  readonly path: string;
  readonly kind?: ImportKind;
  readonly layer?: string;
  readonly crs?: string;
  readonly swapAxes?: boolean;
  readonly encoding?: string;
  readonly fields: SourceChoice['fields'];
  readonly settings: SourceChoice['settings'];
}

interface Draft {
  path?: string;
  said: Map<string, string>;
  fields: Record<string, string>;
}

const KIND_OPTIONS: Readonly<Record<ImportKind, string>> = {
  communities: 'areas with code (12 digits) and name; also the names of the regions above',
  buildings: 'footprints or points, or a table with coordinates; households, population, id, name, use',
  households: 'a list of households by building id, address, name or place',
  barriers: 'lines with class: river, railway, main-road, secondary, street, lane, wall',
  institutions: 'areas with name and use',
  'department-grids': 'old grids of a department (--department)',
  staff: 'who works in which grid (--for-plan)',
  regions: 'a table of region codes (--valid-from, --source)',
};

/** Options about one file, with the key of the settings that they go to. */
const SAID = {
  layer: 'layer or sheet to read',
  crs: 'coordinate system of the file: EPSG:4490 …, GCJ-02, BD-09',
  encoding: 'encoding of its texts: GB18030, UTF-8',
  department: 'department whose grids these are',
  'valid-from': 'day from which the table of codes holds (YYYY-MM-DD)',
  source: 'where the table of codes comes from',
  class: 'class of all barriers of the file',
  'for-plan': 'number of the plan whose grids the staff belongs to',
} as const;
const SETTINGS = { department: 'department', 'valid-from': 'validFrom', source: 'source', class: 'class', 'for-plan': 'plan' } as const;

export const FILES_HELP = `
What follows a file is said of that file; options before the first --communities, --buildings … are about the files without such an option.
Formats: GeoJSON, Shapefile (zip), GeoPackage, KML/KMZ, File Geodatabase (zip), DXF, FlatGeobuf, CSV, XLSX, OpenStreetMap;
each may lie alone in a zip.

  onegrid import --communities villages.zip --crs EPSG:4521 --buildings buildings.xlsx --field households=户数
  onegrid import grids.kml --as department-grids --department 城管
  onegrid import codes.csv --as regions --valid-from 2024-01-01 --source 国家统计局`;

/** Adds the options to the command; answers what was said once the command line is read. */
export function fileOptions(command: Command): () => ToldFile[] {
  const unnamed: Draft = { said: new Map(), fields: {} };
  const drafts: Draft[] = [];
  let current = unnamed;
  const tell = (name: string, value: string): void => {
    if (current.said.has(name)) throw new UnusableInput(say('said-twice', { option: `--${name}`, file: current.path ?? '' }));
    current.said.set(name, value);
  };
  command.argument('[file...]', 'files of any format');
  for (const kind of IMPORT_KINDS) {
    command.option(`--${kind} <file>`, KIND_OPTIONS[kind]).on(`option:${kind}`, (path: string) => {
      current = { path, said: new Map([['as', kind]]), fields: {} };
      drafts.push(current);
    });
  }
  command.option('--as <kind>', `what the file holds: ${IMPORT_KINDS.join(', ')}`).on('option:as', (kind: string) => tell('as', kind));
  for (const [name, help] of Object.entries(SAID))
    command.option(`--${name} <${name}>`, help).on(`option:${name}`, (value: string) => tell(name, value));
  command.option('--swap-axes', 'northing or latitude comes first').on('option:swap-axes', () => tell('swap-axes', 'true'));
  command.option('--field <ours=theirs>', 'the field of the file that is ours; may be repeated').on('option:field', (pair: string) => {
    const [, ours, theirs] = /^([^=]+)=(.+)$/.exec(pair) ?? [];
    if (ours === undefined || theirs === undefined) throw new UnusableInput(say('field-form', { pair }));
    current.fields[ours] = theirs;
  });
  return () => [...command.args.map((path) => ({ ...unnamed, path })), ...drafts].map(toldFile);
}

function toldFile({ path = '', said, fields }: Draft): ToldFile {
  const kind = said.get('as');
  if (kind !== undefined && !IMPORT_KINDS.includes(kind as ImportKind)) {
    throw new UnusableInput(say('not-known', { option: '--as', id: kind, known: IMPORT_KINDS.join(', ') }));
  }
  const settings = Object.entries(SETTINGS).flatMap(([option, setting]) =>
    said.has(option) ? [[setting, said.get(option) as string]] : [],
  );
  const [layer, crs, encoding] = [said.get('layer'), said.get('crs'), said.get('encoding')];
  return {
    path,
    ...(kind !== undefined && { kind: kind as ImportKind }),
    ...(layer !== undefined && { layer }),
    ...(crs !== undefined && { crs }),
    ...(encoding !== undefined && { encoding }),
    ...(said.has('swap-axes') && { swapAxes: true }),
    fields,
    settings: Object.fromEntries(settings),
  };
}
