// The regions above the imported communities: their codes follow from the community codes, their names from the file.
import { levelOf, parentsOf } from '../geo/region.ts';
import type { ParentNames } from './communities.ts';
import type { Findings } from './findings.ts';

export interface ParentRegion {
  readonly code: string;
  /** Empty: the file has no name for it. */
  readonly name: string;
  readonly parent: string | null;
}

interface Child {
  readonly feature: number;
  readonly code: string;
  readonly parents: ParentNames;
}

/** Provinces first. The first name given for a region counts; others are said. */
export function parentRegions(communities: readonly Child[], findings: Findings): ParentRegion[] {
  const names = new Map<string, string>();
  for (const community of communities) {
    for (const code of parentsOf(community.code)) {
      const name = community.parents[levelOf(code) as keyof ParentNames];
      const known = names.get(code) ?? '';
      if (known === '') names.set(code, name);
      else if (name !== '' && name !== known) {
        const values = { code, name, kept: known };
        findings.mend('communities', 'parent-name-differs', { feature: community.feature, field: levelOf(code) as string, values });
      }
    }
  }
  return [...names]
    .map(([code, name]): ParentRegion => ({ code, name, parent: parentsOf(code).at(-1) ?? null }))
    .sort((a, b) => a.code.length - b.code.length || (a.code < b.code ? -1 : 1));
}
