// What verifying a filing package answers, and what a registry of codes tells it.
import type { CodeState, PackageFinding } from '../api/messages.ts';
import type { Manifest } from './manifest.ts';
import type { PackageContents } from './schemas.ts';

export interface Verification {
  /** SM3 of all bytes, hexadecimal: what a receipt names the package by. */
  readonly digest: string;
  /** null: it could not be read. */
  readonly manifest: Manifest | null;
  /** null: the container, a digest or a schema was broken, and nothing in it may be believed. */
  readonly contents: PackageContents | null;
  /** The gravest first. An error refuses the package. */
  readonly findings: readonly PackageFinding[];
}

/** What is known of a code where the package arrives. */
export interface RegisteredCode {
  readonly state: CodeState;
  readonly community: string;
  /** Name of the grid that bears it; null: not known. */
  readonly gridName: string | null;
}

/** Codes without an entry in the answer are not registered. */
export type CodeLookup = (codes: readonly string[]) => Promise<ReadonlyMap<string, RegisteredCode>>;
