// Collects what was mended and what was refused, feature by feature, and counts the verdicts.
import type { ImportFinding, ImportKind, ImportReport } from '../api/import-messages.ts';

/** Files that are read as features: those of an import, a finished layout, and a file of which nobody said yet what it holds. */
export type FeatureFile = ImportKind | 'layout' | 'source';
export const IMPORT_KINDS: readonly ImportKind[] = [
  'communities',
  'buildings',
  'households',
  'barriers',
  'institutions',
  'department-grids',
  'staff',
  'regions',
];

/** Findings of one kind that are listed per file; the counts stay complete. */
export const MAX_LISTED_FINDINGS = 1_000;

/** Where a finding was made and what its sentence names. */
export interface FindingPlace {
  /** Counts from 1 through all rows of its kind. */
  readonly feature: number;
  readonly field?: string;
  readonly values?: Readonly<Record<string, string | number>>;
  /** Longitude and latitude in degrees. */
  readonly coordinate?: readonly [number, number] | null;
}

/** Who is told what was found in the features of a file. */
export interface FeatureFindings<File extends FeatureFile> {
  /** Says which rows come next; answers how many there were before. */
  readonly begin: (file: File, rows: RowCount) => number;
  readonly mend: (file: File, message: string, place: FindingPlace) => void;
  readonly refuse: (file: File, message: string, place: FindingPlace) => void;
}

/** The rows of one file. */
export interface RowCount {
  /** Name of the file as it was sent. */
  readonly source: string;
  readonly count: number;
  /** The number of each row in the file; missing: they are counted from 1. */
  readonly numbers?: readonly number[] | undefined;
}

export class Findings implements FeatureFindings<ImportKind> {
  readonly #sources = new Map<ImportKind, RowCount[]>();
  readonly #verdicts = new Map<ImportKind, Map<number, ImportFinding['verdict']>>();
  readonly #listed = new Map<string, number>();
  readonly #list: ImportFinding[] = [];
  readonly #all: ImportFinding[] = [];

  begin(file: ImportKind, rows: RowCount): number {
    const before = this.#rowsOf(file);
    this.#sources.set(file, [...(this.#sources.get(file) ?? []), rows]);
    return before;
  }

  mend(file: ImportKind, message: string, place: FindingPlace): void {
    this.#add(file, 'mended', message, place);
  }

  refuse(file: ImportKind, message: string, place: FindingPlace): void {
    this.#add(file, 'refused', message, place);
  }

  refusals(file: ImportKind): number {
    return this.counts()[file].refused;
  }

  get list(): readonly ImportFinding[] {
    return this.#list;
  }

  /** Those beyond the listed ones, too. */
  get all(): readonly ImportFinding[] {
    return this.#all;
  }

  counts(): ImportReport['counts'] {
    const countsOf = (file: ImportKind) => {
      const verdicts = [...(this.#verdicts.get(file)?.values() ?? [])];
      const refused = verdicts.filter((verdict) => verdict === 'refused').length;
      const mended = verdicts.length - refused;
      return { taken: this.#rowsOf(file) - verdicts.length, mended, refused };
    };
    return Object.fromEntries(IMPORT_KINDS.map((file) => [file, countsOf(file)])) as ImportReport['counts'];
  }

  #rowsOf(file: ImportKind): number {
    return (this.#sources.get(file) ?? []).reduce((sum, { count }) => sum + count, 0);
  }

  /** A row of a kind as its own file names it. */
  originOf(file: ImportKind, row: number): { source: string; feature: number } {
    let before = 0;
    for (const { source, count, numbers } of this.#sources.get(file) ?? []) {
      if (row <= before + count) return { source, feature: numbers?.[row - before - 1] ?? row - before };
      before += count;
    }
    return { source: '', feature: row };
  }

  #add(file: ImportKind, verdict: ImportFinding['verdict'], message: string, place: FindingPlace): void {
    const verdicts = this.#verdicts.get(file) ?? new Map<number, ImportFinding['verdict']>();
    this.#verdicts.set(file, verdicts);
    if (verdicts.get(place.feature) !== 'refused') verdicts.set(place.feature, verdict);
    const finding: ImportFinding = {
      file,
      ...this.originOf(file, place.feature),
      field: place.field ?? null,
      verdict,
      message,
      values: { ...place.values },
      coordinate: place.coordinate ? [place.coordinate[0], place.coordinate[1]] : null,
    };
    this.#all.push(finding);
    const kind = `${file} ${message}`;
    const listed = this.#listed.get(kind) ?? 0;
    this.#listed.set(kind, listed + 1);
    if (listed < MAX_LISTED_FINDINGS) this.#list.push(finding);
  }
}
