// The layout of a plan as GeoJSON (RFC 7946, DESIGN §10): what other platforms load, and what `onegrid check` reads again.
import type { Feature, FeatureCollection, MultiPolygon, Position } from 'geojson';
import type { GridProperties, PlanSummary } from '../api/messages.ts';

/** To be found on everything that shows grid borders. */
const BOUNDARY_NOTE = '网格界线仅用于服务管理,不作为行政区域界线或权属依据';
/** Of the foreign member `onegrid`; raised when a reader of the old form would misread the new one. */
const FORMAT = 1;

/** A cell of a grid, by number. `code` is null while the grid has none, and where the scheme has no cells. */
export interface LayoutCell {
  readonly number: number;
  readonly code: string | null;
  readonly households: number;
  readonly population: number;
  readonly buildings: number;
}

export type LayoutGrid = Pick<
  GridProperties,
  'code' | 'name' | 'kind' | 'community' | 'households' | 'population' | 'buildings' | 'area_m2' | 'reason'
> & { readonly cells: readonly LayoutCell[] };
type LayoutFeature = Feature<MultiPolygon, LayoutGrid>;
type LayoutPlan = Pick<PlanSummary, 'name' | 'region' | 'regionName' | 'profile' | 'scheme'>;

/** Sums over the grids that divide the region; thematic grids lie across them and are only counted. */
interface LayoutTotals {
  readonly communities: number;
  readonly grids: number;
  readonly thematic: number;
  readonly coded: number;
  readonly households: number;
  readonly population: number;
  readonly buildings: number;
  readonly area_m2: number;
}

export interface Layout extends FeatureCollection<MultiPolygon, LayoutGrid> {
  readonly onegrid: LayoutPlan & {
    readonly format: number;
    readonly datum: 'CGCS2000';
    readonly totals: LayoutTotals;
    readonly note: string;
    /** Whom the data below the layout have to be attributed to; missing: nobody. */
    readonly attributions?: readonly string[];
  };
}

/**
 * One feature per grid in the order of the codes, grids without a code (null) last. Coordinates are degrees on CGCS2000, which
 * agrees with WGS 84 to centimetres, outer rings counter-clockwise. `codedOnly` leaves out grids without a code.
 */
export function layoutGeojson(
  grids: readonly Feature<MultiPolygon, LayoutGrid>[],
  plan: LayoutPlan,
  { codedOnly = false, attributions = [] }: { codedOnly?: boolean; attributions?: readonly string[] } = {},
): Layout {
  const features = grids
    .filter(({ properties }) => !codedOnly || properties.code !== null)
    .map(layoutFeature)
    .sort((a, b) => compareText(sortKey(a.properties), sortKey(b.properties)));
  const { name, region, regionName, profile, scheme } = plan;
  return {
    type: 'FeatureCollection',
    ...(features.length > 0 && { bbox: bboxOf(features.flatMap(({ geometry }) => geometry.coordinates)) }),
    onegrid: {
      format: FORMAT,
      name,
      region,
      regionName,
      profile,
      scheme,
      datum: 'CGCS2000',
      totals: totalsOf(features),
      note: BOUNDARY_NOTE,
      ...(attributions.length > 0 && { attributions }),
    },
    features,
  };
}

function layoutFeature({ geometry, properties }: Feature<MultiPolygon, LayoutGrid>): LayoutFeature {
  const { code, name, kind, community, households, population, buildings, reason, cells } = properties;
  const coordinates = geometry.coordinates.map((polygon) => polygon.map((ring, i) => wound(ring, i === 0)));
  return {
    type: 'Feature',
    ...(code !== null && { id: code }),
    bbox: bboxOf(coordinates),
    properties: { code, name, kind, community, households, population, buildings, area_m2: roundedArea(properties.area_m2), reason, cells },
    geometry: { type: 'MultiPolygon', coordinates },
  };
}

/** Square metres with two decimals: a vertex is known to a centimetre, no grid to a square millimetre. */
const roundedArea = (squareMetres: number): number => Math.round(squareMetres * 100) / 100;

/** Codes sort as text; '~' follows every digit and letter. */
const sortKey = ({ code, community, name }: LayoutGrid): string => code ?? `~${community} ${name}`;
const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function wound(ring: Position[], counterClockwise: boolean): Position[] {
  const [originX = 0, originY = 0] = ring[0] ?? [];
  let doubleArea = 0;
  for (let i = 0; i + 1 < ring.length; i++) {
    const [ax = 0, ay = 0] = ring[i] as Position;
    const [bx = 0, by = 0] = ring[i + 1] as Position;
    doubleArea += (ax - originX) * (by - originY) - (bx - originX) * (ay - originY);
  }
  return doubleArea > 0 === counterClockwise ? ring : ring.toReversed();
}

function bboxOf(polygons: readonly (readonly (readonly Position[])[])[]): [number, number, number, number] {
  const bbox: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [outer = []] of polygons) {
    for (const [x = 0, y = 0] of outer) {
      bbox[0] = Math.min(bbox[0], x);
      bbox[1] = Math.min(bbox[1], y);
      bbox[2] = Math.max(bbox[2], x);
      bbox[3] = Math.max(bbox[3], y);
    }
  }
  return bbox;
}

function totalsOf(features: readonly LayoutFeature[]): LayoutTotals {
  const dividing = features.map(({ properties }) => properties).filter(({ kind }) => kind !== 'thematic');
  const sum = (field: 'households' | 'population' | 'buildings' | 'area_m2') => dividing.reduce((total, grid) => total + grid[field], 0);
  return {
    communities: new Set(dividing.map(({ community }) => community)).size,
    grids: dividing.length,
    thematic: features.length - dividing.length,
    coded: features.filter(({ properties }) => properties.code !== null).length,
    households: sum('households'),
    population: sum('population'),
    buildings: sum('buildings'),
    area_m2: roundedArea(sum('area_m2')),
  };
}
