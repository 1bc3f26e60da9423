// An import as its owner sees it: progress, files, report and problem, in the language of the reader.
import type { ImportSource, ImportStatus } from '../../core/api/import-messages.ts';
import type { Problem } from '../../core/api/messages.ts';
import { type ImportProblem, problemSentence } from '../../core/import/texts.ts';
import type { Language } from '../http/language.ts';
import { sentence } from '../http/sentences.ts';
import { missingIn } from './choice.ts';
import type { OpenImport, OpenSource } from './open-import.ts';

export function statusOf({ progress, sources, report, problem }: OpenImport, language: Language): ImportStatus {
  return {
    ...progress,
    sources: [...sources.values()].map((source) => sourceStatus(source, language)),
    report,
    problem: problem && problemOf(problem, language),
  };
}

export function sourceStatus(source: OpenSource, language: Language): ImportSource {
  const { id, name, bytes, format, layers, choice, problem } = source;
  return { id, name, bytes, format, layers, choice, missing: missingIn(source), problem: problem && problemOf(problem, language) };
}

const UNPROCESSABLE = 422;

function problemOf(problem: ImportProblem, language: Language): Problem {
  return {
    type: 'about:blank',
    title: sentence(`status-${UNPROCESSABLE}`, language) ?? '',
    status: UNPROCESSABLE,
    code: problem.code,
    detail: problemSentence(problem, language),
    ...(problem.file && { at: { file: problem.file } }),
  };
}
