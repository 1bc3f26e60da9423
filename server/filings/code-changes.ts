// Which codes a plan ends, and which it gives in their place: for the package, before any of it has happened.
import type { ComparedLine } from '../../core/adjustment/compare.ts';
import { endedCodes } from '../../core/adjustment/keep-codes.ts';
import type { FilingChange } from '../../core/filing/contents.ts';
import { compareInPlace, comparePlans } from '../codes/compare-plans.ts';
import { readAbsorbed, readFormerLayouts } from '../codes/compare-store.ts';
import type { Queryable } from '../database/queryable.ts';

const NO_HEIR = '网格撤销,没有后继网格';

/** `reason`: why the layout changes. The layout that the plan replaces beside its own, community by community; none where it replaces nothing. */
export async function codeChanges(db: Queryable, plan: number, reason: string): Promise<FilingChange[]> {
  const lines = await comparePlans(db, plan, await readFormerLayouts(db, plan));
  for (const former of await readAbsorbed(db, plan)) lines.push(...(await compareInPlace(db, plan, former)));
  return changesOf(lines, reason);
}

function changesOf(lines: readonly ComparedLine[], reason: string): FilingChange[] {
  const grids = lines.flatMap(({ line }) => line.former.map((grid) => ({ ...grid, community: line.community })));
  const formerOf = new Map(grids.map((grid) => [grid.code, grid]));
  const ended = endedCodes(lines).flatMap(({ code, successors, kind }): FilingChange[] => {
    const { community = '', name: fromName = '' } = formerOf.get(code) ?? {};
    if (successors.length === 0) return [{ community, from: code, fromName, to: null, kind: 'end', reason: reason || NO_HEIR }];
    return successors.map((to) => ({ community, from: code, fromName, to, kind, reason }));
  });
  const given = new Set([...formerOf.keys(), ...ended.map(({ to }) => to)]);
  return [...ended, ...lines.flatMap((line) => firstGiven(line, given, reason))];
}

/** Codes that come in no other's place: of grids where none was, or beside a former grid that goes on under its own. */
function firstGiven({ line }: ComparedLine, given: ReadonlySet<string | null>, reason: string): FilingChange[] {
  const beside = line.former.find(({ code }) => code !== null);
  return line.present
    .filter(({ code }) => code !== null && !given.has(code))
    .map(({ code }) => ({
      community: line.community,
      from: beside?.code ?? null,
      fromName: beside?.name ?? '',
      to: code,
      kind: beside ? (line.fate === 'split' ? 'split' : 'redraw') : 'new',
      reason,
    }));
}
