// Which grids of an adjusted layout go on bearing the code of a former grid, and which codes end, with what in their place.
import type { CodeLineage, ComparedGrids, GridFate } from '../api/messages.ts';
import type { CodeRule } from '../rules/profile.ts';
import { type ComparedLine, largestOf, type Overlap } from './compare.ts';

/** A successor of a former grid holds at least this share of it; what is less is a sliver. */
const HEIR_SHARE = 0.1;

/** Whether the grid can bear that code: it speaks of its community and kind, by the scheme that is in force. */
export type Fits = (code: string, grid: number) => boolean;

/**
 * Present grid → the former code that it keeps: grids that stayed, and grids whose border moved; the largest part of a divided grid and
 * the grid that took in others only where the rule says so. Every other present grid needs a new code.
 */
export function keptCodes(lines: readonly ComparedLine[], rule: CodeRule, fits: Fits): Map<number, string> {
  const kept = new Map<number, string>();
  for (const { line, overlaps } of lines) {
    const pair = continuedPair(line, overlaps, rule);
    if (pair?.former.code && fits(pair.former.code, pair.present.grid)) kept.set(pair.present.grid, pair.former.code);
  }
  return kept;
}

/** A code that nobody bears any more. */
export interface EndedCode {
  readonly code: string;
  /** What came in its place; empty: nothing did, and `ending` says why. */
  readonly successors: readonly string[];
  readonly kind: CodeLineage['kind'];
  readonly ending: '' | 'abolished';
}

/** Codes of former grids that no present grid bears, given the codes that the present grids bear now. */
export function endedCodes(lines: readonly ComparedLine[]): EndedCode[] {
  const borne = new Set(lines.flatMap(({ line }) => line.present.map(({ code }) => code)));
  return lines.flatMap(({ line, overlaps }) =>
    line.former.flatMap(({ grid, code }): EndedCode[] => {
      if (code === null || borne.has(code)) return [];
      const successors = heirsOf(line, overlaps, grid).flatMap((heir) => heir.code ?? []);
      return [{ code, successors, kind: LINEAGE[line.fate], ending: successors.length > 0 ? '' : 'abolished' }];
    }),
  );
}

/** A grid that stayed as it was, or whose border moved, and bears another code was given a new number only. */
const LINEAGE: Readonly<Record<GridFate, CodeLineage['kind']>> = {
  unchanged: 'recode',
  moved: 'recode',
  split: 'split',
  merged: 'merge',
  redrawn: 'redraw',
  new: 'redraw',
  retired: 'redraw',
};

type Side = ComparedGrids['former'][number];

/** The former grid that a present one continues as far as codes go. */
function continuedPair(
  { fate, former, present }: ComparedGrids,
  overlaps: readonly Overlap[],
  rule: CodeRule,
): { former: Side; present: Side } | null {
  const [before, after] = [former[0], present[0]];
  if (!before || !after || fate === 'redrawn') return null;
  if (fate === 'split') {
    const part = largestOf(sharedWith(present, overlaps, ({ present: grid }) => grid));
    return rule.keepOnSplit && part ? { former: before, present: part } : null;
  }
  if (fate === 'merged') {
    const part = largestOf(sharedWith(former, overlaps, ({ former: grid }) => grid));
    return rule.keepOnMerge && part ? { former: part, present: after } : null;
  }
  return { former: before, present: after };
}

/** The grids, each as large as the part of it that lies in the one grid on the other side of the line. */
function sharedWith(grids: readonly Side[], overlaps: readonly Overlap[], sideOf: (overlap: Overlap) => number | null): Side[] {
  const within = overlaps.filter(({ former, present }) => former !== null && present !== null);
  return grids.map((side) => {
    const largest = largestOf(
      within
        .filter((overlap) => sideOf(overlap) === side.grid)
        .map(({ households, area_m2 }) => ({ grid: side.grid, households, area_m2 })),
    );
    return { ...side, households: largest?.households ?? 0, area_m2: largest?.area_m2 ?? 0 };
  });
}

/** The present grids of the line that took over a good part of the former grid, the largest first. */
function heirsOf(line: ComparedGrids, overlaps: readonly Overlap[], former: number): Side[] {
  const own = overlaps.filter((overlap) => overlap.former === former);
  const households = own.reduce((sum, overlap) => sum + overlap.households, 0);
  const area = own.reduce((sum, overlap) => sum + overlap.area_m2, 0);
  const parts = line.present.flatMap((side) =>
    own.filter(({ present }) => present === side.grid).map((overlap) => ({ ...overlap, grid: side.grid, side })),
  );
  const largest = largestOf(parts);
  return parts
    .filter((part) => part === largest || part.households > households * HEIR_SHARE || part.area_m2 > area * HEIR_SHARE)
    .sort((a, b) => b.households - a.households || b.area_m2 - a.area_m2 || a.grid - b.grid)
    .map(({ side }) => side);
}
