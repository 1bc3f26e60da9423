// Judges a finished layout, ours or foreign, against communities, buildings and a profile: all issues, the gravest first.
import type { Severity } from '../rules/rule.ts';
import { completeFindings, sizeFindings, totalsFindings } from './contents.ts';
import type { LayoutContext, Surroundings } from './context.ts';
import { contiguousFindings } from './contiguous.ts';
import { coverageFindings } from './coverage.ts';
import { cutBuildingFindings } from './cut-buildings.ts';
import { homesOf } from './homes.ts';
import { type LayoutFinding, type LayoutIssue, layoutIssue } from './issue.ts';
import { codeFindings, kindFindings, nameFindings } from './labels.ts';
import type { ReadLayout } from './read-layout.ts';
import { shapeFindings } from './shape.ts';
import { tallyOf } from './tally.ts';

/** Answer of `onegrid check`. */
export interface LayoutReport {
  readonly errors: number;
  readonly warnings: number;
  readonly issues: readonly LayoutIssue[];
}

const RANK: Readonly<Record<Severity, number>> = { error: 0, warning: 1, note: 2 };

/** Pure. The communities have to tile, as `validateImport` makes them. */
export function checkLayout(layout: ReadLayout, surroundings: Surroundings): LayoutReport {
  const found = [...layout.findings, ...contentFindings(layout, surroundings)];
  const issues = found.map((finding) => layoutIssue(surroundings.profile, finding)).sort((a, b) => RANK[a.severity] - RANK[b.severity]);
  const countOf = (severity: Severity): number => issues.filter((issue) => issue.severity === severity).length;
  return { errors: countOf('error'), warnings: countOf('warning'), issues };
}

/** Where the layout has nothing to do with the communities, one finding instead of one for each grid and each community. */
function contentFindings(layout: ReadLayout, surroundings: Surroundings): LayoutFinding[] {
  // Why nothing could be read has been said.
  if (layout.grids.length === 0 && layout.findings.length > 0) return [];
  const { context, findings } = contextOf(layout, surroundings);
  const bound = context.grids.flatMap(({ kind, polygons }, grid) => (kind !== 'thematic' && polygons.length > 0 ? [grid] : []));
  if (bound.length > 0 && bound.every((grid) => context.homes[grid] === null)) {
    return [{ check: 'inside', sentence: 'inside-all-nowhere', values: { grids: bound.length }, measured: bound.length, limit: 0 }];
  }
  return [
    ...findings,
    ...coverageFindings(context),
    ...contiguousFindings(context),
    ...completeFindings(context),
    ...cutBuildingFindings(context),
    ...shapeFindings(context),
    ...totalsFindings(context),
    ...sizeFindings(context),
    ...nameFindings(context),
    ...codeFindings(context),
    ...kindFindings(context),
  ];
}

function contextOf(layout: ReadLayout, surroundings: Surroundings) {
  const { grids } = layout;
  const { homes, findings } = homesOf(grids, surroundings.communities);
  const dividing = surroundings.communities.map((): number[] => []);
  grids.forEach(({ kind, polygons }, grid) => {
    const home = homes[grid] ?? null;
    if (home !== null && kind !== 'thematic' && polygons.length > 0) dividing[home]?.push(grid);
  });
  const { buildings } = surroundings;
  const tally = tallyOf(grids, buildings);
  const context: LayoutContext = { ...surroundings, layout, grids, homes, dividing, tally };
  return { context, findings };
}
