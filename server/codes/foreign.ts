// Codes from another installation: a province enters those of an accepted package in its books.
import type { EndedCode } from '../../core/adjustment/keep-codes.ts';
import { parseCode } from '../../core/codes/parse.ts';
import type { Scheme } from '../../core/codes/scheme.ts';
import { schemes, withChecks } from '../../core/codes/schemes.ts';
import type { Queryable } from '../database/queryable.ts';
import { ProblemError } from '../http/problem.ts';
import { endCodes } from './registry.ts';
import { type ForeignRow, insertEvents, insertForeign, readNumbered, readStandings } from './registry-store.ts';

export interface ForeignCode {
  readonly code: string;
  /** Of its grid. */
  readonly name: string;
}

export interface ForeignClash {
  readonly code: string;
  /** malformed: not a grid's code by the scheme. retired: ended here. taken: another code has its number. */
  readonly reason: 'malformed' | 'retired' | 'taken';
}

/** What keeps codes of a package out of the books; empty: nothing does. */
export async function foreignClashes(db: Queryable, scheme: Scheme, codes: readonly ForeignCode[]): Promise<ForeignClash[]> {
  const rows = codes.map((code) => foreignRow(scheme, code));
  const standings = await readStandings(
    db,
    codes.map(({ code }) => code),
  );
  const numbered = await readNumbered(db, scheme.id, [...new Set(rows.flatMap((row) => row?.community ?? []))]);
  return codes.flatMap(({ code }, i): ForeignClash[] => {
    const row = rows[i];
    if (!row) return [{ code, reason: 'malformed' }];
    if (standings.get(code) === 'retired') return [{ code, reason: 'retired' }];
    const holder = numbered.get(`${row.community} ${row.sequence}`) ?? code;
    return holder === code ? [] : [{ code, reason: 'taken' }];
  });
}

/**
 * Makes the codes of an accepted package official, and retires those that its adjustments ended; codes that this installation never saw
 * are entered first. Throws ProblemError foreign-code-refused (409) with the first code that `foreignClashes` finds.
 */
export async function registerForeign(
  db: Queryable,
  scheme: Scheme,
  codes: readonly ForeignCode[],
  ended: readonly EndedCode[],
  actor: string,
): Promise<void> {
  const [clash] = await foreignClashes(db, scheme, codes);
  if (clash) throw new ProblemError(409, 'foreign-code-refused', { code: clash.code });
  await enter(
    db,
    scheme,
    codes.flatMap((code) => foreignRow(scheme, code) ?? []),
    actor,
  );
  const known = await readStandings(
    db,
    ended.map(({ code }) => code),
  );
  for (const { code } of ended.filter((end) => !known.has(end.code))) {
    const made = madeBy(scheme, code);
    if (made) await enter(db, made.maker, [made.row], actor);
  }
  await endCodes(db, ended, actor);
}

/** The community that a code of whatever scheme speaks of, `scheme` before the others; null: none could have made it. */
export const foreignCommunity = (scheme: Scheme, code: string): string | null => madeBy(scheme, code)?.row.community ?? null;

function madeBy(scheme: Scheme, code: string): { maker: Scheme; row: ForeignRow } | null {
  for (const maker of [scheme, ...schemes.values()].flatMap(withChecks)) {
    const row = foreignRow(maker, { code, name: '' });
    if (row) return { maker, row };
  }
  return null;
}

/** Into the books where they are not there yet, and official. */
async function enter(db: Queryable, scheme: Scheme, rows: readonly ForeignRow[], actor: string): Promise<void> {
  const refused = await insertForeign(db, scheme.id, rows);
  const standings = await readStandings(
    db,
    rows.map(({ code }) => code),
  );
  const stranger = [...refused].find((code) => !standings.has(code));
  if (stranger !== undefined) throw new ProblemError(409, 'foreign-code-refused', { code: stranger });
  const rising = rows.filter(({ code }) => standings.get(code) !== 'official').map(({ code }) => code);
  await insertEvents(db, rising, 'official', actor);
}

function foreignRow(scheme: Scheme, { code, name }: ForeignCode): ForeignRow | null {
  const parsed = parseCode(scheme, code);
  if (!parsed.ok || parsed.value.cell !== null || parsed.value.sequence < 1) return null;
  return { code, name, community: parsed.value.community, sequence: parsed.value.sequence };
}
