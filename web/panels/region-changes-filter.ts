// Which changes of a table of region codes are shown, and which can be confirmed in one go.
import type { ImportDecisions, RegionChange } from '../../core/api/import-messages.ts';

export const KINDS = ['all', 'open', 'added', 'removed', 'renamed', 'recoded'] as const;
/** `open`: somebody has to say who takes the place. */
export type KindFilter = (typeof KINDS)[number];

interface ChangeFilter {
  readonly kind: KindFilter;
  /** Part of a name or the beginning of a code. */
  readonly sought: string;
  /** Only what plans, grids or official codes speak of. */
  readonly onlyUsed: boolean;
}

/** Who takes its place can be said of what ended, and of a name that may go on under another code. */
export function asksForHeir({ kind, candidates }: RegionChange): boolean {
  return kind === 'removed' || kind === 'recoded' || (kind === 'renamed' && candidates.length > 0);
}

export function filterChanges(
  changes: readonly RegionChange[],
  successors: ImportDecisions['successors'],
  { kind, sought, onlyUsed }: ChangeFilter,
): RegionChange[] {
  const text = sought.trim();
  const named = (region: RegionChange['old']): boolean => region !== null && (region.name.includes(text) || region.code.startsWith(text));
  return changes.filter((change) => {
    const open = asksForHeir(change) && change.kind !== 'renamed' && !((change.old?.code ?? '') in successors);
    if (kind !== 'all' && !(kind === 'open' ? open : change.kind === kind)) return false;
    if (onlyUsed && change.plans + change.grids + change.officialCodes === 0) return false;
    return text === '' || named(change.old) || named(change.new);
  });
}

/** Old code → new code of all that has the very same name under it and is not decided yet. */
export function sameNameDecisions(
  changes: readonly RegionChange[],
  successors: ImportDecisions['successors'],
): ImportDecisions['successors'] {
  return Object.fromEntries(
    changes.flatMap(({ kind, old, new: now }) =>
      kind === 'recoded' && old !== null && now !== null && old.name === now.name && !(old.code in successors)
        ? [[old.code, now.code]]
        : [],
    ),
  );
}
