// Divides every community of some files; the blocks are built as an import would build them.
import type { ImportFinding } from '../../core/api/messages.ts';
import type { Scheme } from '../../core/codes/scheme.ts';
import { barrierIndex } from '../../core/division/barrier-index.ts';
import type { Certificate } from '../../core/division/certificate.ts';
import { DEFAULT_DIVISION, type Division, type DivisionTask } from '../../core/division/divide.ts';
import { blockGraph } from '../../core/division/graph.ts';
import { groupsOfBlocks } from '../../core/division/groups.ts';
import { dividedGrids, gridNameBases } from '../../core/export/divided-layout.ts';
import { type Layout, layoutGeojson } from '../../core/export/layout.ts';
import { communityKind, parentsOf } from '../../core/geo/region.ts';
import { type BuiltBlock, type BuiltBlocks, buildBlocks } from '../../core/import/blocks.ts';
import { parentRegions } from '../../core/import/parents.ts';
import { mayBeStored, type ValidCommunity, type ValidImport, validateImport } from '../../core/import/validate.ts';
import { type CellPlan, cellsOfParts } from '../../core/plan/operations/plan-cells.ts';
import type { Profile } from '../../core/rules/profile.ts';
import { readImportFile } from '../imports/read-file.ts';
import { DivisionThreads } from './division-threads.ts';

export interface DivideRequest {
  readonly communities: string;
  readonly buildings: string;
  readonly barriers?: string | undefined;
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

/** A community that has no legal division, and why. */
type Infeasible = { readonly community: string; readonly name: string } & Pick<Certificate, 'kind' | 'households' | 'persons'> & {
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
    const { communities, buildings, barriers } = request;
    const tell = (phase: DivideProgress['phase']) => (fraction: number) => request.onProgress?.({ phase, fraction });
    tell('reading')(0);
    // The bytes of the files are let go as soon as they are read.
    const valid = validateImport(
      {
        communities: readImportFile('communities', communities),
        buildings: readImportFile('buildings', buildings),
        barriers: barriers === undefined ? undefined : readImportFile('barriers', barriers),
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
  const classAt = barrierIndex(valid.barriers);
  const blocksOf = valid.communities.map((): BuiltBlock[] => []);
  for (const block of built.blocks) blocksOf[block.community]?.push(block);
  const groups = groupsOf(valid, built);
  const tasks = valid.communities.map(({ code }, i) => ({
    community: code,
    graph: blockGraph(blocksOf[i] as BuiltBlock[], classAt),
    groups: groups[i],
    rule: profile.size[communityKind(code)],
  }));
  const onProgress = (done: number): void => tell('dividing')(done / tasks.length);
  onProgress(0);
  const divisions = await threads.divide(tasks, DEFAULT_DIVISION, { onProgress });
  tell('drawing-outlines')(0);
  const divided = valid.communities.map((community, i) => ({
    community,
    division: divisions[i] as Division,
    blocks: blocksOf[i] as BuiltBlock[],
  }));
  const bases = gridNameBases(valid.communities);
  const grids = divided.flatMap(({ community: { code, name }, division, blocks }, i) =>
    dividedGrids(
      { code, name, kind: communityKind(code), nameBase: bases[i] },
      blocks,
      division,
      scheme,
      cellsInside(tasks[i] as DivisionTask, blocks, division, profile),
    ),
  );
  return {
    layout: layoutGeojson(grids, { ...titleOf(valid), profile: profile.id, scheme: scheme.id }),
    communities: divided.length,
    grids: grids.length,
    households: grids.reduce((sum, { properties }) => sum + properties.households, 0),
    within: divisions.reduce((sum, { score }) => sum + score.legal, 0),
    infeasible: divided.flatMap(({ community, division }) =>
      division.certificates.map((certificate) => infeasible(community, certificate)),
    ),
    unexplained: divided
      .filter(({ division }) => division.score.legal < division.grids && division.certificates.length === 0)
      .map(({ community }) => community.code),
  };
}

/** Residents' group of each block, community by community, in the order of its blocks. */
function groupsOf({ communities, buildings }: ValidImport, { blocks, blockOf }: BuiltBlocks): Int32Array[] {
  const positions = communities.map((): number[] => []);
  blocks.forEach(({ community }, block) => {
    positions[community]?.push(block);
  });
  const listed = communities.map(() => new Map<number, { block: number; group: string; households: number }>());
  buildings.forEach(({ group, households }, building) => {
    const block = blockOf[building] as number;
    listed[blocks[block]?.community ?? -1]?.set(building, { block, group, households });
  });
  return positions.map((own, i) => groupsOfBlocks({ buildings: listed[i] ?? new Map() }, own));
}

/** Cells inside the grids above their band, where the rules know cells. */
function cellsInside(
  { community, graph, groups }: DivisionTask,
  blocks: readonly BuiltBlock[],
  { gridOf, grids }: Division,
  profile: Profile,
): CellPlan {
  const ground = {
    community,
    graph,
    groups,
    blocks,
    present: new Int32Array(graph.size).fill(-1),
    options: { ...DEFAULT_DIVISION, keepClose: 0 },
  };
  const kinds = Array.from({ length: grids }, () => communityKind(community));
  return cellsOfParts(ground, { grids: ground.present, cells: new Int32Array(graph.size) }, gridOf, kinds, profile);
}

function infeasible({ code, name }: ValidCommunity, certificate: Certificate): Infeasible {
  const { kind, households, persons } = certificate;
  const toFit = 'add' in certificate ? { add: certificate.add, remove: certificate.remove } : {};
  return { community: code, name, kind, households, persons, ...toFit };
}

/** The layout is named after the smallest region that holds all its communities. */
function titleOf({ communities, findings }: ValidImport): { name: string; region: string; regionName: string } {
  const [first, ...others] = communities.map(({ code }) => parentsOf(code));
  const region = first?.findLast((code) => others.every((parents) => parents.includes(code))) ?? '';
  const regionName = parentRegions(communities, findings).find(({ code }) => code === region)?.name || region;
  return { name: `${regionName}网格划分`, region, regionName };
}
