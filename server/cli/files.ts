// How a file is called on standard error: what it holds and where it lies, and what is wrong with it.
import type { FeatureFile } from '../../core/import/findings.ts';
import { fileNames, type ImportProblem, problemSentence } from '../../core/import/texts.ts';
import { LANGUAGE } from './language.ts';
import { say } from './texts.ts';

export type FilePaths = Readonly<Partial<Record<FeatureFile, string | undefined>>>;

export function fileLabel(file: FeatureFile, paths: FilePaths): string {
  const name = fileNames[file][LANGUAGE];
  const path = paths[file];
  return path === undefined ? name : say('file-path', { file: name, path });
}

/** The problem as a sentence that names the file. */
export function problemOfFiles({ code, file, values }: ImportProblem, paths: FilePaths): string {
  const sentence = problemSentence({ code, values }, LANGUAGE);
  return file === undefined ? sentence : say('about-file', { file: fileLabel(file, paths), sentence });
}
