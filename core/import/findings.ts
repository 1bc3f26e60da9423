// Collects what was mended and what was refused, feature by feature, and counts the verdicts.
import type { ImportFinding, ImportReport, ImportVerdict } from '../api/messages.ts';

export type ImportFile = ImportFinding['file'];
/** Files that are read as features: those of an import, and a finished layout. */
export type FeatureFile = ImportFile | 'layout';
export const IMPORT_FILES: readonly ImportFile[] = ['communities', 'buildings', 'barriers', 'institutions'];

/** Findings of one kind that are listed per file; the counts stay complete. */
export const MAX_LISTED_FINDINGS = 1_000;

/** Where a finding was made and what its sentence names. */
export interface FindingPlace {
  /** Counts from 1 in the file. */
  readonly feature: number;
  readonly field?: string;
  readonly values?: Readonly<Record<string, string | number>>;
  /** Longitude and latitude in degrees. */
  readonly coordinate?: readonly [number, number] | null;
}

/** Who is told what was found in the features of a file. */
export interface FeatureFindings<File extends FeatureFile> {
  readonly begin: (file: File, features: number) => void;
  readonly mend: (file: File, message: string, place: FindingPlace) => void;
  readonly refuse: (file: File, message: string, place: FindingPlace) => void;
}

export class Findings implements FeatureFindings<ImportFile> {
  readonly #totals = new Map<ImportFile, number>();
  readonly #verdicts = new Map<ImportFile, Map<number, ImportFinding['verdict']>>();
  readonly #listed = new Map<string, number>();
  readonly #list: ImportFinding[] = [];

  /** Says how many features the file has. */
  begin(file: ImportFile, features: number): void {
    this.#totals.set(file, features);
  }

  mend(file: ImportFile, message: string, place: FindingPlace): void {
    this.#add(file, 'mended', message, place);
  }

  refuse(file: ImportFile, message: string, place: FindingPlace): void {
    this.#add(file, 'refused', message, place);
  }

  verdictOf(file: ImportFile, feature: number): ImportVerdict {
    return this.#verdicts.get(file)?.get(feature) ?? 'taken';
  }

  refusals(file: ImportFile): number {
    return this.counts()[file].refused;
  }

  get list(): readonly ImportFinding[] {
    return this.#list;
  }

  counts(): ImportReport['counts'] {
    const countsOf = (file: ImportFile) => {
      const verdicts = [...(this.#verdicts.get(file)?.values() ?? [])];
      const refused = verdicts.filter((verdict) => verdict === 'refused').length;
      const mended = verdicts.length - refused;
      return { taken: (this.#totals.get(file) ?? 0) - verdicts.length, mended, refused };
    };
    return {
      communities: countsOf('communities'),
      buildings: countsOf('buildings'),
      barriers: countsOf('barriers'),
      institutions: countsOf('institutions'),
    };
  }

  #add(file: ImportFile, verdict: ImportFinding['verdict'], message: string, place: FindingPlace): void {
    const verdicts = this.#verdicts.get(file) ?? new Map<number, ImportFinding['verdict']>();
    this.#verdicts.set(file, verdicts);
    if (verdicts.get(place.feature) !== 'refused') verdicts.set(place.feature, verdict);
    const kind = `${file} ${message}`;
    const listed = this.#listed.get(kind) ?? 0;
    this.#listed.set(kind, listed + 1);
    if (listed >= MAX_LISTED_FINDINGS) return;
    this.#list.push({
      file,
      feature: place.feature,
      field: place.field ?? null,
      verdict,
      message,
      values: { ...place.values },
      coordinate: place.coordinate ? [place.coordinate[0], place.coordinate[1]] : null,
    });
  }
}
