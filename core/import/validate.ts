// Judges everything that an import brings: structure, then meaning; says per feature what was mended and what was refused.
import type { ImportKind } from '../api/import-messages.ts';
import { type ReadBarrier, readBarriers } from './barriers.ts';
import { type ReadBuilding, readBuildings } from './buildings.ts';
import { readCommunities } from './communities.ts';
import { Findings } from './findings.ts';
import { type ReadInstitution, readInstitutions } from './institutions.ts';
import { PolygonIndex } from './polygon-index.ts';
import { eachSoundFeature, parseCollection, type RowCollection, type SoundFeature, soundFeatures } from './read-features.ts';
import { degrees } from './shapes.ts';
import { type BorderOptions, type TiledCommunities, tiledCommunities } from './tiled-communities.ts';

/** What blocks are made of. */
export const GROUND_KINDS = ['communities', 'buildings', 'barriers', 'institutions'] as const;
export type GroundKind = (typeof GROUND_KINDS)[number];

/** GeoJSON text as bytes. Barriers and institutions may be missing. */
export interface ImportSources {
  readonly communities: Uint8Array;
  readonly buildings: Uint8Array;
  readonly barriers?: Uint8Array | undefined;
  readonly institutions?: Uint8Array | undefined;
}

export type ValidCommunity = TiledCommunities['communities'][number];

export interface ValidImport extends TiledCommunities {
  readonly buildings: readonly ReadBuilding[];
  readonly barriers: readonly ReadBarrier[];
  readonly institutions: readonly ReadInstitution[];
  /** One of the files says that it is made up: so are the numbers of the whole import, then. */
  readonly synthetic: boolean;
  readonly findings: Findings;
  /** Nobody was asked about gaps: the same answer that leaves refused features out leaves them open. */
  readonly unasked: boolean;
}

export interface ValidateOptions extends BorderOptions {
  /** The buildings need no households of their own: a list brings them, or a map that has none. */
  readonly countedElsewhere?: boolean;
  /** Takes the rows of buildings out of their collections as they are judged: with what is made of them they are hundreds of megabytes. */
  readonly letGo?: boolean;
}

/** The rows of an import, by what they are. */
export type ImportRowCollections = { readonly [kind in ImportKind]?: readonly RowCollection[] };

/** Judges GeoJSON files. Pure. Throws UnusableFile when a file cannot be read at all. `onStep` is told the share done, 0–1. */
export function validateImport(sources: ImportSources, onStep: (fraction: number) => void = () => {}): ValidImport {
  const rowsOf = (kind: GroundKind): RowCollection[] => {
    const bytes = sources[kind];
    return bytes === undefined ? [] : [{ source: '', ...parseCollection(kind, bytes) }];
  };
  return validateRows(Object.fromEntries(GROUND_KINDS.map((kind) => [kind, rowsOf(kind)])), {}, onStep);
}

/** Pure, unless rows are let go. Throws UnusableFile when nothing of a kind can be read. `onStep` is told the share done, 0–1. */
export function validateRows(
  rows: ImportRowCollections,
  options: ValidateOptions = {},
  onStep: (fraction: number) => void = () => {},
): ValidImport {
  const findings = new Findings();
  const synthetic = Object.values(rows).some((collections) => collections.some((collection) => collection.synthetic));
  const featuresOf = (kind: ImportKind) => (rows[kind] ?? []).flatMap((collection) => soundFeatures(kind, collection, findings));
  const tiled = tiledCommunities(readCommunities(featuresOf('communities'), findings), options, findings);
  onStep(0.3);
  const barriers = readBarriers(featuresOf('barriers'), findings);
  const institutions = readInstitutions(featuresOf('institutions'), findings);
  onStep(0.5);
  const buildings = readBuildings(eachBuilding(rows.buildings ?? [], findings, options.letGo), findings, options.countedElsewhere);
  onStep(0.9);
  const own = new Set(tiled.communities.map(({ code }) => code));
  const around = (options.stored ?? []).filter(({ code }) => !own.has(code));
  const housed = insideCommunities(buildings, [...tiled.communities, ...around], findings);
  onStep(1);
  return { ...tiled, buildings: housed, barriers, institutions, synthetic, findings, unasked: options.decisions === undefined };
}

/**
 * Whether what is left may be stored. A refused community refuses everything, for the tiling would have a hole; other refused features
 * only when the caller does not leave them out. Gaps and overlaps that nobody decided stop it; where nobody was asked, a gap may stay open
 * on the same condition: it is in no community.
 */
export function mayBeStored({ findings, unasked }: ValidImport, skipRefused: boolean): boolean {
  const refused = findings.list.filter(({ verdict }) => verdict === 'refused');
  if (!skipRefused) return refused.length === 0;
  return !refused.some(({ file, message }) => file === 'communities' && !(unasked && message === 'gap'));
}

/** One by one: as a list, half a million of them are a burden beside the rows. */
function* eachBuilding(collections: readonly RowCollection[], findings: Findings, letGo = false): Generator<SoundFeature, void> {
  for (const collection of collections) yield* eachSoundFeature('buildings', collection, findings, letGo);
}

function insideCommunities(
  buildings: readonly ReadBuilding[],
  communities: readonly Pick<ValidCommunity, 'area'>[],
  findings: Findings,
): ReadBuilding[] {
  const index = new PolygonIndex(communities.flatMap(({ area }) => area));
  return buildings.filter((building) => {
    if (index.holding(building.point).length > 0) return true;
    findings.refuse('buildings', 'outside-communities', { feature: building.feature, coordinate: degrees(building.point) });
    return false;
  });
}
