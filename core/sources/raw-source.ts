// What a reader of files hands on: layers and rows just as the file has them, before anybody chose what they mean.
import type { Feature, Geometry } from 'geojson';
import type { SourceField, SourceFormat, SourceLayer } from '../api/import-messages.ts';

/** A field whose owner is not judged yet. */
export type RawField = Omit<SourceField, 'personal'>;

/** A layer before its coordinates and personal columns were judged. */
export interface RawLayer extends Omit<SourceLayer, 'crsGuesses' | 'fields'> {
  readonly fields: RawField[];
}

export interface InspectedSource {
  readonly format: SourceFormat;
  /** In the order of the file; at least one. */
  readonly layers: RawLayer[];
  /** Whom the data have to be attributed to: OpenStreetMap; null: the file does not say. */
  readonly attribution: string | null;
}

/** Geometry null: a row of a table, or a feature that has none. */
export type RawFeature = Feature<Geometry | null>;

/** A row that the reader itself had to mend or could not hand on. */
export interface RawFinding {
  /** Its number in the file. A refused row is not among the features, nor is a mended one that was left out. */
  readonly row: number;
  readonly verdict: 'mended' | 'refused';
  /** Key of its sentence in the texts of the import. */
  readonly message: string;
  readonly values: Readonly<Record<string, string | number>>;
}

/** All rows of one layer. Field names and coordinates are those of the file; heights and curves are gone. */
export interface RawRows {
  readonly format: SourceFormat;
  readonly layer: string;
  readonly features: RawFeature[];
  /** Number of each row in the file; undefined: they are counted from 1. */
  readonly numbers: number[] | undefined;
  /** The file says of itself that it is made up. */
  readonly synthetic: boolean;
  readonly claimedCrs: string | null;
  readonly attribution: string | null;
  readonly findings: RawFinding[];
}
