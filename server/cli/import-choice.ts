// How `onegrid import` reads a file: as it was told, else as guessed; coordinates are never guessed silently.
import type { ImportKind, SourceChoice, SourceLayer } from '../../core/api/import-messages.ts';
import { coordinateSystem } from '../../core/geo/crs/list.ts';
import { crsReasonSentence } from '../../core/geo/crs/reason-texts.ts';
import { ourFields } from '../../core/import/fields/our-fields.ts';
import { ProblemError } from '../http/problem.ts';
import { type ChoiceChange, missingIn } from '../imports/choice.ts';
import { changeChoice, inspectFile } from '../imports/inspect-source.ts';
import type { OpenSource } from '../imports/open-import.ts';
import { UnusableInput } from './exit.ts';
import type { ToldFile } from './import-files.ts';
import { LANGUAGE } from './language.ts';
import { say } from './texts.ts';

/** The format itself says longitude and latitude on WGS 84 (RFC 7946, OGC KML, OpenStreetMap). */
const ALWAYS_DEGREES: readonly OpenSource['format'][] = ['geojson', 'kml', 'osm'];
const DEGREES = 'EPSG:4490';

/** A file that cannot be read says so in its `problem`. Throws UnusableInput when something has to be said about it first. */
export async function chosenSource(told: ToldFile): Promise<OpenSource> {
  const { path, encoding, layer } = told;
  const found = await inspectFile({ path, name: path, bytes: 0 }, []);
  const read = encoding === undefined ? found : await changed(found, { encoding });
  if (read.problem) return { ...read, choice: { ...read.choice, kind: told.kind ?? null } };
  const kind = told.kind ?? read.choice.kind;
  const laid = await changed(read, { ...(layer !== undefined && { layer }), ...(kind !== null && { kind }) });
  const own = laid.layers.find(({ name }) => name === laid.choice.layer);
  if (!own) throw new UnusableInput(say('layer-open', { path, layers: laid.layers.map(({ name }) => name).join(', ') }));
  if (kind === null) throw new UnusableInput(say('kind-open', { path }));
  const fields = { ...laid.choice.fields, ...(laid.format === 'geojson' && ownNames(kind, own)), ...told.fields };
  const settings = { ...laid.choice.settings, ...told.settings };
  const settled = await changed(laid, { fields, settings });
  const source = await changed(settled, coordinatesOf(settled, own, told));
  const missing = missingIn(source);
  if (missing.length === 0) return source;
  throw new UnusableInput(
    say('file-open', { path, missing: missing.map(optionFor).join(', '), fields: own.fields.map(({ name }) => name).join(', ') }),
  );
}

async function changed(source: OpenSource, change: ChoiceChange): Promise<OpenSource> {
  try {
    return await changeChoice(source, change, []);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    throw new UnusableInput(say('bad-choice', { path: source.path, option: String(error.values.path), value: String(error.values.found) }));
  }
}

/** Clean GeoJSON calls its fields as we do. */
function ownNames(kind: ImportKind, { fields }: SourceLayer): SourceChoice['fields'] {
  const theirs = new Set(fields.map(({ name }) => name));
  return Object.fromEntries(ourFields[kind].flatMap(({ name }) => (theirs.has(name) ? [[name, name]] : [])));
}

/** As told; else what the file claims and its numbers bear out. Throws UnusableInput with the guesses. */
function coordinatesOf(source: OpenSource, layer: SourceLayer, { crs, swapAxes = false }: ToldFile): ChoiceChange {
  if (crs !== undefined) return { crs, swapAxes };
  const [best] = layer.crsGuesses;
  const isTable = layer.geometry === 'none' && !source.choice.fields.lon;
  if (isTable) return {};
  if (best && !best.swapAxes && (best.reason === 'claimed' || (best.crs === DEGREES && ALWAYS_DEGREES.includes(source.format)))) {
    return { crs: best.crs, swapAxes: false };
  }
  // Rows that are no degrees are refused one by one then.
  if (!best && ALWAYS_DEGREES.includes(source.format) && layer.claimedCrs === null) return { crs: DEGREES, swapAxes: false };
  const guesses = layer.crsGuesses.map(
    (guess) =>
      `  --crs ${guess.crs}${guess.swapAxes ? ' --swap-axes' : ''}  ${coordinateSystem(guess.crs)?.name[LANGUAGE] ?? ''}: ${crsReasonSentence(guess, LANGUAGE)}`,
  );
  const claim = layer.claimedCrs ?? say('claims-nothing');
  throw new UnusableInput([say(guesses.length > 0 ? 'crs-open' : 'crs-unknown', { path: source.path, claim }), ...guesses].join('\n'));
}

const optionFor = (missing: string): string => {
  const [what, name] = missing.split(':');
  if (what === 'field') return `--field ${name}=…`;
  if (what === 'setting') return `--${SETTING_OPTIONS[name ?? ''] ?? name}`;
  return `--${what}`;
};
const SETTING_OPTIONS: Readonly<Record<string, string>> = { validFrom: 'valid-from', plan: 'for-plan' };
