// All of an import that needs no database: read, judge, build blocks, encode. Takes seconds, so it runs in a thread of its own.
import type { ImportProgress, ImportReport } from '../../core/api/import-messages.ts';
import type { MultiPolygon, Polygon } from '../../core/coverage/geometry.ts';
import { outlineOf } from '../../core/coverage/outline.ts';
import { communityKind } from '../../core/geo/region.ts';
import { type BuiltBlocks, buildBlocks } from '../../core/import/blocks.ts';
import { parentRegions } from '../../core/import/parents.ts';
import {
  GROUND_KINDS,
  type GroundKind,
  mayBeStored,
  type ValidCommunity,
  type ValidImport,
  validateImport,
} from '../../core/import/validate.ts';
import { lineToWkb, multiPolygonToWkb, pointToWkb, polygonToWkb } from '../database/wkb.ts';
import { readImportFile } from './read-file.ts';
import { type ImportRows, packShapes } from './rows.ts';

/** Paths of the files; barriers and institutions may be missing. */
export type ImportPaths = { readonly [file in GroundKind]?: string | undefined } & {
  readonly communities: string;
  readonly buildings: string;
};

export interface PrepareRequest {
  readonly paths: ImportPaths;
  /** Leave refused buildings, barriers and institutions out instead of stopping. */
  readonly skipRefused: boolean;
  /** Codes of the communities that the database has. */
  readonly existing: ReadonlySet<string>;
}

/** Everything of a report but the time it took. */
export type PreparedReport = Omit<ImportReport, 'seconds'>;

/** `rows` is null when too much was refused for anything to be stored. */
export interface Prepared {
  readonly report: PreparedReport;
  readonly rows: ImportRows | null;
}

export type PrepareProgress = Omit<ImportProgress, 'id'>;

/** Where each phase begins within the whole import. */
export const PHASE_STARTS = { reading: 0, validating: 0.05, 'building-blocks': 0.3, writing: 0.55, done: 1 } as const;
const PERCENT = 100;

/** Throws UnusableFile when a file cannot be read as features at all. */
export function prepareImport(request: PrepareRequest, onProgress: (progress: PrepareProgress) => void): Prepared {
  const report = (phase: 'reading' | 'validating' | 'building-blocks', end: number) => (share: number) => {
    const start = PHASE_STARTS[phase];
    onProgress({ phase, fraction: start + (end - start) * share, done: Math.round(share * PERCENT), total: PERCENT });
  };
  const sources = readAll(request.paths, report('reading', PHASE_STARTS.validating));
  const valid = validateImport(sources, report('validating', PHASE_STARTS['building-blocks']));
  refuseExisting(valid, request.existing);
  const parents = parentRegions(valid.communities, valid.findings);
  const counties = parents.filter(({ code }) => code.length === 6).map(({ code, name }) => ({ code, name: name || code }));
  const reportOf = (built: BuiltBlocks | null): PreparedReport => ({
    counts: valid.findings.counts(),
    unchanged: 0,
    findings: [...valid.findings.list],
    dropped: [],
    misfits: [],
    registers: [],
    boundaries: [],
    regions: [],
    counties: built ? counties : [],
    blocks: built?.blocks.length ?? 0,
    households: built?.blocks.reduce((sum, block) => sum + block.households, 0) ?? 0,
    population: built?.blocks.reduce((sum, block) => sum + block.population, 0) ?? 0,
  });
  if (!mayBeStored(valid, request.skipRefused)) return { report: reportOf(null), rows: null };
  const built = buildBlocks(valid.communities, valid.barriers, valid.buildings, report('building-blocks', PHASE_STARTS.writing));
  return { report: reportOf(built), rows: { parents, synthetic: valid.synthetic, ...encode(valid, built) } };
}

function readAll(paths: ImportPaths, onShare: (share: number) => void) {
  const bytes: Partial<Record<GroundKind, Uint8Array>> = {};
  GROUND_KINDS.forEach((file, i) => {
    const path = paths[file];
    if (path !== undefined) bytes[file] = readImportFile(file, path);
    onShare((i + 1) / GROUND_KINDS.length);
  });
  return bytes as { communities: Uint8Array; buildings: Uint8Array };
}

function refuseExisting({ communities, findings }: ValidImport, existing: ReadonlySet<string>): void {
  for (const { code, name, feature } of communities) {
    if (existing.has(code)) findings.refuse('communities', 'community-exists', { feature, field: 'code', values: { code, name } });
  }
}

function encode(valid: ValidImport, { blocks, blockOf }: BuiltBlocks): Omit<ImportRows, 'parents' | 'synthetic'> {
  const codeOf = (block: number) => (valid.communities[blocks[block]?.community ?? -1] as ValidCommunity).code;
  const { communities, buildings, barriers, institutions } = valid;
  return {
    communities: {
      code: communities.map(({ code }) => code),
      name: communities.map(({ name }) => name),
      kind: communities.map(({ code }) => communityKind(code)),
      outline: packShapes(outlines(communities.length, blocks).map(multiPolygonToWkb)),
    },
    blocks: {
      community: blocks.map((_, i) => codeOf(i)),
      households: blocks.map(({ households }) => households),
      population: blocks.map(({ population }) => population),
      buildings: blocks.map((block) => block.buildings),
      shape: packShapes(blocks.map(({ polygon }) => polygonToWkb(polygon))),
    },
    buildings: {
      community: blockOf.map(codeOf),
      block: [...blockOf],
      sourceId: buildings.map(({ sourceId }) => sourceId),
      name: buildings.map(({ name }) => name),
      use: buildings.map(({ use }) => use),
      group: buildings.map(({ group }) => group),
      households: buildings.map(({ households }) => households),
      population: buildings.map(({ population }) => population),
      point: packShapes(buildings.map(({ point }) => pointToWkb(point))),
      footprint: packShapes(buildings.map(({ footprint }) => (footprint ? polygonToWkb(footprint) : Buffer.alloc(0)))),
    },
    barriers: {
      class: barriers.map((barrier) => barrier.class),
      name: barriers.map(({ name }) => name),
      line: packShapes(barriers.map(({ line }) => lineToWkb(line))),
    },
    institutions: {
      name: institutions.map(({ name }) => name),
      use: institutions.map(({ use }) => use),
      staff: institutions.map(({ staff }) => staff),
      area: packShapes(institutions.map(({ area }) => polygonToWkb(area))),
    },
  };
}

/** The outline of each community, from its blocks: noding put vertices on it that the file does not have. */
function outlines(communities: number, blocks: BuiltBlocks['blocks']): MultiPolygon[] {
  const polygons = Array.from({ length: communities }, (): Polygon[] => []);
  for (const { community, polygon } of blocks) polygons[community]?.push(polygon);
  return polygons.map(outlineOf);
}
