// A small invented county, divided: a layout without faults, and what it is checked against.
import { schemeOf } from '../../../core/codes/schemes.ts';
import { barrierIndex } from '../../../core/division/barrier-index.ts';
import { DEFAULT_DIVISION, divideCommunity } from '../../../core/division/divide.ts';
import { blockGraph } from '../../../core/division/graph.ts';
import { dividedGrids } from '../../../core/export/divided-layout.ts';
import { type Layout, layoutGeojson } from '../../../core/export/layout.ts';
import { communityKind } from '../../../core/geo/region.ts';
import { type BuiltBlock, buildBlocks } from '../../../core/import/blocks.ts';
import { validateImport } from '../../../core/import/validate.ts';
import { checkLayout, type LayoutReport } from '../../../core/layout-check/check-layout.ts';
import type { Surroundings } from '../../../core/layout-check/context.ts';
import { readLayout } from '../../../core/layout-check/read-layout.ts';
import type { Profile } from '../../../core/rules/profile.ts';
import { profileOf } from '../../../core/rules/profiles.ts';
import { generateCounty } from '../../../fixtures/generate.ts';
import { bytes } from '../import/collections.ts';

export interface DividedCounty {
  readonly layout: Layout;
  readonly surroundings: Surroundings;
  readonly blocks: readonly BuiltBlock[];
}

export function dividedCounty(households: number, seed: number): DividedCounty {
  const county = generateCounty({ households, seed });
  const valid = validateImport({
    communities: bytes(county.communities),
    buildings: bytes(county.buildings),
    barriers: bytes(county.barriers),
  });
  const profile = profileOf('gansu-2023') as Profile;
  const scheme = schemeOf('gb15');
  if (!scheme) throw new Error('the scheme is missing');
  const { blocks } = buildBlocks(valid.communities, valid.barriers, valid.buildings);
  const classAt = barrierIndex(valid.barriers);
  const grids = valid.communities.flatMap(({ code, name }, i) => {
    const own = blocks.filter(({ community }) => community === i);
    const rule = profile.size[communityKind(code)];
    const division = divideCommunity({ community: code, graph: blockGraph(own, classAt), rule }, DEFAULT_DIVISION);
    return dividedGrids({ code, name, kind: communityKind(code) }, own, division, scheme);
  });
  const layout = layoutGeojson(grids, { name: '', region: '', regionName: '', profile: profile.id, scheme: scheme.id });
  const { communities, buildings, barriers } = valid;
  return { layout, blocks, surroundings: { communities, buildings, barriers, profile, scheme, populationEstimated: false } };
}

export function check(layout: unknown, surroundings: Surroundings): LayoutReport {
  return checkLayout(readLayout(bytes(layout)), surroundings);
}

/** Checks that found an error or a warning. */
export function caughtBy({ issues }: LayoutReport): string[] {
  return [...new Set(issues.filter(({ severity }) => severity !== 'note').map((issue) => issue.check))].sort();
}
