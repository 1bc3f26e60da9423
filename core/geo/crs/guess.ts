// Which coordinate systems the numbers of a file can be meant in, best first. Offered to people, never applied by itself.
import type { CrsGuess } from '../../api/import-messages.ts';
import { isInChina } from './china.ts';
import { type CoordinateSystem, coordinateSystem, coordinateSystems, type Datum, FALSE_EASTING_M, ZONE_STEP_M } from './list.ts';
import { toCgcs2000, type XY } from './transform.ts';
import { crsOfClaim } from './wkt.ts';

/** Min x, min y, max x, max y. */
export type Bounds = readonly [number, number, number, number];

export interface CrsQuestion {
  /** What the file says of itself: `EPSG:4547`, a name, or WKT; null: nothing. */
  readonly claimed: string | null;
  /** In the coordinates of the file; null: no geometry. */
  readonly bounds: Bounds | null;
  /** Some positions of the file: they outvote an outlier in the bounds. */
  readonly samples?: readonly XY[] | undefined;
  /** Where regions lie that are known already, in degrees: ranks the guesses. */
  readonly known?: readonly Bounds[] | undefined;
}

/** Why a system is offered. */
type Ground =
  | 'claimed'
  | 'degrees'
  | 'map-service'
  | 'zone-number'
  | 'web-mercator'
  | 'known-regions'
  | 'zone-open'
  | 'utm'
  | 'outside-china';
/** With `-against-claim` where the file claims another system, or other axes, that its numbers do not bear out. */
export type CrsReason = Ground | `${Ground}-against-claim`;

/** A stray position or two do not decide. */
const MOST = 0.9;
/** Degrees: a file as near as this to a known region belongs to it or lies beside it. */
const NEAR_DEGREES = 1;
/** How far from its central meridian a zone is used, in degrees: a county on the edge of its zone stays in one. */
const REACH_DEGREES = { 3: 2.2, 6: 3.6 } as const;
/** Length of a degree of the meridian; half a per cent does not matter here. */
const METRES_PER_DEGREE = 111_000;

type Test = (position: XY) => boolean;

interface Candidate {
  readonly crs: string;
  readonly swapAxes: boolean;
  readonly ground: Ground;
  readonly places: readonly XY[];
}

/** Best first; empty: nothing fits the numbers. Throws nothing: a claim that is not understood counts as one that does not fit. */
export function guessCrs({ claimed, bounds, samples = [], known = [] }: CrsQuestion): CrsGuess[] {
  const positions = likelyPositions(bounds, samples);
  if (positions.length === 0) return [];
  const claim = claimed === null ? undefined : coordinateSystem(crsOfClaim(claimed) ?? '');
  const placed = (crs: string, swapAxes: boolean, ground: Ground): Candidate => {
    const transformation = toCgcs2000(crs, swapAxes);
    return { crs, swapAxes, ground, places: positions.map(([x, y]) => transformation(x, y)) };
  };
  const byClaim = claim ? [false, true].map((swap) => placed(claim.id, swap, 'claimed')) : [];
  const byNumbers = [false, true].flatMap((swap) => {
    const inOrder = swap ? positions.map(([x, y]): XY => [y, x]) : positions;
    return systemsByNumbers(inOrder, claim).map(([crs, ground]) => placed(crs, swap, ground));
  });
  const likely = distinct([...byClaim, ...byNumbers]).filter(({ places }) => most(places, ([x, y]) => isInChina(x, y)));
  const ranking = likely.length > 0 ? ranked(likely, known) : abroad(claim, positions, placed);
  const isBorneOut = claimed === null || ranking.some(({ crs, swapAxes }) => crs === claim?.id && !swapAxes);
  return ranking.map((candidate) => answer(candidate, bounds, samples.length > 0, isBorneOut));
}

/** All samples that are numbers; without samples the middle of the bounds: the corners of a province may lie abroad. */
function likelyPositions(bounds: Bounds | null, samples: readonly XY[]): XY[] {
  const positions = samples.length > 0 ? samples : bounds ? corners(middle(bounds)) : [];
  return positions.filter(([x, y]) => Number.isFinite(x) && Number.isFinite(y));
}

function corners([minX, minY, maxX, maxY]: Bounds): XY[] {
  const [x, y] = [(minX + maxX) / 2, (minY + maxY) / 2];
  return [
    [x, y],
    [minX, minY],
    [minX, y],
    [minX, maxY],
    [x, maxY],
    [maxX, maxY],
    [maxX, y],
    [maxX, minY],
    [x, minY],
  ];
}

/** The inner fifth. */
function middle([minX, minY, maxX, maxY]: Bounds): Bounds {
  const [x, y, width, height] = [(minX + maxX) / 2, (minY + maxY) / 2, (maxX - minX) / 10, (maxY - minY) / 10];
  return [x - width, y - height, x + width, y + height];
}

/** x is easting or longitude. What the claim says of an older datum and of the central meridian is believed. */
function systemsByNumbers(positions: readonly XY[], claim: CoordinateSystem | undefined): [string, Ground][] {
  const datum: Datum = claim?.warning ? claim.datum : 'CGCS2000';
  if (most(positions, ([x, y]) => Math.abs(x) <= 180 && Math.abs(y) <= 90)) {
    const degrees = coordinateSystems.filter((one) => one.datum === datum && one.projection.kind === 'degrees');
    return [...degrees.map(({ id }): [string, Ground] => [id, 'degrees']), ['GCJ-02', 'map-service'], ['BD-09', 'map-service']];
  }
  const zoneWidth = most(positions, ([x, y]) => degreesOff(x, y) <= REACH_DEGREES[3]) ? 3 : 6;
  const zones = coordinateSystems.filter(
    (one) => (one.datum === datum || one.datum === 'WGS 84') && most(positions, ([x, y]) => isOfZone(one, zoneWidth, x, y)),
  );
  const meridian = meridianOf(claim);
  const claimedFirst = zones.sort((a, b) => Number(meridianOf(b) === meridian) - Number(meridianOf(a) === meridian));
  return [['EPSG:3857', 'web-mercator'], ...claimedFirst.map((one): [string, Ground] => [one.id, groundOfZone(one)])];
}

/** How far from the central meridian an easting lies, in degrees, whatever stands before its six digits. */
function degreesOff(easting: number, northing: number): number {
  const latitude = northing / METRES_PER_DEGREE;
  return Math.abs((easting % ZONE_STEP_M) - FALSE_EASTING_M) / (METRES_PER_DEGREE * Math.cos((latitude * Math.PI) / 180));
}

/** Zones with a number are told by it; of those without, 3° zones are meant as long as the easting is not too far from the middle. */
function isOfZone({ projection }: CoordinateSystem, zoneWidth: 3 | 6, easting: number, northing: number): boolean {
  if (projection.kind !== 'transverse-mercator') return false;
  if (Math.floor(easting / ZONE_STEP_M) !== Math.floor(projection.falseEasting / ZONE_STEP_M)) return false;
  const fitsWidth = hasZoneNumber(projection) || projection.scale !== 1 || projection.zoneWidth === zoneWidth;
  return fitsWidth && degreesOff(easting, northing) <= REACH_DEGREES[projection.zoneWidth];
}

function groundOfZone({ projection }: CoordinateSystem): Ground {
  if (projection.kind !== 'transverse-mercator' || hasZoneNumber(projection)) return 'zone-number';
  return projection.scale === 1 ? 'zone-open' : 'utm';
}

const hasZoneNumber = ({ falseEasting }: { readonly falseEasting: number }): boolean => falseEasting > ZONE_STEP_M;

const meridianOf = (one: CoordinateSystem | undefined): number | undefined =>
  one?.projection.kind === 'transverse-mercator' ? one.projection.centralMeridian : undefined;

/**
 * A claim that its numbers bear out leaves only what numbers cannot tell from it (map services); but where regions are known and it lies
 * far from all of them, every other way stays open. Candidates near a known region come first.
 */
function ranked(candidates: readonly Candidate[], known: readonly Bounds[]): Candidate[] {
  const isNear = ({ places }: Candidate): boolean => known.some((region) => most(places, (place) => isNearRegion(place, region)));
  const near = candidates.filter(isNear).map((one) => (isOpen(one.ground) ? { ...one, ground: 'known-regions' as const } : one));
  const claimed = candidates.find(({ ground, swapAxes }) => ground === 'claimed' && !swapAxes);
  if (claimed && (known.length === 0 || isNear(claimed))) {
    return [claimed, ...candidates.filter(({ ground, swapAxes }) => ground === 'map-service' && !swapAxes)];
  }
  return [...near, ...candidates.filter((one) => !isNear(one))];
}

const isOpen = (ground: Ground): boolean => ground === 'zone-open' || ground === 'utm';

function isNearRegion([longitude, latitude]: XY, [west, south, east, north]: Bounds): boolean {
  return (
    longitude >= west - NEAR_DEGREES &&
    longitude <= east + NEAR_DEGREES &&
    latitude >= south - NEAR_DEGREES &&
    latitude <= north + NEAR_DEGREES
  );
}

/** Degrees that lie nowhere in China can still be meant so. */
function abroad(
  claim: CoordinateSystem | undefined,
  positions: readonly XY[],
  placed: (crs: string, swapAxes: boolean, ground: Ground) => Candidate,
): Candidate[] {
  if (!most(positions, ([x, y]) => Math.abs(x) <= 180 && Math.abs(y) <= 90)) return [];
  return [placed(claim?.projection.kind === 'degrees' ? claim.id : 'EPSG:4490', false, 'outside-china')];
}

/** With samples, bounds that reach abroad are those of stray features: then the samples say where the file lies. */
function answer({ crs, swapAxes, ground, places }: Candidate, bounds: Bounds | null, hasSamples: boolean, isBorneOut: boolean): CrsGuess {
  const transformation = toCgcs2000(crs, swapAxes);
  const edges = bounds ? corners(bounds).map(([x, y]) => transformation(x, y)) : [];
  const isWhole = !hasSamples || (edges.length > 0 && edges.every(([x, y]) => isInChina(x, y)));
  const reason: CrsReason = isBorneOut || ground === 'claimed' ? ground : `${ground}-against-claim`;
  return { crs, swapAxes, reason, bounds: boundsOf(isWhole ? edges : places) };
}

function boundsOf(places: readonly XY[]): [number, number, number, number] {
  const bounds: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of places) {
    if (!Number.isFinite(x) || !Number.isFinite(y)) continue;
    bounds[0] = Math.min(bounds[0], x);
    bounds[1] = Math.min(bounds[1], y);
    bounds[2] = Math.max(bounds[2], x);
    bounds[3] = Math.max(bounds[3], y);
  }
  return bounds;
}

function distinct(candidates: readonly Candidate[]): Candidate[] {
  const same = (a: Candidate, b: Candidate): boolean => a.crs === b.crs && a.swapAxes === b.swapAxes;
  return candidates.filter((one, i) => candidates.findIndex((other) => same(one, other)) === i);
}

const most = (positions: readonly XY[], test: Test): boolean => positions.filter(test).length >= positions.length * MOST;
