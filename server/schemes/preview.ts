// Codes that the grids of a plan would get by another scheme; nothing is issued.
import type { SchemePreview } from '../../core/api/messages.ts';
import { Numbering } from '../../core/codes/numbering.ts';
import { orderingPoint, readingOrder } from '../../core/codes/order.ts';
import type { Scheme } from '../../core/codes/scheme.ts';
import { CodeError } from '../../core/codes/schemes.ts';
import type { Queryable } from '../database/queryable.ts';
import { wkbToMultiPolygon } from '../database/wkb.ts';
import type { Language } from '../http/language.ts';
import { ProblemError, problemBody } from '../http/problem.ts';
import { type PreviewedGrid, readKindCounts, readPreviewed } from './preview-store.ts';

/** Grids that are shown; whether the numbers suffice is asked of all. */
const SHOWN = 300;

/** Every community begins anew: what was given out by other schemes plays no part. */
export async function previewScheme(db: Queryable, plan: number, scheme: Scheme, language: Language): Promise<SchemePreview> {
  const exhausted = await firstExhausted(db, plan, scheme);
  const problem = exhausted === null ? null : problemBody(new ProblemError(409, 'codes-exhausted', { community: exhausted }), language);
  const grids = await readPreviewed(db, plan, SHOWN);
  const communities = [...new Set(grids.map(({ community }) => community))];
  const codes = communities.flatMap((community) =>
    proposed(
      scheme,
      community,
      grids.filter((grid) => grid.community === community),
    ),
  );
  return { codes, problem };
}

/** A community that has more grids than the scheme has numbers for them; null: there is none. */
async function firstExhausted(db: Queryable, plan: number, scheme: Scheme): Promise<string | null> {
  const numberings = new Map<string, Numbering>();
  for (const { community, kind, grids } of await readKindCounts(db, plan)) {
    const numbering = numberings.get(community) ?? new Numbering(scheme, community);
    numberings.set(community, numbering);
    try {
      for (let count = 0; count < grids; count++) numbering.next(kind);
    } catch (error) {
      if (error instanceof CodeError) return community;
      throw error;
    }
  }
  return null;
}

function proposed(scheme: Scheme, community: string, grids: readonly PreviewedGrid[]): SchemePreview['codes'] {
  const byId = new Map(grids.map((grid) => [grid.id, grid]));
  const order = readingOrder(
    scheme,
    grids.map(({ id, outline }) => ({ id, point: orderingPoint(wkbToMultiPolygon(outline)) })),
  );
  const numbering = new Numbering(scheme, community);
  const codes: SchemePreview['codes'] = [];
  for (const id of order) {
    const { name, kind, code } = byId.get(id) as PreviewedGrid;
    try {
      codes.push({ grid: id, name, community, present: code, proposed: numbering.next(kind).code });
    } catch (error) {
      if (!(error instanceof CodeError)) throw error;
    }
  }
  return codes;
}
