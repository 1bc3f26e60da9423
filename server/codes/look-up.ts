// A code looked up in the books, and any text explained by the schemes.
import type { CodeExplanationAnswer, CodeRecord } from '../../core/api/messages.ts';
import { explainCode, normalCode } from '../../core/codes/explain.ts';
import { parseCode } from '../../core/codes/parse.ts';
import type { Queryable } from '../database/queryable.ts';
import { ProblemError } from '../http/problem.ts';
import { knownSchemes, versionsOf } from '../schemes/known-schemes.ts';
import { readCellCode } from './cell-record.ts';
import { isIssued, readCode, readCommunityNames } from './lookup-store.ts';

/** The record of a grid's or cell's code. Throws ProblemError unknown-code (404): it was never issued. */
export async function lookUp(db: Queryable, code: string): Promise<CodeRecord> {
  const row = (await readCode(db, code)) ?? (await readCellCode(db, code));
  if (!row) throw new ProblemError(404, 'unknown-code', { code });
  for (const scheme of await versionsOf(db, row.scheme)) {
    const parsed = parseCode(scheme, row.code);
    if (parsed.ok) return { ...row, segments: [...parsed.value.segments] };
  }
  return { ...row, segments: [] };
}

/** Never fails: what no scheme could have made is said to be just that. */
export async function explain(db: Queryable, text: string): Promise<CodeExplanationAnswer> {
  const explanations = explainCode(await knownSchemes(db), text);
  const communities = explanations.flatMap(({ outcome }) => (outcome.ok ? [outcome.value.community] : []));
  const names = await readCommunityNames(db, communities);
  const code = normalCode(text);
  return {
    code,
    issued: await isIssued(db, code),
    schemes: explanations.map(({ scheme, name, outcome }) => ({
      scheme,
      name,
      failure: outcome.ok ? null : outcome.failure,
      community: outcome.ok ? outcome.value.community : null,
      communityName: outcome.ok ? (names.get(outcome.value.community) ?? null) : null,
      kind: outcome.ok ? outcome.value.kind : null,
      sequence: outcome.ok ? outcome.value.sequence : null,
      cell: outcome.ok ? outcome.value.cell : null,
      segments: outcome.ok ? [...outcome.value.segments] : [],
    })),
  };
}
