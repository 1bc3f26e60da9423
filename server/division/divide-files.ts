// Divides every community of some files; the blocks are built as an import would build them.
import type { ImportFinding } from '../../core/api/import-messages.ts';
import type { Scheme } from '../../core/codes/scheme.ts';
import { boxesMeet, boxOf, boxOfLine } from '../../core/coverage/box.ts';
import type { Box } from '../../core/coverage/geometry.ts';
import type { Certificate } from '../../core/division/certificate.ts';
import type { Draft } from '../../core/division/draft.ts';
import type { ScatteredGroup } from '../../core/division/group-grids.ts';
import { dividedGrids, gridNameBases } from '../../core/export/divided-layout.ts';
import { type Layout, layoutGeojson } from '../../core/export/layout.ts';
import { communityKind, parentsOf } from '../../core/geo/region.ts';
import { type BuiltBlock, type BuiltBlocks, buildBlocks } from '../../core/import/blocks.ts';
import { parentRegions } from '../../core/import/parents.ts';
import { mayBeStored, type ValidCommunity, type ValidImport, validateImport } from '../../core/import/validate.ts';
import type { Block, Building, Community, CommunityState } from '../../core/plan/state.ts';
import { bandOf } from '../../core/rules/band.ts';
import type { Profile } from '../../core/rules/profile.ts';
import { readImportFile } from '../imports/read-file.ts';
import { DivisionThreads } from './division-threads.ts';

export interface DivideRequest {
  readonly communities: string;
  readonly buildings: string;
  readonly barriers?: string | undefined;
  readonly institutions?: string | undefined;
  readonly profile: Profile;
  readonly scheme: Scheme;
  readonly threads: number;
  readonly onProgress?: (progress: DivideProgress) => void;
}

/** `fraction`: 0–1 of the phase. */
export interface DivideProgress {
  readonly phase: 'reading' | 'validating' | 'building-blocks' | 'dividing' | 'drawing-outlines' | 'writing';
  readonly fraction: number;
}

/** A community that has no legal division, or not one that follows its groups, and why. */
type Infeasible = { readonly community: string; readonly name: string } & Pick<
  Certificate | ScatteredGroup,
  'kind' | 'households' | 'persons'
> & {
    readonly add?: number | null;
    readonly remove?: number | null;
  };

export interface DividedFiles {
  readonly layout: Layout;
  readonly communities: number;
  readonly grids: number;
  readonly households: number;
  /** Grids within the band. */
  readonly within: number;
  readonly infeasible: readonly Infeasible[];
  /** Codes of communities with neither a legal division nor a proof that there is none. */
  readonly unexplained: readonly string[];
}

/** `divided` is null when features were refused. Throws UnusableFile when a file cannot be read as features at all. */
export async function divideFiles(request: DivideRequest): Promise<{ findings: readonly ImportFinding[]; divided: DividedFiles | null }> {
  const threads = new DivisionThreads(request.threads);
  threads.warmUp();
  try {
    const { communities, buildings, barriers, institutions } = request;
    const tell = (phase: DivideProgress['phase']) => (fraction: number) => request.onProgress?.({ phase, fraction });
    tell('reading')(0);
    // The bytes of the files are let go as soon as they are read.
    const valid = validateImport(
      {
        communities: readImportFile('communities', communities),
        buildings: readImportFile('buildings', buildings),
        barriers: barriers === undefined ? undefined : readImportFile('barriers', barriers),
        institutions: institutions === undefined ? undefined : readImportFile('institutions', institutions),
      },
      tell('validating'),
    );
    const findings = valid.findings.list;
    if (!mayBeStored(valid, false)) return { findings, divided: null };
    const built = buildBlocks(valid.communities, valid.barriers, valid.buildings, tell('building-blocks'));
    return { findings, divided: await divideBlocks(threads, valid, built, { ...request, tell }) };
  } finally {
    await threads.close();
  }
}

async function divideBlocks(
  threads: DivisionThreads,
  valid: ValidImport,
  built: BuiltBlocks,
  { profile, scheme, tell }: DivideRequest & { tell: (phase: DivideProgress['phase']) => (fraction: number) => void },
): Promise<DividedFiles> {
  const states = statesOf(valid, built);
  let done = 0;
  tell('dividing')(0);
  const drafts = await Promise.all(
    states.map(async (state) => {
      const draft = await threads.run('draft', { state, profile });
      tell('dividing')(++done / states.length);
      return draft;
    }),
  );
  tell('drawing-outlines')(0);
  const blocksOf = valid.communities.map((): BuiltBlock[] => []);
  for (const block of built.blocks) blocksOf[block.community]?.push(block);
  const bases = gridNameBases(valid.communities);
  const divided = states.map(({ community }, i) => {
    const draft = drafts[i] as Draft;
    const blocks = blocksOf[i] as BuiltBlock[];
    const named = { ...community, nameBase: bases[i] };
    const division = { ...draft, grids: draft.grids.length };
    return {
      community,
      draft,
      within: withinOf(draft, blocks, profile),
      features: dividedGrids(named, blocks, division, scheme, draft.cellOf, draft.grids),
    };
  });
  const grids = divided.flatMap(({ features }) => features);
  return {
    layout: layoutGeojson(grids, { ...titleOf(valid), profile: profile.id, scheme: scheme.id }),
    communities: divided.length,
    grids: grids.length,
    households: grids.reduce((sum, { properties }) => sum + properties.households, 0),
    within: divided.reduce((sum, { within }) => sum + within.filter(Boolean).length, 0),
    infeasible: divided.flatMap(({ community, draft: { certificates, scattered } }) =>
      [...certificates, ...scattered].map((obstacle) => infeasible(community, obstacle)),
    ),
    unexplained: divided
      // A group is a grid whatever its size.
      .filter(({ draft, within }) => draft.certificates.length === 0 && within.some((legal, part) => !legal && draft.groups[part] === ''))
      .map(({ community }) => community.code),
  };
}

/** Whether each part is in its band. */
function withinOf({ gridOf, grids }: Draft, blocks: readonly BuiltBlock[], profile: Profile): boolean[] {
  const counts = grids.map(({ kind }) => ({ kind, reason: '', households: 0, population: 0, blocks: 0 }));
  blocks.forEach(({ households, population }, i) => {
    const count = counts[gridOf[i] as number] as (typeof counts)[number];
    count.households += households;
    count.population += population;
    count.blocks += 1;
  });
  return counts.map((count) => ['in', 'free'].includes(bandOf({ ...count, wholeCommunity: count.blocks === blocks.length }, profile)));
}

/** The communities as the operations know them, with nothing drawn. Blocks are in the order in which they were built. */
function statesOf({ communities, buildings, barriers, institutions }: ValidImport, { blocks, blockOf }: BuiltBlocks): CommunityState[] {
  const states = communities.map(({ code, name }) => ({
    community: { code, name, kind: communityKind(code) },
    blocks: new Map<number, Block>(),
    buildings: new Map<number, Building>(),
  }));
  blocks.forEach(({ community, ...block }, i) => {
    const state = states[community] as (typeof states)[number];
    state.blocks.set(i + 1, { ...block, id: i + 1, community: state.community.code });
  });
  buildings.forEach(({ point, households, population, use, name, group }, i) => {
    const block = blockOf[i] as number;
    const building = { id: i + 1, block: block + 1, point, footprint: null, households, population, use, name, group };
    states[blocks[block]?.community ?? -1]?.buildings.set(i + 1, building);
  });
  const barriersIn = withinBoxes(
    barriers.map((barrier, i) => ({ id: i + 1, class: barrier.class, name: barrier.name, line: barrier.line })),
    ({ line }) => boxOfLine(line),
  );
  const institutionsIn = withinBoxes(
    institutions.map(({ name, use, staff, area }, i) => ({ id: i + 1, name, use, staff, area })),
    ({ area }) => boxOf(area),
  );
  return states.map((state, i) => {
    const box = boxOfLine((communities[i] as ValidCommunity).area.flatMap(([outer = []]) => [...outer]));
    const nothing = { neighbours: [], grids: new Map(), gridOf: new Map(), cellOf: new Map() };
    return { ...state, ...nothing, barriers: barriersIn(box), institutions: institutionsIn(box) };
  });
}

/** Finds those whose boxes meet a box. */
function withinBoxes<T>(items: readonly T[], boxOfItem: (item: T) => Box): (box: Box) => T[] {
  const boxes = items.map(boxOfItem);
  return (box) => items.filter((_, i) => boxesMeet(boxes[i] as Box, box));
}

function infeasible({ code, name }: Community, obstacle: Certificate | ScatteredGroup): Infeasible {
  const { kind, households, persons } = obstacle;
  const toFit = 'add' in obstacle ? { add: obstacle.add, remove: obstacle.remove } : {};
  return { community: code, name, kind, households, persons, ...toFit };
}

/** The layout is named after the smallest region that holds all its communities. */
function titleOf({ communities, findings }: ValidImport): { name: string; region: string; regionName: string } {
  const [first, ...others] = communities.map(({ code }) => parentsOf(code));
  const region = first?.findLast((code) => others.every((parents) => parents.includes(code))) ?? '';
  const regionName = parentRegions(communities, findings).find(({ code }) => code === region)?.name || region;
  return { name: `${regionName}网格划分`, region, regionName };
}
