// Coordinates of a file ↔ degrees on CGCS2000. WGS 84 is taken as CGCS2000: they differ by centimetres.
import gcoord from 'gcoord';
import proj4 from 'proj4';
import { coordinateSystem, type Datum, type Projection } from './list.ts';

/** Longitude and latitude in degrees, or easting and northing in metres. */
export type XY = readonly [number, number];
type Transformation = (x: number, y: number) => [number, number];

/** What proj4 calls the ellipsoids; no shift between datums is asked for. */
const ELLIPSOIDS: Readonly<Partial<Record<Datum, string>>> = {
  CGCS2000: '+ellps=GRS80',
  'WGS 84': '+ellps=WGS84',
  "Xi'an 1980": '+a=6378140 +rf=298.257',
  'Beijing 1954': '+ellps=krass',
};

/** Where GCJ-02 shifts at all; as the map services have it, a rectangle. */
const SHIFTED = { west: 72.004, east: 137.8347, south: 0.8293, north: 55.8271 };
/** Degrees; 1e-4 m, far below the lattice step. */
const ENOUGH_DEGREES = 1e-9;
/** The shift changes by less than 1 % of the way: a step wins two digits. */
const MAX_STEPS = 20;

/**
 * From coordinates as a file has them to degrees on CGCS2000. `swapAxes`: northing or latitude comes first in the file.
 * What is no number stays NaN. Throws RangeError for a system that is not in the list.
 */
export function toCgcs2000(crs: string, swapAxes = false): Transformation {
  const { backward } = transformations(crs);
  return swapAxes ? (x, y) => settled(backward, y, x) : (x, y) => settled(backward, x, y);
}

/** The inverse of `toCgcs2000`. */
export function fromCgcs2000(crs: string, swapAxes = false): Transformation {
  const { forward } = transformations(crs);
  return (longitude, latitude) => {
    const [x, y] = settled(forward, longitude, latitude);
    return swapAxes ? [y, x] : [x, y];
  };
}

function settled(transformation: Transformation, x: number, y: number): [number, number] {
  return Number.isFinite(x) && Number.isFinite(y) ? transformation(x, y) : [Number.NaN, Number.NaN];
}

function transformations(crs: string): { forward: Transformation; backward: Transformation } {
  const known = coordinateSystem(crs);
  if (!known) throw new RangeError(`Coordinate system ${crs} is not one that is taken.`);
  const { datum, projection } = known;
  if (datum === 'GCJ-02' || datum === 'BD-09') return mapService(datum);
  if (projection.kind === 'degrees') return { forward: (x, y) => [x, y], backward: (x, y) => [x, y] };
  const converter = proj4(`+proj=longlat ${ELLIPSOIDS[datum]}`, definition(datum, projection));
  return { forward: (x, y) => converter.forward([x, y]), backward: (x, y) => converter.inverse([x, y]) };
}

function definition(datum: Datum, projection: Exclude<Projection, { kind: 'degrees' }>): string {
  if (projection.kind === 'web-mercator') return '+proj=merc +a=6378137 +b=6378137 +lon_0=0 +x_0=0 +y_0=0 +k=1 +units=m';
  const { centralMeridian, scale, falseEasting } = projection;
  return `+proj=tmerc +lat_0=0 +lon_0=${centralMeridian} +k=${scale} +x_0=${falseEasting} +y_0=0 ${ELLIPSOIDS[datum]} +units=m`;
}

/** The inverse of gcoord stops within 0.1 m (GCJ-02) and is an approximation (BD-09); so its forward way is inverted here. */
function mapService(datum: 'GCJ-02' | 'BD-09'): { forward: Transformation; backward: Transformation } {
  const target = datum === 'GCJ-02' ? gcoord.GCJ02 : gcoord.BD09;
  const shift: Transformation = (x, y) => {
    const [longitude, latitude] = gcoord.transform<[number, number]>([x, y], gcoord.WGS84, target);
    return [longitude, latitude];
  };
  return {
    forward: (x, y) => (isShifted(x, y) ? shift(x, y) : [x, y]),
    backward: (x, y) => (isShifted(x, y) ? inverted(shift, x, y) : [x, y]),
  };
}

function inverted(shift: Transformation, x: number, y: number): [number, number] {
  let [longitude, latitude] = [x, y];
  for (let step = 0; step < MAX_STEPS; step++) {
    const [shiftedX, shiftedY] = shift(longitude, latitude);
    longitude += x - shiftedX;
    latitude += y - shiftedY;
    if (Math.max(Math.abs(x - shiftedX), Math.abs(y - shiftedY)) < ENOUGH_DEGREES) break;
  }
  return [longitude, latitude];
}

function isShifted(longitude: number, latitude: number): boolean {
  return longitude >= SHIFTED.west && longitude <= SHIFTED.east && latitude >= SHIFTED.south && latitude <= SHIFTED.north;
}
