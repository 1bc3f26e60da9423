// Judges the buildings of an import: counts, place, doubles.
import { boxOf } from '../coverage/box.ts';
import type { LatticePoint, Polygon } from '../coverage/geometry.ts';
import { toLattice } from '../coverage/lattice.ts';
import { interiorPoint, locate } from '../coverage/locate.ts';
import { doubledArea } from '../coverage/ring.ts';
import { lineLengthM } from '../geo/measure.ts';
import { readCount, settleCount } from './counts.ts';
import type { Findings } from './findings.ts';
import { readPolygons } from './read-area.ts';
import type { SoundFeature } from './read-features.ts';
import { degrees } from './shapes.ts';
import { isUnreadable, textProperty } from './text-property.ts';
import { UnusableFile } from './unusable-file.ts';

/** Persons per household where a list gives none: mean family household of the 2020 census. */
export const PERSONS_PER_HOUSEHOLD = 2.62;

/** Longest side of the box around a footprint, in metres: the largest halls and terminals stay below, a quarter drawn as one does not. */
const MAX_FOOTPRINT_EXTENT_M = 2_000;

/** What a list says of a building. */
export interface BuildingEntry {
  /** Empty: the list has no identifiers. */
  readonly sourceId: string;
  readonly name: string;
  /** As a household list may write it; empty: not known. */
  readonly address: string;
  readonly use: string;
  /** Residents' or villagers' group; empty: not known. */
  readonly group: string;
  readonly households: number;
  readonly population: number;
  /** Decides the block; inside the footprint where there is one. */
  readonly point: LatticePoint;
  readonly footprint: Polygon | null;
}

export interface ReadBuilding extends BuildingEntry {
  readonly feature: number;
}

/**
 * Throws UnusableFile when no feature at all has households: then the field has another name. Unless they were `countedElsewhere`: then
 * what is missing is 0 and not worth a word.
 */
export function readBuildings(features: Iterable<SoundFeature>, findings: Findings, countedElsewhere = false): ReadBuilding[] {
  const withId = new Map<string, ReadBuilding>();
  const estimated: number[] = [];
  const buildings: ReadBuilding[] = [];
  const counted = { features: 0, without: 0 };
  for (const feature of features) {
    counted.features += 1;
    if (readCount(feature.properties.households).kind === 'missing') counted.without += 1;
    const building = readBuilding(feature, findings, { estimated, countedElsewhere });
    if (building && !isDouble(building, withId, findings)) buildings.push(building);
  }
  if (!countedElsewhere && counted.features > 0 && counted.features === counted.without) {
    throw new UnusableFile('buildings', 'file-without-households');
  }
  const [first] = estimated;
  if (first !== undefined) {
    const values = { count: estimated.length, factor: PERSONS_PER_HOUSEHOLD };
    findings.mend('buildings', 'population-estimated', { feature: first, field: 'population', values });
  }
  return buildings;
}

function readBuilding(
  feature: SoundFeature,
  findings: Findings,
  { estimated, countedElsewhere }: { estimated: number[]; countedElsewhere: boolean },
): ReadBuilding | null {
  const households = countIn(feature, 'households', findings);
  const population = countIn(feature, 'population', findings);
  const place = readPlace(feature, findings);
  if (households === null || population === null || place === null) return null;
  if (population === 'missing' && households !== 'missing' && households > 0) estimated.push(feature.number);
  if (households === 'missing' && !countedElsewhere) {
    findings.mend('buildings', 'households-missing', { feature: feature.number, field: 'households' });
  }
  const address = textProperty(feature.properties.address);
  // People know a building without a name by its address.
  const name = textProperty(feature.properties.name) || address;
  if (isUnreadable(name)) findings.mend('buildings', 'name-unreadable', { feature: feature.number, field: 'name', values: { name } });
  const householdCount = households === 'missing' ? 0 : households;
  return {
    feature: feature.number,
    sourceId: textProperty(feature.properties.id ?? feature.id),
    name,
    address,
    use: textProperty(feature.properties.use),
    group: textProperty(feature.properties.group),
    households: householdCount,
    population: population === 'missing' ? Math.round(householdCount * PERSONS_PER_HOUSEHOLD) : population,
    ...place,
  };
}

/** As `settleCount`; a count that is text is mended. */
function countIn({ number, properties }: SoundFeature, field: 'households' | 'population', findings: Findings): number | 'missing' | null {
  const raw = properties[field];
  const count = settleCount('buildings', { feature: number, field, raw }, findings);
  if (typeof count === 'number' && typeof raw === 'string') {
    findings.mend('buildings', 'count-was-text', { feature: number, field, values: { value: raw.slice(0, 40) } });
  }
  return count;
}

function readPlace(feature: SoundFeature, findings: Findings): { point: LatticePoint; footprint: Polygon | null } | null {
  const { shape, number } = feature;
  const [position, ...others] = shape.kind === 'points' ? shape.points : [];
  if (position && others.length === 0) {
    return { point: [toLattice(position[0] as number), toLattice(position[1] as number)], footprint: null };
  }
  const polygons = readPolygons('buildings', feature, findings);
  if (!polygons) return null;
  const footprint = polygons.reduce((a, b) => (doubledArea(b) > doubledArea(a) ? b : a));
  if (polygons.length > 1) findings.mend('buildings', 'footprint-parts', { feature: number, values: { parts: polygons.length } });
  const extentM = extentOf(footprint);
  if (extentM > MAX_FOOTPRINT_EXTENT_M) {
    const values = { extent_m: Math.round(extentM), limit_m: MAX_FOOTPRINT_EXTENT_M };
    findings.refuse('buildings', 'footprint-too-large', { feature: number, values, coordinate: degrees(countingPoint(footprint)) });
    return null;
  }
  return { point: countingPoint(footprint), footprint };
}

function extentOf(footprint: Polygon): number {
  const { minX, minY, maxX, maxY } = boxOf(footprint);
  return Math.max(lineLengthM([minX, minY, maxX, minY]), lineLengthM([minX, minY, minX, maxY]));
}

/** A lattice point inside the footprint; a footprint too thin to hold one has a vertex as its point. */
function countingPoint(footprint: Polygon): LatticePoint {
  const [x, y] = interiorPoint(footprint);
  const point: LatticePoint = [Math.round(x), Math.round(y)];
  return locate(point, footprint) === 'outside' ? [footprint[0]?.[0] as number, footprint[0]?.[1] as number] : point;
}

/** True when the building is there already: same id, same place, same counts. A repeated id for another building is only said. */
function isDouble(building: ReadBuilding, withId: Map<string, ReadBuilding>, findings: Findings): boolean {
  if (building.sourceId === '') return false;
  const earlier = withId.get(building.sourceId);
  if (!earlier) {
    withId.set(building.sourceId, building);
    return false;
  }
  const same =
    earlier.households === building.households &&
    earlier.population === building.population &&
    JSON.stringify([earlier.point, earlier.footprint]) === JSON.stringify([building.point, building.footprint]);
  findings.mend('buildings', same ? 'building-double' : 'building-id-repeated', {
    feature: building.feature,
    field: 'id',
    values: { id: building.sourceId, earlier: earlier.feature },
    coordinate: degrees(building.point),
  });
  return same;
}
