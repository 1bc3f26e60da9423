// A community of a plan started from a department's old grids: snapped to blocks, with all that does not go smoothly.
import type { StartConflict } from '../api/one-net-messages.ts';
import { boxesMeet, boxOf } from '../coverage/box.ts';
import type { Polygon } from '../coverage/geometry.ts';
import { locate } from '../coverage/locate.ts';
import { outlineOf } from '../coverage/outline.ts';
import { multiPolygonAreaM2, polygonAreaM2 } from '../geo/measure.ts';
import { groupBy } from '../group-by.ts';
import { shortCommunityName } from '../plan/grid-name.ts';
import { type Adopt, staysAside } from '../plan/operations/adopt.ts';
import type { Block, Building, CommunityState } from '../plan/state.ts';
import { sizeBreach, sizeRuleOf } from '../rules/band.ts';
import { placeOf } from '../rules/finding.ts';
import { nameFault } from '../rules/name.ts';
import { overlapM2 } from '../rules/overlap.ts';
import type { Profile } from '../rules/profile.ts';
import { NEGLIGIBLE_SHARE, type OldGrid } from './old-grid.ts';

/** An old grid of another community that reaches over with less of itself was drawn carelessly: it makes no grid here. */
export const REACHING_SHARE = 0.1;
/** Longest name of a grid, as `describe` takes it. */
const MAX_NAME = 80;

export interface StartGround {
  readonly state: CommunityState;
  readonly department: string;
  /** Of the department, whose boxes meet the community's. */
  readonly oldGrids: readonly OldGrid[];
  /** Names that other communities of the town bear in the plan, or old grids of the department that are at home in them. */
  readonly namesElsewhere: ReadonlySet<string>;
  readonly profile: Profile;
}

export interface Start {
  /** null: none of the old grids has a block here. */
  readonly operation: Adopt | null;
  readonly conflicts: readonly StartConflict[];
}

/** Each block goes to the old grid with most of its households, else of its area; what none has is left free. Changes nothing. */
export function startFromOldGrids(ground: StartGround): Start {
  const { state, department } = ground;
  const free = [...state.blocks.values()].filter(({ id }) => !staysAside(state.grids.get(state.gridOf.get(id) ?? 0)));
  const here = oldGridsHere(ground);
  const claims = claimsOn(free, here, state);
  const parts = here.map(({ old }, i) => ({ old, blocks: free.filter((_, block) => claims[block]?.[0]?.old === i) }));
  const kept = parts.filter(({ blocks }) => blocks.length > 0);
  const names = namesFor(
    ground,
    kept.map(({ old }) => old),
  );
  const grids = kept.map(({ blocks }, i) => ({ name: names[i] as string, blocks: blocks.map(({ id }) => id) }));
  const conflicts = [
    ...free.flatMap((block, i) => sharedBlock(block, claims[i] as readonly Claim[], here) ?? []),
    ...overlaps(here.map(({ old }) => old)),
    ...here.flatMap((one) => severalCommunities(one) ?? []),
    ...kept.flatMap(({ old, blocks }, i) => [...sizeOf(ground, old, names[i] as string, blocks), ...renamed(old, names[i] as string)]),
    ...parts.filter(({ old, blocks }) => old.home === state.community.code && blocks.length === 0).map(({ old }) => vanished(old)),
    ...unassigned(free.filter((_, block) => claims[block]?.length === 0)),
  ];
  return { operation: grids.length === 0 ? null : { type: 'adopt', department, grids }, conflicts };
}

interface OldGridHere {
  readonly old: OldGrid;
  /** Share of its area that lies in the community. */
  readonly share: number;
}

/** Its own, and those of others that reach into the community. */
function oldGridsHere({ state, oldGrids }: StartGround): OldGridHere[] {
  const outline = outlineOf([...state.blocks.values()].map(({ polygon }) => polygon));
  const communityM2 = multiPolygonAreaM2(outline);
  return oldGrids.flatMap((old) => {
    const areaM2 = multiPolygonAreaM2(old.area);
    const sharedM2 = old.area.reduce((sum, part) => sum + overlapM2(outline, part), 0);
    const isHere = old.home === state.community.code || sharedM2 >= REACHING_SHARE * Math.min(areaM2, communityM2);
    return isHere ? { old, share: sharedM2 / areaM2 } : [];
  });
}

const holds = ({ area }: OldGrid, { point }: Pick<Building, 'point'>): boolean => area.some((part) => locate(point, part) !== 'outside');

/** What an old grid has of a block; the one that receives the block first. */
interface Claim {
  /** Position of the old grid. */
  readonly old: number;
  readonly households: number;
  readonly share: number;
}

function claimsOn(blocks: readonly Block[], here: readonly OldGridHere[], state: CommunityState): Claim[][] {
  const lived = [...state.buildings.values()].filter(({ households }) => households > 0);
  const homes = groupBy(lived, ({ block }) => block);
  return blocks.map((block) => {
    const near = [...here.keys()].filter((i) => touches((here[i] as OldGridHere).old, block.polygon));
    const byHomes = near.map((old) => ({ old, households: householdsIn((here[old] as OldGridHere).old, homes.get(block.id) ?? []) }));
    const housed = byHomes.reduce((sum, { households }) => sum + households, 0);
    const claims =
      housed > 0
        ? byHomes.map((claim) => ({ ...claim, share: claim.households / block.households }))
        : near.map((old) => ({ old, households: 0, share: areaShare(block.polygon, (here[old] as OldGridHere).old) }));
    return claims.filter(({ share }) => share >= NEGLIGIBLE_SHARE).sort((a, b) => b.share - a.share || a.old - b.old);
  });
}

const touches = ({ area }: OldGrid, polygon: Polygon): boolean => area.some((part) => boxesMeet(boxOf(part), boxOf(polygon)));

const householdsIn = (old: OldGrid, homes: readonly Building[]): number =>
  homes.reduce((sum, home) => sum + (holds(old, home) ? home.households : 0), 0);

const areaShare = (polygon: Polygon, { area }: OldGrid): number =>
  area.reduce((sum, part) => sum + overlapM2([polygon], part), 0) / polygonAreaM2(polygon);

/**
 * A name is borne once in a town and holds no code: the old one, which stays with the community that holds most of the old grid, the same
 * with the community before it, or empty for a number.
 */
function namesFor({ state, namesElsewhere }: StartGround, olds: readonly OldGrid[]): string[] {
  const staying = [...state.grids.values()].filter((grid) => grid.area !== null || staysAside(grid)).map(({ name }) => name.trim());
  const taken = new Set([...namesElsewhere, ...staying]);
  const { code, name: community } = state.community;
  return olds.map(({ home, name: given }) => {
    const name = given.trim();
    const prefixed = `${shortCommunityName(community)}${name}`;
    const candidates = home === code ? [name, prefixed] : [prefixed];
    const legal = candidates.find(
      (candidate) => candidate.length <= MAX_NAME && nameFault(candidate, taken.has(candidate) ? 2 : 1) === null,
    );
    if (legal !== undefined) taken.add(legal);
    return legal ?? '';
  });
}

const conflict = (kind: StartConflict['kind'], grids: readonly string[], more: Partial<StartConflict>): StartConflict => ({
  ...{ kind, grids: [...grids], shares: [], values: {}, place: null },
  ...more,
});
const around = (polygons: Iterable<Polygon>): StartConflict['place'] => {
  const place = placeOf(polygons);
  return place && [...place];
};

function sharedBlock(block: Block, claims: readonly Claim[], here: readonly OldGridHere[]): StartConflict | null {
  if (claims.length < 2) return null;
  return conflict(
    'shared-block',
    claims.map(({ old }) => (here[old] as OldGridHere).old.name),
    {
      shares: claims.map(({ share }) => share),
      values: { block: block.id, households: block.households },
      place: around([block.polygon]),
    },
  );
}

function overlaps(olds: readonly OldGrid[]): StartConflict[] {
  return olds.flatMap((one, i) =>
    olds.slice(i + 1).flatMap((other) => {
      if (!one.area.some((part) => touches(other, part))) return [];
      const areaM2 = one.area.reduce((sum, part) => sum + overlapM2(other.area, part), 0);
      const smallerM2 = Math.min(multiPolygonAreaM2(one.area), multiPolygonAreaM2(other.area));
      if (areaM2 < smallerM2 * NEGLIGIBLE_SHARE) return [];
      return conflict('overlap', [one.name, other.name], { values: { areaM2 }, place: around([...one.area, ...other.area]) });
    }),
  );
}

function severalCommunities({ old, share }: OldGridHere): StartConflict | null {
  const elsewhere = 1 - share - old.outsideShare;
  if (elsewhere < NEGLIGIBLE_SHARE) return null;
  return conflict('several-communities', [old.name], { values: { percent: Math.round(100 * share) }, place: around(old.area) });
}

function sizeOf({ state, profile }: StartGround, old: OldGrid, name: string, blocks: readonly Block[]): StartConflict[] {
  const rule = sizeRuleOf(state.community.kind, profile);
  const households = blocks.reduce((sum, block) => sum + block.households, 0);
  const population = blocks.reduce((sum, block) => sum + block.population, 0);
  const breach = rule && sizeBreach({ households, population }, rule);
  if (!breach) return [];
  if (breach.side === 'below' && blocks.length === state.blocks.size && rule.wholeCommunityMayBeSmaller) return [];
  const { side, measure, measured, limit } = breach;
  const place = around(blocks.map(({ polygon }) => polygon));
  return [conflict(`size-${side}`, [name || old.name], { values: { households, measure, measured, limit }, place })];
}

function renamed(old: OldGrid, name: string): StartConflict[] {
  return name === old.name.trim() ? [] : [conflict('renamed', [old.name], { values: { name }, place: around(old.area) })];
}

const vanished = (old: OldGrid): StartConflict => conflict('vanished', [old.name], { place: around(old.area) });

function unassigned(blocks: readonly Block[]): StartConflict[] {
  if (blocks.length === 0) return [];
  const households = blocks.reduce((sum, block) => sum + block.households, 0);
  return [
    conflict('unassigned', [], { values: { blocks: blocks.length, households }, place: around(blocks.map(({ polygon }) => polygon)) }),
  ];
}
