// The part of shpjs that the tests use; the package has no types of its own.
declare module 'shpjs' {
  import type { FeatureCollection, MultiPolygon, Polygon } from 'geojson';
  export default function shp(zip: Uint8Array): Promise<FeatureCollection<Polygon | MultiPolygon, Record<string, unknown>>>;
}
