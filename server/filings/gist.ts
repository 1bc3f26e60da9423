// What deciding about a package needs of it: codes, communities and changes, without the thousands of buildings. Pure; runs in a thread.
import type { Scheme } from '../../core/codes/scheme.ts';
import type { PackageContents } from '../../core/filing/schemas.ts';

export interface PackageGist {
  readonly scheme: Scheme;
  readonly grids: readonly { readonly plan: number; readonly community: string; readonly code: string; readonly name: string }[];
  /** `outline`: GeoJSON as text. */
  readonly communities: readonly { readonly plan: number; readonly code: string; readonly name: string; readonly outline: string }[];
  readonly changes: PackageContents['changes.json']['changes'];
}

/** Of files that their schemas fit. Grids in communities that the package does not have belong to no plan and are left out. */
export function gistOf(
  files: Pick<PackageContents, 'scheme.json' | 'layout.geojson' | 'communities.geojson' | 'changes.json'>,
): PackageGist {
  const communities = files['communities.geojson'].features.map(({ properties: { plan, code, name }, geometry }) => {
    return { plan, code, name, outline: JSON.stringify(geometry) };
  });
  const planOf = new Map(communities.map(({ code, plan }) => [code, plan]));
  const grids = files['layout.geojson'].features.flatMap(({ properties: { community, code, name } }) => {
    const plan = planOf.get(community);
    return plan === undefined || code === null ? [] : [{ plan, community, code, name }];
  });
  return { scheme: files['scheme.json'], grids, communities, changes: files['changes.json'].changes };
}
