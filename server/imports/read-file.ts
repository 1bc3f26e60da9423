// Reads a file of an import at once, gzip or plain, whatever its name says.
import type { FeatureFile } from '../../core/import/findings.ts';
import { UnusableFile } from '../../core/import/unusable-file.ts';
import { wholeFile } from '../sources/source-file.ts';

/** Throws UnusableFile. */
export function readImportFile(file: FeatureFile, path: string): Uint8Array {
  try {
    return wholeFile({ path, name: path });
  } catch (error) {
    throw error instanceof UnusableFile ? new UnusableFile(file, error.reason, error.values) : error;
  }
}
