// Every coordinate system that an import takes, with its names and what its projection needs.

export type Datum = 'CGCS2000' | 'WGS 84' | "Xi'an 1980" | 'Beijing 1954' | 'GCJ-02' | 'BD-09';

/** How the numbers of a file come from degrees. */
export type Projection =
  | { readonly kind: 'degrees' }
  | { readonly kind: 'web-mercator' }
  | {
      readonly kind: 'transverse-mercator';
      /** Degrees. */
      readonly centralMeridian: number;
      readonly scale: number;
      /** Degrees. Without zone numbers a zone of 6° has the same coordinates as that of 3° about the same meridian. */
      readonly zoneWidth: 3 | 6;
      /** Metres; of a Gauss-Krüger zone with its number in front: 36,500,000. */
      readonly falseEasting: number;
    };

export interface CoordinateSystem {
  /** `EPSG:4490` …, `GCJ-02`, `BD-09`. */
  readonly id: string;
  readonly datum: Datum;
  readonly projection: Projection;
  readonly name: { readonly zh: string; readonly en: string };
  /** What people have to know before they take it; null: nothing. */
  readonly warning: { readonly zh: string; readonly en: string } | null;
}

/** Gauss-Krüger zones of China: 6° zones 13–23, central meridians 75–135; 3° zones 25–45, the same meridians and those between. */
const ZONE_WIDTHS = [
  { degrees: 6, firstZone: 13, zones: 11 },
  { degrees: 3, firstZone: 25, zones: 21 },
] as const;
const FIRST_MERIDIAN = 75;
export const FALSE_EASTING_M = 500_000;
/** A zone number stands in front of the easting as millions of metres. */
export const ZONE_STEP_M = 1_000_000;

/** EPSG numbers of the first zone, in the order of ZONE_WIDTHS: with the zone number in the easting, and without. */
interface ZoneCodes {
  readonly datum: Datum;
  readonly numbered: readonly [number, number];
  readonly plain: readonly [number, number];
}
const ZONE_CODES: readonly ZoneCodes[] = [
  { datum: 'CGCS2000', numbered: [4491, 4513], plain: [4502, 4534] },
  { datum: "Xi'an 1980", numbered: [2327, 2349], plain: [2338, 2370] },
  { datum: 'Beijing 1954', numbered: [21413, 2401], plain: [21453, 2422] },
];

const UTM_ZONES = [43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53];
const UTM_SCALE = 0.9996;

const DATUM_NAMES: Readonly<Record<Datum, { zh: string; en: string }>> = {
  CGCS2000: { zh: '2000国家大地坐标系', en: 'CGCS2000' },
  'WGS 84': { zh: 'WGS 84', en: 'WGS 84' },
  "Xi'an 1980": { zh: '1980西安坐标系', en: "Xi'an 1980" },
  'Beijing 1954': { zh: '1954年北京坐标系', en: 'Beijing 1954' },
  'GCJ-02': { zh: 'GCJ-02(高德、腾讯地图,“火星坐标”)', en: 'GCJ-02 (Amap, Tencent Maps)' },
  'BD-09': { zh: 'BD-09(百度地图)', en: 'BD-09 (Baidu Maps)' },
};

/**
 * How far positions lie off, in metres, when the degrees of an older datum are taken as those of CGCS2000; from the shifts of map sheets
 * at the change of datum: Xi'an 1980 −9…+43 north, +76…+119 east; Beijing 1954 −62…−29 north, −56…+84 east.
 */
const SHIFTS_M: Readonly<Partial<Record<Datum, readonly [number, number]>>> = { "Xi'an 1980": [75, 130], 'Beijing 1954': [30, 105] };

function shiftWarning(datum: Datum): CoordinateSystem['warning'] {
  const shift = SHIFTS_M[datum];
  if (!shift) return null;
  const [least, most] = shift;
  const { zh, en } = DATUM_NAMES[datum];
  return {
    zh:
      `${zh}到2000国家大地坐标系的转换参数由测绘部门掌握,这里没有:导入后的位置会整体偏移约 ${least} 至 ${most} 米。` +
      '请尽量向测绘单位索取2000国家大地坐标系的成果。',
    en:
      `The parameters from ${en} to CGCS2000 are kept by the survey offices and are not known here: everything will lie about ` +
      `${least} to ${most} m off. Ask the survey institute for the data on CGCS2000.`,
  };
}

function system(id: string, datum: Datum, projection: Projection, zh: string, en: string): CoordinateSystem {
  const { zh: datumZh, en: datumEn } = DATUM_NAMES[datum];
  return {
    id,
    datum,
    projection,
    name: { zh: [datumZh, zh].join(' ').trim(), en: [datumEn, en].join(' ').trim() },
    warning: shiftWarning(datum),
  };
}

function zoneSystems({ datum, numbered, plain }: ZoneCodes): CoordinateSystem[] {
  return ZONE_WIDTHS.flatMap(({ degrees, firstZone, zones }, width) =>
    Array.from({ length: zones }, (_, i) => {
      const [zone, centralMeridian] = [firstZone + i, FIRST_MERIDIAN + i * degrees];
      const projection = { kind: 'transverse-mercator', centralMeridian, scale: 1, zoneWidth: degrees } as const;
      const zh = `${degrees}°带 中央经线 ${centralMeridian}°`;
      const en = `${degrees}-degree Gauss-Krüger, central meridian ${centralMeridian}° E`;
      return [
        system(
          `EPSG:${(numbered[width] as number) + i}`,
          datum,
          { ...projection, falseEasting: zone * ZONE_STEP_M + FALSE_EASTING_M },
          `${zh}(第 ${zone} 带,东坐标带带号)`,
          `${en} (zone ${zone}, its number in the easting)`,
        ),
        system(
          `EPSG:${(plain[width] as number) + i}`,
          datum,
          { ...projection, falseEasting: FALSE_EASTING_M },
          `${zh}(东坐标不带带号)`,
          `${en} (no zone number)`,
        ),
      ];
    }).flat(),
  );
}

const DEGREES = { kind: 'degrees' } as const;

/** All of them, the usual ones first. */
export const coordinateSystems: readonly CoordinateSystem[] = [
  system('EPSG:4490', 'CGCS2000', DEGREES, '经纬度', 'degrees'),
  system('EPSG:4326', 'WGS 84', DEGREES, '经纬度', 'degrees'),
  system('GCJ-02', 'GCJ-02', DEGREES, '', ''),
  system('BD-09', 'BD-09', DEGREES, '', ''),
  system('EPSG:3857', 'WGS 84', { kind: 'web-mercator' }, 'Web 墨卡托', 'Web Mercator'),
  ...zoneSystems(ZONE_CODES[0] as ZoneCodes),
  ...UTM_ZONES.map((zone) =>
    system(
      `EPSG:${32600 + zone}`,
      'WGS 84',
      { kind: 'transverse-mercator', centralMeridian: zone * 6 - 183, scale: UTM_SCALE, zoneWidth: 6, falseEasting: FALSE_EASTING_M },
      `UTM ${zone}N(中央经线 ${zone * 6 - 183}°)`,
      `UTM ${zone}N (central meridian ${zone * 6 - 183}° E)`,
    ),
  ),
  system('EPSG:4610', "Xi'an 1980", DEGREES, '经纬度', 'degrees'),
  ...zoneSystems(ZONE_CODES[1] as ZoneCodes),
  system('EPSG:4214', 'Beijing 1954', DEGREES, '经纬度', 'degrees'),
  ...zoneSystems(ZONE_CODES[2] as ZoneCodes),
];

const BY_ID = new Map(coordinateSystems.map((one) => [one.id, one]));

/** The system of an id; undefined: not one of ours. */
export function coordinateSystem(id: string): CoordinateSystem | undefined {
  return BY_ID.get(id);
}
