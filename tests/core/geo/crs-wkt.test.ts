// What files claim of their coordinate system: .prj of ArcGIS, WKT of PROJ, names and numbers.
import { expect, test } from 'vitest';
import { coordinateSystems } from '../../../core/geo/crs/list.ts';
import { crsOfClaim, crsOfWkt } from '../../../core/geo/crs/wkt.ts';

const geographic = (name: string, datum: string, spheroid: string): string =>
  `GEOGCS["${name}",DATUM["${datum}",SPHEROID[${spheroid}]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]`;
const CGCS2000 = geographic('GCS_China_Geodetic_Coordinate_System_2000', 'D_China_2000', '"CGCS2000",6378137.0,298.257222101');
const XIAN = geographic('GCS_Xian_1980', 'D_Xian_1980', '"Xian_1980",6378140.0,298.257');
const BEIJING = geographic('GCS_Beijing_1954', 'D_Beijing_1954', '"Krasovsky_1940",6378245.0,298.3');
const WGS84 = geographic('GCS_WGS_1984', 'D_WGS_1984', '"WGS_1984",6378137.0,298.257223563');

function prj(
  name: string,
  geogcs: string,
  meridian: number,
  easting: number,
  { scale = 1, projection = 'Gauss_Kruger', unit = '"Meter",1.0' } = {},
): string {
  return (
    `PROJCS["${name}",${geogcs},PROJECTION["${projection}"],PARAMETER["False_Easting",${easting}.0],PARAMETER["False_Northing",0.0],` +
    `PARAMETER["Central_Meridian",${meridian}.0],PARAMETER["Scale_Factor",${scale}],PARAMETER["Latitude_Of_Origin",0.0],UNIT[${unit}]]`
  );
}

test.each([
  [prj('CGCS2000_3_Degree_GK_CM_108E', CGCS2000, 108, 500000), 'EPSG:4545'],
  [prj('CGCS2000_3_Degree_GK_Zone_36', CGCS2000, 108, 36500000), 'EPSG:4524'],
  [prj('CGCS2000_GK_Zone_18', CGCS2000, 105, 18500000), 'EPSG:4496'],
  [prj('CGCS2000_GK_CM_105E', CGCS2000, 105, 500000), 'EPSG:4507'],
  [prj('CGCS2000_3_Degree_GK_CM_105E', CGCS2000, 105, 500000), 'EPSG:4544'],
  [prj('Xian_1980_3_Degree_GK_Zone_36', XIAN, 108, 36500000), 'EPSG:2360'],
  [prj('Beijing_1954_3_Degree_GK_CM_102E', BEIJING, 102, 500000), 'EPSG:2431'],
  [prj('WGS_1984_UTM_Zone_48N', WGS84, 105, 500000, { scale: 0.9996, projection: 'Transverse_Mercator' }), 'EPSG:32648'],
  [prj('a name somebody made up', CGCS2000, 99, 33500000, { projection: 'Transverse_Mercator' }), 'EPSG:4521'],
  [prj('CGCS2000_3_Degree_GK_CM_108E', CGCS2000, 102, 500000), 'EPSG:4543'],
  [CGCS2000, 'EPSG:4490'],
  [WGS84, 'EPSG:4326'],
  [XIAN, 'EPSG:4610'],
  [`PROJCS["WGS_1984_Web_Mercator_Auxiliary_Sphere",${WGS84},PROJECTION["Mercator_Auxiliary_Sphere"],UNIT["Meter",1.0]]`, 'EPSG:3857'],
  ['PROJCS["whatever",GEOGCS["x",AUTHORITY["EPSG","4490"]],UNIT["metre",1],AUTHORITY["EPSG","4547"]]', 'EPSG:4547'],
  [
    'PROJCRS["CGCS2000 / 3-degree Gauss-Kruger CM 114E",BASEGEOGCRS["China Geodetic Coordinate System 2000",DATUM["China 2000",' +
      'ELLIPSOID["CGCS2000",6378137,298.257222101,LENGTHUNIT["metre",1]]]],CONVERSION["x",METHOD["Transverse Mercator",ID["EPSG",9807]],' +
      'PARAMETER["Longitude of natural origin",114,ANGLEUNIT["degree",0.0174532925199433]],PARAMETER["Scale factor at natural origin",1],' +
      'PARAMETER["False easting",500000,LENGTHUNIT["metre",1]]],CS[Cartesian,2],LENGTHUNIT["metre",1]]',
    'EPSG:4547',
  ],
])('%s', (wkt, id) => {
  expect(crsOfWkt(wkt)).toBe(id);
});

test.each([
  ['a meridian of the city itself', prj('City_2000', CGCS2000, 106.5, 500000)],
  ['an easting of the city itself', prj('City_2000', CGCS2000, 108, 100000)],
  ['feet', prj('CGCS2000_3_Degree_GK_CM_108E', CGCS2000, 108, 500000, { unit: '"Foot_US",0.3048006096012192' })],
  ['another datum', prj('Pulkovo', geographic('GCS_Pulkovo_1942', 'D_Pulkovo_1942', '"Krasovsky_1940",6378245.0,298.3'), 108, 500000)],
  ['no sense', 'PROJCS["'],
])('no system of ours: %s', (_what, wkt) => {
  expect(crsOfWkt(wkt)).toBeNull();
});

test.each([
  ['EPSG:4490', 'EPSG:4490'],
  ['urn:ogc:def:crs:EPSG::4547', 'EPSG:4547'],
  ['urn:ogc:def:crs:OGC:1.3:CRS84', 'EPSG:4326'],
  ['EPSG:900913', 'EPSG:3857'],
  ['CGCS2000_3_Degree_GK_CM_108E', 'EPSG:4545'],
  ['CGCS2000 / Gauss-Kruger zone 19', 'EPSG:4497'],
  ['WGS 84 / UTM zone 47N', 'EPSG:32647'],
  ['WGS 84 / Pseudo-Mercator', 'EPSG:3857'],
  ['CGCS2000', 'EPSG:4490'],
  ['WGS 84', 'EPSG:4326'],
  ['gcj02', 'GCJ-02'],
  ['BD-09', 'BD-09'],
  ['EPSG:27700', null],
  ['Lambert_Conformal_Conic on WGS 84', null],
  ['', null],
])('claim %s', (claim, id) => {
  expect(crsOfClaim(claim)).toBe(id);
});

test('every system is found by its own number', () => {
  for (const { id } of coordinateSystems) expect(crsOfClaim(id)).toBe(id);
});
