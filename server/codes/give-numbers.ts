// New codes for grids: numbers by reading order within each community, into the books at once.
import { Numbering } from '../../core/codes/numbering.ts';
import { orderingPoint, readingOrder } from '../../core/codes/order.ts';
import type { Scheme } from '../../core/codes/scheme.ts';
import { CodeError, type CodeFailure } from '../../core/codes/schemes.ts';
import type { GridKind } from '../../core/plan/state.ts';
import type { Queryable } from '../database/queryable.ts';
import { wkbToMultiPolygon } from '../database/wkb.ts';
import { ProblemError } from '../http/problem.ts';
import type { ProblemCode } from '../http/sentences.ts';
import { handedOutIn } from './handed-out.ts';
import { readRanges } from './ranges-store.ts';
import { insertCodes, type NewCode, readOutlines, readTaken } from './store.ts';

const PROBLEMS: Readonly<Record<CodeFailure, ProblemCode>> = {
  'sequence-exhausted': 'codes-exhausted',
  'sequence-reserved': 'code-reserved',
  'community-code': 'code-without-community',
  'sequence-invalid': 'code-number-invalid',
  'cell-invalid': 'code-number-invalid',
};

interface Waiting {
  readonly id: number;
  readonly community: string;
  readonly kind: GridKind;
}

/**
 * Codes that nobody ever had, one for each of the grids; the numbers of their communities are locked. Where the same text was made
 * beyond the asker's reach, the grid takes a later number. Throws ProblemError (409): why a code cannot be made.
 */
export async function giveNumbers(db: Queryable, plan: number, scheme: Scheme, grids: readonly Waiting[]): Promise<NewCode[]> {
  const communities = [...new Set(grids.map(({ community }) => community))];
  const taken = await readTaken(db, scheme.id, communities);
  const ranges = await readRanges(db, scheme.id);
  const numberings = new Map(communities.map((code) => [code, new Numbering(scheme, code, taken.get(code), handedOutIn(ranges, code))]));
  let waiting = await inOrder(db, plan, scheme, grids);
  const issued: NewCode[] = [];
  while (waiting.length > 0) {
    const proposed = waiting.map(({ id, community, kind }) => ({
      ...nextCode(numberings.get(community) as Numbering, community, kind),
      community,
      grid: id,
    }));
    const entered = await insertCodes(db, scheme.id, proposed);
    issued.push(...proposed.filter(({ code }) => entered.has(code)));
    waiting = waiting.filter((_, i) => !entered.has(proposed[i]?.code ?? ''));
  }
  return issued;
}

function nextCode(numbering: Numbering, community: string, kind: GridKind): ReturnType<Numbering['next']> {
  try {
    return numbering.next(kind);
  } catch (error) {
    if (error instanceof CodeError) throw new ProblemError(409, PROBLEMS[error.code], { community });
    throw error;
  }
}

/** Community by community, each in the reading order of the scheme. */
async function inOrder(db: Queryable, plan: number, scheme: Scheme, grids: readonly Waiting[]): Promise<Waiting[]> {
  const byId = new Map(grids.map((grid) => [grid.id, grid]));
  const placed = new Map<string, { id: number; point: [number, number] }[]>();
  for (const { id, outline } of await readOutlines(db, plan, [...byId.keys()])) {
    const { community } = byId.get(id) as Waiting;
    const places = placed.get(community) ?? [];
    places.push({ id, point: orderingPoint(wkbToMultiPolygon(outline)) });
    placed.set(community, places);
  }
  return [...placed.keys()].sort().flatMap((community) => {
    return readingOrder(scheme, placed.get(community) ?? []).map((id) => byId.get(id) as Waiting);
  });
}
