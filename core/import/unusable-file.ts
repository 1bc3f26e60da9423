// A file that cannot be read as a list of features at all; nothing of the import is stored.
import type { FeatureFile } from './findings.ts';

export type UnusableReason =
  | 'file-missing'
  | 'file-unreadable'
  | 'file-not-utf8'
  | 'file-not-json'
  | 'file-not-features'
  | 'file-empty'
  | 'file-too-many'
  | 'file-twice'
  | 'file-crs'
  | 'file-without-households'
  | 'file-format-unknown'
  | 'file-format-old'
  | 'file-broken'
  | 'file-part-missing'
  | 'file-layer-unknown'
  | 'file-encoding-unknown'
  | 'file-too-large'
  | 'file-too-slow'
  | 'file-too-much-memory'
  | 'zip-bomb'
  | 'zip-too-many'
  | 'zip-unsafe-path'
  | 'zip-link'
  | 'zip-nested'
  | 'zip-several'
  | 'zip-encrypted'
  | 'table-date-invalid'
  | 'table-date-future'
  | 'table-outdated'
  | 'table-beyond-region'
  | 'table-successor-unknown';

export class UnusableFile extends Error {
  readonly reason: UnusableReason;
  readonly file: FeatureFile;
  readonly values: Readonly<Record<string, string | number>>;

  constructor(file: FeatureFile, reason: UnusableReason, values: Readonly<Record<string, string | number>> = {}) {
    super(`${file}: ${reason} ${JSON.stringify(values)}`);
    this.name = 'UnusableFile';
    this.file = file;
    this.reason = reason;
    this.values = values;
  }
}
