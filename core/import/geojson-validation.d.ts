// Types of the part of geojson-validation that is used here; the package carries none.
declare module 'geojson-validation' {
  /** True or false; with trace: the complaints, empty when there are none. */
  export function isFeature(feature: unknown, trace: true): string[];
  export function isFeature(feature: unknown, trace?: false): boolean;
  export function isFeatureCollection(collection: unknown, trace: true): string[];
  export function isFeatureCollection(collection: unknown, trace?: false): boolean;
}
