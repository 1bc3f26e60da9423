// Whether the open plan can be edited now by whoever is signed in, and the sentence that says why not.
import { whyNot } from './session.ts';
import type { Workspace } from './workspace.ts';

/** Key of a text; null: it can be edited. */
export function frozenWhy({ plan, blocked, session }: Pick<Workspace, 'plan' | 'blocked' | 'session'>): string | null {
  if (plan === null) return 'tools:unavailable.no-plan';
  if (blocked !== null) return blocked;
  if (!plan.editable) return `lifecycle:frozen.${plan.state}`;
  return whyNot({ session }, 'edit-plan');
}
