// What the workers are given to hold: the open community with the rules that it is measured by.
import type { Workspace } from '../state/workspace.ts';
import type { HoldRequest } from './messages.ts';

/** null: no community is open, or its profile is not known. */
export function holdOf({ active, profile, progress }: Workspace): Omit<HoldRequest, 'type'> | null {
  const known = active === null ? undefined : progress.get(active.code);
  if (active === null || profile === null || known === undefined) return null;
  const { code, name, kind } = known;
  const { grids, blocks, buildings, barriers, institutions } = active;
  return { community: { code, name, kind }, profile, grids, blocks, buildings, barriers, institutions };
}
