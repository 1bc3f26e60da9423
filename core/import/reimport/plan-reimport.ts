// Works out what files change of what is stored: what is kept, cut, added and retired. Same files again: nothing.
import { interiorPoint } from '../../coverage/locate.ts';
import type { BuildingEntry } from '../buildings.ts';
import { PolygonIndex } from '../polygon-index.ts';
import { type MatchedBuildings, matchBuildings } from './match-buildings.ts';
import { newBarriers, newInstitutions } from './new-places.ts';
import { type LivingBlock, type NewArea, planBlocks } from './plan-blocks.ts';
import { planBuildings } from './plan-buildings.ts';
import type { Reimport } from './reimport.ts';
import type { BarrierEntry, InstitutionEntry, Stored } from './stored.ts';

/** What the files bring, judged; empty lists: no such file. Communities tile among themselves and with stored ones beside them. */
export interface Incoming {
  readonly communities: readonly NewArea[];
  readonly buildings: readonly BuildingEntry[];
  readonly barriers: readonly BarrierEntry[];
  readonly institutions: readonly InstitutionEntry[];
}

export interface ReimportOptions {
  /** Region code that the importer reaches; `*`: everything. */
  readonly reach: string;
  /** Remove the buildings of the files' communities that the list does not have, and those that no community has any more. */
  readonly removeMissing: boolean;
}

/** Pure. `stored` holds every community of the files that is stored, and all that their old or new areas touch. */
export function planReimport(incoming: Incoming, stored: Stored, { reach, removeMissing }: ReimportOptions): Reimport {
  const inReach = (code: string): boolean => reach === '*' || code.startsWith(reach);
  const codes = new Set(incoming.communities.map(({ code }) => code));
  const matched = matchWithin(incoming, stored, codes, inReach);
  const barriers = newBarriers(incoming.barriers, stored.barriers);
  const blocks = planBlocks(incoming.communities, stored, {
    barriers: [...stored.barriers, ...barriers],
    buildings: [...incoming.buildings, ...matched.unmatched],
  });
  const buildings = planBuildings(incoming.buildings, matched, stored.blocks, blocks, { inReach, complete: codes, removeMissing });
  const lying = placesWithin(incoming.institutions, blocks.living, reach === '*' ? null : inReach);
  const institutions = newInstitutions(lying.within, stored.institutions);
  const { sameOutlines, living: _, ...changedBlocks } = blocks;
  const { unchanged, beyond, ...changedBuildings } = buildings;
  const names = namesOf(incoming, stored);
  return {
    revisions: Object.fromEntries(stored.communities.map(({ code, revision }) => [code, revision])),
    ...names,
    ...changedBlocks,
    ...changedBuildings,
    barriers,
    institutions,
    beyond: { buildings: beyond, institutions: lying.beyond },
    unchanged: {
      communities: [...sameOutlines].filter((code) => !names.renamed.some((renamed) => renamed.code === code)).length,
      buildings: unchanged,
      barriers: incoming.barriers.length - barriers.length,
      institutions: lying.within.length - institutions.length,
    },
  };
}

/** Identifiers count within the communities of the files; where the files have none, within the community that the building stands in. */
function matchWithin(
  { buildings }: Incoming,
  stored: Stored,
  codes: ReadonlySet<string>,
  inReach: (code: string) => boolean,
): MatchedBuildings {
  const blocks = new PolygonIndex(codes.size > 0 ? [] : stored.blocks.map(({ polygon }) => polygon));
  const communityAt = ({ point }: BuildingEntry): string | undefined => stored.blocks[blocks.holding(point)[0] ?? -1]?.community;
  const within = stored.buildings.filter(({ community }) => inReach(community));
  const matched = matchBuildings(buildings, within, (entry, { community }) =>
    codes.size > 0 ? codes.has(community) : communityAt(entry) === community,
  );
  return { ...matched, unmatched: [...matched.unmatched, ...stored.buildings.filter(({ community }) => !inReach(community))] };
}

function namesOf({ communities }: Incoming, stored: Stored): Pick<Reimport, 'newCommunities' | 'renamed'> {
  const known = new Map(stored.communities.map(({ code, name }) => [code, name]));
  return {
    newCommunities: communities.filter(({ code }) => !known.has(code)).map(({ code, name }) => ({ code, name })),
    renamed: communities.flatMap(({ code, name }) => {
      const from = known.get(code) ?? name;
      return from === name ? [] : [{ code, from, to: name }];
    }),
  };
}

/** An institution lies where a point inside it does; without `inReach` it may lie anywhere. */
function placesWithin(
  institutions: readonly InstitutionEntry[],
  living: readonly LivingBlock[],
  inReach: ((code: string) => boolean) | null,
) {
  const index = new PolygonIndex(living.map(({ polygon }) => polygon));
  const isWithin = ({ area }: InstitutionEntry): boolean =>
    !inReach || index.holding(interiorPoint(area)).some((i) => inReach((living[i] as LivingBlock).community));
  return {
    within: institutions.filter(isWithin),
    beyond: institutions.flatMap((institution, i) => (isWithin(institution) ? [] : [i])),
  };
}
