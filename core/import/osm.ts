// OpenStreetMap → our kinds and fields: roads, railways, walls and water as barriers with their classes, buildings as buildings.
import type { Geometry } from 'geojson';
import type { BarrierClass } from '../api/messages.ts';
import type { RawFeature, RawFinding } from '../sources/raw-source.ts';
import { joinedPieces } from './osm-pieces.ts';
import { osmRoadClass } from './osm-roads.ts';

/** Has to be kept wherever the data are shown or handed on. */
export const OSM_ATTRIBUTION = '© OpenStreetMap contributors, ODbL 1.0';

export const OSM_LAYERS = ['roads', 'water', 'buildings'] as const;
export type OsmLayer = (typeof OSM_LAYERS)[number];

export type OsmTags = Readonly<Record<string, string>>;

export interface OsmFeature {
  /** Counts from 1 in the file. */
  readonly number: number;
  /** `way/123`; pieces of one object have the same. */
  readonly id: string;
  readonly tags: OsmTags;
  readonly geometry: Geometry | null;
}

export interface OsmRows {
  /** Fields `id`, `name`; barriers `class`; buildings `use`. Degrees on WGS 84. */
  readonly features: RawFeature[];
  readonly numbers: number[];
  readonly findings: RawFinding[];
}

/** The features of one layer, in the order of the file. What is none of it is no row. */
export function osmRows(layer: OsmLayer, features: readonly OsmFeature[]): OsmRows {
  const taken = features.filter((feature) => propertiesOf[layer](feature) !== null);
  const { pieces, findings } = joinedPieces(layer === 'roads' ? 'lines' : 'areas', taken);
  return {
    features: pieces.map((feature) => ({ type: 'Feature', properties: propertiesOf[layer](feature), geometry: feature.geometry })),
    numbers: pieces.map(({ number }) => number),
    findings,
  };
}

type Properties = Record<string, string>;

/** null: it does not belong to the layer. */
const propertiesOf: Readonly<Record<OsmLayer, (feature: OsmFeature) => Properties | null>> = {
  roads: (feature) => barrier(feature, isLine(feature.geometry) ? classOfLine(feature.tags) : null),
  water: (feature) => barrier(feature, isWater(feature) ? 'river' : null),
  buildings: ({ id, tags, geometry }) =>
    isBuilding(tags) && !isLine(geometry) ? { id, name: nameOf(tags), use: purposeOf(tags.building ?? '') } : null,
};

const barrier = ({ id, tags }: OsmFeature, barrierClass: BarrierClass | null): Properties | null =>
  barrierClass === null ? null : { id, name: nameOf(tags), class: barrierClass };

const isLine = (geometry: Geometry | null): boolean => geometry?.type === 'LineString' || geometry?.type === 'MultiLineString';
const isArea = (geometry: Geometry | null): boolean => geometry?.type === 'Polygon' || geometry?.type === 'MultiPolygon';

const RAILWAYS = new Set(['rail', 'light_rail', 'subway', 'monorail', 'narrow_gauge']);
const WALLS = new Set(['wall', 'city_wall', 'fence', 'retaining_wall']);
/** Ways of a yard, not between yards. */
const YARD_SERVICES = new Set(['parking_aisle', 'driveway', 'drive-through', 'emergency_access']);

function classOfLine(tags: OsmTags): BarrierClass | null {
  if (isUnderground(tags)) return null;
  if (RAILWAYS.has(tags.railway ?? '')) return 'railway';
  if (tags.highway !== undefined && !YARD_SERVICES.has(tags.service ?? '')) return osmRoadClass(tags.highway);
  return WALLS.has(tags.barrier ?? '') ? 'wall' : null;
}

/** What runs below parts nobody above. */
const isUnderground = ({ tunnel = 'no', layer = '0', location }: OsmTags): boolean =>
  tunnel !== 'no' || Number(layer) < 0 || location === 'underground';

const WATERWAYS = new Set(['river', 'canal', 'stream', 'tidal_channel']);
const WATER_NATURES = new Set(['water', 'coastline']);
const WATER_AREAS = new Set(['riverbank', 'dock']);
/** Basins that people made, and water that is not there all year. */
const NO_WATER = new Set(['fountain', 'swimming_pool', 'pool', 'wastewater', 'basin']);

function isWater({ tags, geometry }: OsmFeature): boolean {
  if (isUnderground(tags) || tags.intermittent === 'yes' || NO_WATER.has(tags.water ?? '')) return false;
  if (isArea(geometry))
    return WATER_NATURES.has(tags.natural ?? '') || WATER_AREAS.has(tags.waterway ?? '') || tags.landuse === 'reservoir';
  return isLine(geometry) && (WATERWAYS.has(tags.waterway ?? '') || WATER_NATURES.has(tags.natural ?? ''));
}

const isBuilding = ({ building = 'no' }: OsmTags): boolean => building !== 'no' && building !== 'construction';

/** Their words → ours; others stay as they are. */
const USES: Readonly<Record<string, string>> = {
  yes: '',
  apartments: 'residential',
  house: 'residential',
  detached: 'residential',
  semidetached_house: 'residential',
  terrace: 'residential',
  dormitory: 'residential',
  bungalow: 'residential',
  farm: 'residential',
  commercial: 'office',
  retail: 'shop',
  mall: 'shop',
  supermarket: 'shop',
  industrial: 'factory',
  warehouse: 'factory',
  kindergarten: 'school',
  university: 'school',
  college: 'school',
};

const purposeOf = (building: string): string => USES[building] ?? building;

const HAN = /\p{Script=Han}/u;

/** The Chinese name where the common one is foreign. */
function nameOf(tags: OsmTags): string {
  const names = [tags.name, tags['name:zh'], tags['name:zh-Hans'], tags['name:zh-CN']];
  return names.find((name) => name !== undefined && HAN.test(name)) ?? tags.name ?? '';
}
