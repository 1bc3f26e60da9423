// The SM3 of everything that is signed in a plan (core/lifecycle/content-text.ts), as the transaction sees it.
import { createHash } from 'node:crypto';
import { contentText } from '../../core/lifecycle/content-text.ts';
import type { Queryable } from '../database/queryable.ts';
import { readSignedGrids, readSignedPlan } from './store.ts';

/** Hexadecimal. The reach has to contain the region of the plan, or a part of it would go unread. Throws where there is no such plan. */
export async function contentDigest(db: Queryable, plan: number): Promise<string> {
  const signed = await readSignedPlan(db, plan);
  if (!signed) throw new Error(`there is no plan ${plan}`);
  return createHash('sm3')
    .update(contentText(signed, await readSignedGrids(db, plan)))
    .digest('hex');
}
