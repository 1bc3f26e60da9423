// Judges everything that an import brings: structure, then meaning; says per feature what was mended and what was refused.
import type { ImportDecisions, ImportKind, ImportMisfit } from '../api/import-messages.ts';
import type { MultiPolygon } from '../coverage/geometry.ts';
import { multiPolygonAreaM2 } from '../geo/measure.ts';
import { type ReadBarrier, readBarriers } from './barriers.ts';
import { type ReadBuilding, readBuildings } from './buildings.ts';
import { type ParentNames, type ReadCommunity, readCommunities } from './communities.ts';
import { Findings } from './findings.ts';
import { type ReadInstitution, readInstitutions } from './institutions.ts';
import type { MissingVertices, TiledCommunity } from './misfits.ts';
import { PolygonIndex } from './polygon-index.ts';
import { parseCollection, type RowCollection, soundFeatures } from './read-features.ts';
import { degrees } from './shapes.ts';
import { type Misfit, tileCommunities } from './tiling.ts';

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

export interface ValidCommunity {
  readonly feature: number;
  readonly code: string;
  readonly name: string;
  readonly parents: ParentNames;
  readonly area: MultiPolygon;
}

export interface ValidImport {
  readonly communities: readonly ValidCommunity[];
  readonly buildings: readonly ReadBuilding[];
  readonly barriers: readonly ReadBarrier[];
  readonly institutions: readonly ReadInstitution[];
  /** One of the files says that it is made up: so are the numbers of the whole import, then. */
  readonly synthetic: boolean;
  readonly findings: Findings;
  /** Gaps and overlaps of the communities; those that nobody decided stop the import. */
  readonly misfits: readonly ImportMisfit[];
  /** New communities meet stored ones in these; before they are written, the stored blocks have to have them. */
  readonly vertices: readonly MissingVertices[];
}

export interface ValidateOptions {
  /** undefined: nobody was asked. */
  readonly decisions?: ImportDecisions | undefined;
  /** Stored communities around the new ones, as outlines of their blocks. One that is new, too, is left out. */
  readonly stored?: readonly TiledCommunity[] | undefined;
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

/** Pure. Throws UnusableFile when nothing of a kind can be read. `onStep` is told the share done, 0–1. */
export function validateRows(
  rows: ImportRowCollections,
  options: ValidateOptions = {},
  onStep: (fraction: number) => void = () => {},
): ValidImport {
  const findings = new Findings();
  const synthetic = Object.values(rows).some((collections) => collections.some((collection) => collection.synthetic));
  const featuresOf = (kind: ImportKind) => (rows[kind] ?? []).flatMap((collection) => soundFeatures(kind, collection, findings));
  const communities = tiled(readCommunities(featuresOf('communities'), findings), findings);
  onStep(0.3);
  const barriers = readBarriers(featuresOf('barriers'), findings);
  const institutions = readInstitutions(featuresOf('institutions'), findings);
  onStep(0.5);
  const buildings = readBuildings(featuresOf('buildings'), findings);
  onStep(0.9);
  const housed = insideCommunities(buildings, communities, findings);
  onStep(1);
  return { communities, buildings: housed, barriers, institutions, synthetic, findings, misfits: [], vertices: [] };
}

/**
 * Whether what is left may be stored. A refused community refuses everything, for the tiling would have a hole; other refused features
 * only when the caller does not leave them out. A gap that is no sliver may stay open on the same condition: it is in no community.
 */
export function mayBeStored({ findings }: ValidImport, skipRefused: boolean): boolean {
  const refused = findings.list.filter(({ verdict }) => verdict === 'refused');
  return skipRefused ? !refused.some(({ file, message }) => file === 'communities' && message !== 'gap') : refused.length === 0;
}

function tiled(read: readonly ReadCommunity[], findings: Findings): ValidCommunity[] {
  const { areas, misfits } = tileCommunities(read.map(({ polygons }) => polygons));
  for (const misfit of misfits) reportMisfit(read, misfit, findings);
  return read.flatMap((community, i) => {
    const area = areas[i] as MultiPolygon;
    if (area.length === 0 || multiPolygonAreaM2(area) <= 0) {
      findings.refuse('communities', 'area-nil', { feature: community.feature });
      return [];
    }
    const { feature, code, name, parents } = community;
    return [{ feature, code, name, parents, area }];
  });
}

function reportMisfit(read: readonly ReadCommunity[], misfit: Misfit, findings: Findings): void {
  const [a, b] = misfit.communities.map((i) => read[i] as ReadCommunity);
  const subject = misfit.givenTo === null ? (b ?? a) : misfit.communities.includes(misfit.givenTo) ? read[misfit.givenTo] : a;
  if (!subject) return;
  const other = subject === a ? b : a;
  const place = {
    feature: subject.feature,
    values: { area_m2: round(misfit.areaM2), width_m: round(misfit.widthM), community: subject.name, other: other?.name ?? '' },
    coordinate: degrees(misfit.place),
  };
  if (misfit.givenTo === null) findings.refuse('communities', misfit.kind, place);
  else findings.mend('communities', `${misfit.kind}-mended`, place);
}

function insideCommunities(buildings: readonly ReadBuilding[], communities: readonly ValidCommunity[], findings: Findings): ReadBuilding[] {
  const index = new PolygonIndex(communities.flatMap(({ area }) => area));
  return buildings.filter((building) => {
    if (index.holding(building.point).length > 0) return true;
    findings.refuse('buildings', 'outside-communities', { feature: building.feature, coordinate: degrees(building.point) });
    return false;
  });
}

const round = (value: number): number => Math.round(value * 10) / 10;
