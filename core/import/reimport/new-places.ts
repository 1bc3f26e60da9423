// Barriers and institutions of a list that are not stored yet.
import type { BarrierEntry, InstitutionEntry } from './stored.ts';

/** A line is the same in either direction, and whatever its name. */
export function newBarriers(list: readonly BarrierEntry[], stored: readonly BarrierEntry[]): BarrierEntry[] {
  return notStored(list, stored, (barrier) => `${barrier.class} ${lineKey(barrier.line)}`);
}

export function newInstitutions<Entry extends InstitutionEntry>(list: readonly Entry[], stored: readonly InstitutionEntry[]): Entry[] {
  return notStored(list, stored, ({ name, area }) => JSON.stringify([name, area]));
}

function notStored<Entry, Item extends Entry>(list: readonly Item[], stored: readonly Entry[], keyOf: (entry: Entry) => string): Item[] {
  const known = new Set(stored.map(keyOf));
  return list.filter((entry) => {
    const isNew = !known.has(keyOf(entry));
    known.add(keyOf(entry));
    return isNew;
  });
}

function lineKey(line: readonly number[]): string {
  const back = Array.from({ length: line.length }, (_, i) => line[line.length - 2 - i + 2 * (i % 2)]);
  const [forth, reverse] = [line.join(' '), back.join(' ')];
  return forth < reverse ? forth : reverse;
}
