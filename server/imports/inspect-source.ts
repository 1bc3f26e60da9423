// Looks into a file that was sent: layers and fields, which of them are about persons, and in which coordinates it may be.
import { randomUUID } from 'node:crypto';
import type { SourceFormat, SourceLayer } from '../../core/api/import-messages.ts';
import { type Bounds, guessCrs } from '../../core/geo/crs/guess.ts';
import { guessFields } from '../../core/import/fields/guess-fields.ts';
import { holdsMobile, personalColumn } from '../../core/import/fields/personal.ts';
import { UnusableFile } from '../../core/import/unusable-file.ts';
import type { RawLayer } from '../../core/sources/raw-source.ts';
import { holdsIdNumber } from '../../core/staff/id-number.ts';
import { inTurn } from '../sources/in-turn.ts';
import { inspectInThread } from '../sources/inspect-in-thread.ts';
import type { InspectRequest } from '../sources/inspect-worker.ts';
import { type ChoiceChange, changedChoice, proposedChoice, rereadChoice } from './choice.ts';
import type { OpenSource } from './open-import.ts';
import type { UploadedFile } from './upload.ts';

/** Headers alone are a form that nobody filled in; a layer without features may be meant: a county without railways. */
const TABLES: readonly SourceFormat[] = ['csv', 'xlsx'];

type Found = Pick<OpenSource, 'format' | 'layers' | 'attribution' | 'problem'>;

/** A new file with what is proposed for it; one that cannot be read says why. `known`: where regions lie, in degrees. Throws the reason of an abort. */
export async function inspectFile(
  { path, name, bytes }: UploadedFile,
  known: readonly Bounds[],
  signal?: AbortSignal,
): Promise<OpenSource> {
  const found = await lookInto({ path, name, encoding: null }, known, signal);
  return { id: randomUUID(), path, name, bytes, ...found, choice: proposedChoice({ name, ...found }), sample: null };
}

/** What the file holds when it is read as the change wants it; null: in the encoding of before. `known` is asked in the other case only. */
export async function reread(
  { path, name, choice }: OpenSource,
  { encoding = choice.encoding }: ChoiceChange,
  known: () => Promise<readonly Bounds[]>,
  signal?: AbortSignal,
): Promise<Found | null> {
  return encoding === choice.encoding ? null : lookInto({ path, name, encoding }, await known(), signal);
}

/** The file after a change to its choice; `found`: of `reread`, which takes minutes. Throws ProblemError bad-choice. */
export function changedSource(source: OpenSource, change: ChoiceChange, found: Found | null): OpenSource {
  const { encoding = source.choice.encoding } = change;
  const read = found ? { ...source, ...found, choice: rereadChoice(source, found, encoding) } : source;
  const choice = changedChoice(read, change);
  return { ...read, choice, sample: found || choice.layer !== source.choice.layer ? null : source.sample };
}

/** Both at once, for a file that nobody else changes. */
export async function changeChoice(source: OpenSource, change: ChoiceChange, known: readonly Bounds[]): Promise<OpenSource> {
  return changedSource(source, change, await reread(source, change, () => Promise.resolve(known)));
}

async function lookInto(file: InspectRequest, known: readonly Bounds[], signal: AbortSignal | undefined): Promise<Found> {
  try {
    const { format, layers, attribution } = await inTurn(() => inspectInThread(file, signal));
    if (TABLES.includes(format) && layers.every(({ features }) => features === 0)) throw new UnusableFile('source', 'file-empty');
    return { format, layers: layers.map((layer) => judgedLayer(layer, known)), attribution, problem: null };
  } catch (error) {
    if (!(error instanceof UnusableFile)) throw error;
    return { format: null, layers: [], attribution: null, problem: { code: error.reason, values: error.values } };
  }
}

/** No value of a personal column leaves this function, nor one that holds the number of a person anywhere else. */
function judgedLayer(layer: RawLayer, known: readonly Bounds[]): SourceLayer {
  const fields = layer.fields.map((field) => {
    const personal = personalColumn(field.name, field.samples);
    const samples = personal === null ? field.samples.filter((sample) => !holdsIdNumber(sample) && !holdsMobile(sample)) : [];
    return { ...field, personal, samples };
  });
  const places = layer.bounds ? [] : placesInColumns(fields, layer.fields);
  const bounds = layer.bounds ?? boundsOf(places);
  return { ...layer, fields, crsGuesses: guessCrs({ claimed: layer.claimedCrs, bounds, samples: places, known }) };
}

/** A table may have its places in two columns. */
function placesInColumns(fields: SourceLayer['fields'], whole: RawLayer['fields']): [number, number][] {
  const { lon, lat } = guessFields('buildings', fields);
  const numbersOf = (name: string | undefined): number[] => (whole.find((field) => field.name === name)?.samples ?? []).map(Number);
  const latitudes = numbersOf(lat);
  return numbersOf(lon)
    .map((x, i): [number, number] => [x, latitudes[i] ?? Number.NaN])
    .filter((place) => place.every(Number.isFinite));
}

function boundsOf(places: readonly [number, number][]): Bounds | null {
  if (places.length === 0) return null;
  const [xs, ys] = [places.map(([x]) => x), places.map(([, y]) => y)];
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}
