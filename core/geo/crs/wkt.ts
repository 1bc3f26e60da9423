// What a file claims of its coordinate system: EPSG number, OGC URN, name, or WKT as in a .prj.
import { type CoordinateSystem, coordinateSystem, coordinateSystems, type Datum, FALSE_EASTING_M, ZONE_STEP_M } from './list.ts';

/** Spellings of OGC, EPSG and ESRI. */
const DATUMS: readonly (readonly [RegExp, Datum])[] = [
  [/cgcs[ _]?2000|china[ _]?(geodetic[ _]coordinate[ _]system[ _])?2000|2000国家大地/i, 'CGCS2000'],
  [/xi'?an[ _]?(19)?80|西安/i, "Xi'an 1980"],
  [/beijing[ _]?(19)?54|北京/i, 'Beijing 1954'],
  [/wgs[ _]?(19)?84|crs:?84/i, 'WGS 84'],
];
const SCALE_TOLERANCE = 1e-9;

type TransverseMercator = Extract<CoordinateSystem['projection'], { kind: 'transverse-mercator' }>;

/** The id of what a file claims: `EPSG:4547`, `urn:ogc:def:crs:EPSG::4547`, `CRS84`, `GCJ-02`, a name or WKT; null: none of ours. */
export function crsOfClaim(claim: string): string | null {
  const number = /^\s*(?:urn:ogc:def:crs:)?epsg:(?:[\d.]*:)?(\d+)\s*$/i.exec(claim)?.[1];
  if (number) return idByNumber(number);
  if (/^\s*gcj-?02\s*$/i.test(claim)) return 'GCJ-02';
  if (/^\s*bd-?09(ll)?\s*$/i.test(claim)) return 'BD-09';
  return crsOfWkt(claim);
}

/** The id of the system that WKT of either version, by OGC, EPSG or ESRI, or just its name describes; null: none of ours. */
export function crsOfWkt(wkt: string): string | null {
  const byNumber = idByNumber(ownNumber(wkt));
  if (byNumber) return byNumber;
  const projected = /PROJ(?:CS|CRS|ECTEDCRS)\s*\[\s*"([^"]*)"/i.exec(wkt);
  if (projected) return idOfParameters(wkt, projected[1] as string);
  return wkt.includes('[') ? geographic(datumOf(wkt)) : idOfName(wkt);
}

/** The last EPSG number is that of the whole system; earlier ones are of its parts. WKT that ends without one has none. */
function ownNumber(wkt: string): string | undefined {
  return /(?:AUTHORITY|ID)\s*\[\s*"EPSG"\s*,\s*"?(\d+)"?\s*\]\s*\]\s*$/i.exec(wkt)?.[1];
}

/** Web Mercator had other numbers before it was given one by EPSG. */
const OLDER_NUMBERS: Readonly<Record<string, string>> = { '900913': '3857', '102100': '3857', '102113': '3857', '3785': '3857' };

function idByNumber(number: string | undefined): string | null {
  if (number === undefined) return null;
  const id = `EPSG:${OLDER_NUMBERS[number] ?? number}`;
  return coordinateSystem(id) ? id : null;
}

/** `CGCS2000_3_Degree_GK_CM_108E`, `CGCS2000 / 3-degree Gauss-Kruger zone 36`, `GCS_WGS_1984`, `WGS_1984_UTM_Zone_48N` … */
function idOfName(name: string): string | null {
  if (isWebMercator(name)) return 'EPSG:3857';
  const datum = datumOf(name);
  const utm = /utm[ _]zone[ _](\d+)n/i.exec(name)?.[1];
  if (utm !== undefined) return datum === 'WGS 84' ? idByNumber(String(32600 + Number(utm))) : null;
  if (!GAUSS_KRUGER.test(name)) return /mercator|utm|lambert|albers/i.test(name) ? null : geographic(datum);
  const zone = Number(/(?:zone|第|带)[ _]*(\d+)/i.exec(name)?.[1]);
  const meridian = Number(/(?:cm|中央经线)[ _]*(\d+)/i.exec(name)?.[1]);
  return transverseMercator(datum, name, ({ falseEasting, centralMeridian, scale }) =>
    scale !== 1
      ? false
      : zone
        ? Math.floor(falseEasting / ZONE_STEP_M) === zone
        : falseEasting === FALSE_EASTING_M && centralMeridian === meridian,
  );
}

/** By the parameters: names of projected systems are changed and invented. */
function idOfParameters(wkt: string, name: string): string | null {
  if (isWebMercator(wkt)) return 'EPSG:3857';
  if (!/"(transverse[ _]mercator|gauss[ _]kruger)"/i.test(wkt) || !isInMetres(wkt) || (parameter(wkt, 'false.northing') ?? 0) !== 0)
    return null;
  const meridian = parameter(wkt, 'central.meridian|longitude of natural origin');
  const easting = parameter(wkt, 'false.easting');
  const scale = parameter(wkt, 'scale.factor|scale factor at natural origin') ?? 1;
  return transverseMercator(
    datumOf(wkt),
    name,
    (one) => one.centralMeridian === meridian && one.falseEasting === easting && Math.abs(one.scale - scale) < SCALE_TOLERANCE,
  );
}

/** Where zones of 3° and of 6° have the same numbers, the name decides; it is 3° where that says nothing. */
function transverseMercator(datum: Datum | null, name: string, fits: (projection: TransverseMercator) => boolean): string | null {
  const matching = coordinateSystems.filter(
    ({ datum: own, projection }) => own === datum && projection.kind === 'transverse-mercator' && fits(projection),
  );
  const zoneWidth = GAUSS_KRUGER.test(name) && !/3[ _-]*(degree|度|°)/i.test(name) ? 6 : 3;
  const preferred = matching.find(({ projection }) => projection.kind === 'transverse-mercator' && projection.zoneWidth === zoneWidth);
  return (preferred ?? matching[0])?.id ?? null;
}

const GAUSS_KRUGER = /gk|gauss|高斯/i;

const isWebMercator = (text: string): boolean => /(web|pseudo|popular).{0,20}mercator|mercator.auxiliary.sphere/i.test(text);

function parameter(wkt: string, names: string): number | undefined {
  const text = new RegExp(`PARAMETER\\s*\\[\\s*"(?:${names})"\\s*,\\s*(-?[\\d.eE+]+)`, 'i').exec(wkt)?.[1];
  return text === undefined ? undefined : Number(text);
}

/** The unit of the whole system is the last one of length. */
function isInMetres(wkt: string): boolean {
  const factors = [...wkt.matchAll(/UNIT\s*\[\s*"(?:metre|meter|m)"\s*,\s*([\d.eE+-]+)/gi)].map(([, factor]) => Number(factor));
  return factors.at(-1) === 1;
}

function datumOf(text: string): Datum | null {
  return DATUMS.find(([spelling]) => spelling.test(text))?.[1] ?? null;
}

function geographic(datum: Datum | null): string | null {
  return coordinateSystems.find((one) => one.datum === datum && one.projection.kind === 'degrees')?.id ?? null;
}
