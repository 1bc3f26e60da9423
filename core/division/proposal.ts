// What a division would bring, beside what the community has: counts, borders, moves, and why what cannot be legal cannot.
import type { CommunityProposal, DivisionObstacle, GridFeature, LayoutCounts, ProposedLayout } from '../api/messages.ts';
import { geojsonMultiPolygon } from '../coverage/lattice.ts';
import { outlineOf } from '../coverage/outline.ts';
import { lineLengthM, polygonAreaM2 } from '../geo/measure.ts';
import type { Change } from '../plan/change.ts';
import { type Outcome, succeed } from '../plan/failure.ts';
import { type Adopt, adopt } from '../plan/operations/adopt.ts';
import { changeOf, type Divide, type PlannedDivision, planDivision } from '../plan/operations/divide.ts';
import type { Block, CommunityState, Grid } from '../plan/state.ts';
import { applyChange } from '../plan/state-change.ts';
import { bandOf } from '../rules/band.ts';
import { placeOf } from '../rules/finding.ts';
import type { Profile } from '../rules/profile.ts';
import { surveyOf } from '../rules/survey.ts';
import { barrierIndex } from './barrier-index.ts';
import type { Certificate } from './certificate.ts';
import type { ScatteredGroup } from './group-grids.ts';

export interface DivisionProposal extends Pick<CommunityProposal, 'before' | 'after' | 'householdsMoved' | 'blocksMoved' | 'obstacles'> {
  /** What accepting would do; the same as `planChange` answers for the operation. */
  readonly change: Change;
  /** null: the layout is what it was. */
  readonly layout: ProposedLayout | null;
}

/** Divides on paper, or lays the community out as given. Nothing is changed; a failure says why there is nothing to divide. */
export function proposeDivision(state: CommunityState, operation: Divide | Adopt, profile: Profile): Outcome<DivisionProposal> {
  if (operation.type === 'adopt') {
    const adopted = adopt(state, operation);
    return adopted.ok ? succeed(proposalOf(state, adopted.value, [], profile)) : adopted;
  }
  const planned = planDivision(state, operation, profile);
  return planned.ok ? succeed(proposalOf(state, changeOf(state, planned.value), obstaclesOf(planned.value), profile)) : planned;
}

function proposalOf(state: CommunityState, change: Change, obstacles: DivisionObstacle[], profile: Profile): DivisionProposal {
  const after = applyChange(state, change);
  const moved = change.assignments.map(({ block }) => after.blocks.get(block) as Block);
  return {
    change,
    layout: moved.length + change.cells.length + change.grids.length === 0 ? null : layoutOf(after, profile),
    before: layoutCounts(state, profile),
    after: layoutCounts(after, profile),
    householdsMoved: moved.reduce((sum, { households }) => sum + households, 0),
    blocksMoved: moved.length,
    obstacles,
  };
}

/** Measures are rounded to this many parts of a metre or square metre: the last bit of a cosine differs from machine to machine. */
const PARTS_OF_METRE = 1_000;
const rounded = (measure: number): number => Math.round(measure * PARTS_OF_METRE) / PARTS_OF_METRE;

interface Member {
  readonly grid: Grid;
  readonly blocks: Block[];
}

/** Grids with blocks, in the order of their ids. Thematic ones lie across the others and are left out. */
function membersOf(state: CommunityState): Member[] {
  const members = new Map<number, Member>();
  for (const grid of state.grids.values()) if (grid.area === null) members.set(grid.id, { grid, blocks: [] });
  for (const block of state.blocks.values()) members.get(state.gridOf.get(block.id) ?? 0)?.blocks.push(block);
  return [...members.values()].filter(({ blocks }) => blocks.length > 0);
}

const sumOf = (blocks: readonly Block[], field: 'households' | 'population' | 'buildings'): number =>
  blocks.reduce((sum, block) => sum + block[field], 0);

function bandOfMember(state: CommunityState, { grid, blocks }: Member, profile: Profile) {
  return bandOf(
    {
      ...{ kind: grid.kind, reason: grid.reason, wholeCommunity: blocks.length === state.blocks.size },
      ...{ households: sumOf(blocks, 'households'), population: sumOf(blocks, 'population') },
    },
    profile,
  );
}

/** What the layout of a community comes to. */
export function layoutCounts(state: CommunityState, profile: Profile): LayoutCounts {
  const members = membersOf(state);
  const classAt = barrierIndex(state.barriers);
  let [borderM, barrierM] = [0, 0];
  for (const { left, right, ax, ay, bx, by } of surveyOf(state).gridBorders) {
    if (!state.gridOf.has(left) || !state.gridOf.has(right)) continue;
    const length = rounded(lineLengthM([ax, ay, bx, by]));
    borderM += length;
    if (classAt(ax, ay, bx, by) !== null) barrierM += length;
  }
  return {
    grids: members.length,
    within: members.filter((member) => !['above', 'below'].includes(bandOfMember(state, member, profile))).length,
    borderM,
    onBarriers: borderM === 0 ? 0 : barrierM / borderM,
  };
}

/** The layout as it travels to the map. Codes are given when it is accepted. */
function layoutOf(state: CommunityState, profile: Profile): ProposedLayout {
  const members = membersOf(state);
  const shades = shadesOf(state, members);
  const features = members.map((member): GridFeature => {
    const { grid, blocks } = member;
    const polygons = blocks.map(({ polygon }) => polygon);
    const { id, community, kind, name, reason, party, staff, locked } = grid;
    return {
      type: 'Feature',
      id,
      geometry: { type: 'MultiPolygon', coordinates: geojsonMultiPolygon(outlineOf(polygons)) },
      properties: {
        ...{ id, community, kind, name, code: null, codeState: null, reason, party, staff: [...staff], clearances: [], locked },
        households: sumOf(blocks, 'households'),
        population: sumOf(blocks, 'population'),
        buildings: sumOf(blocks, 'buildings'),
        blocks: blocks.length,
        cells: new Set(blocks.flatMap((block) => state.cellOf.get(block.id) ?? [])).size,
        area_m2: polygons.reduce((sum, polygon) => sum + rounded(polygonAreaM2(polygon)), 0),
        band: bandOfMember(state, member, profile),
        shade: shades.get(id) ?? 0,
      },
    };
  });
  return { community: state.community.code, grids: { type: 'FeatureCollection', features }, gridOf: [...state.gridOf] };
}

/** Colour classes such that neighbours differ: greedy, in the order of the ids. */
function shadesOf(state: CommunityState, members: readonly Member[]): Map<number, number> {
  const neighbours = new Map<number, Set<number>>();
  for (const { left, right } of surveyOf(state).gridBorders) {
    const [a, b] = [state.gridOf.get(left), state.gridOf.get(right)];
    if (a === undefined || b === undefined) continue;
    neighbours.set(a, (neighbours.get(a) ?? new Set()).add(b));
    neighbours.set(b, (neighbours.get(b) ?? new Set()).add(a));
  }
  const shades = new Map<number, number>();
  for (const { grid } of members) {
    const taken = new Set([...(neighbours.get(grid.id) ?? [])].map((other) => shades.get(other)));
    let shade = 0;
    while (taken.has(shade)) shade++;
    shades.set(grid.id, shade);
  }
  return shades;
}

function obstaclesOf({ blocks, division, scattered }: PlannedDivision): DivisionObstacle[] {
  return [...division.certificates, ...scattered].map((certificate) => {
    const { kind, households, persons } = certificate;
    const gap = 'add' in certificate ? certificate : { add: null, remove: null };
    const concerned = positionsOf(certificate).map((at) => (blocks[at] as Block).polygon);
    return { kind, households, persons, add: gap.add, remove: gap.remove, place: placeOf(concerned) };
  });
}

function positionsOf(certificate: Certificate | ScatteredGroup): readonly number[] {
  switch (certificate.kind) {
    case 'oversize-unit':
      return [certificate.block];
    case 'bottleneck':
      return [certificate.block, ...certificate.pockets.flat()];
    default:
      return certificate.blocks;
  }
}
