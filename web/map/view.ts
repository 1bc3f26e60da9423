// The view of the map as plain numbers, and where a place stands in it. The map is never tilted or turned, so this is exact.
//
// The element with data-testid="map" carries the view as JSON in `data-view` and, once nothing is left to draw, data-idle="true".
// Tests find a place with `screenPoint(JSON.parse(element.dataset.view), [longitude, latitude])`.

/** Web-mercator world at zoom 0 in pixels, as MapLibre counts zoom. */
const WORLD_PX = 512;

export interface View {
  /** Centre in degrees. */
  readonly longitude: number;
  readonly latitude: number;
  readonly zoom: number;
  /** Of the map in pixels. */
  readonly width: number;
  readonly height: number;
}

/** Pixels from the map's upper left corner. Inverse: `placeAt`. */
export function screenPoint(view: View, [longitude, latitude]: readonly number[]): [x: number, y: number] {
  const size = WORLD_PX * 2 ** view.zoom;
  return [
    (mercatorX(longitude as number) - mercatorX(view.longitude)) * size + view.width / 2,
    (mercatorY(latitude as number) - mercatorY(view.latitude)) * size + view.height / 2,
  ];
}

/** Degrees at a pixel. Inverse: `screenPoint`. */
export function placeAt(view: View, [x, y]: readonly number[]): [longitude: number, latitude: number] {
  const size = WORLD_PX * 2 ** view.zoom;
  const mercator = mercatorY(view.latitude) + ((y as number) - view.height / 2) / size;
  const latitude = (Math.atan(Math.sinh(Math.PI * (1 - 2 * mercator))) * 180) / Math.PI;
  return [view.longitude + (((x as number) - view.width / 2) / size) * 360, latitude];
}

/** Pixels in one degree of longitude and of latitude, at the centre. */
export function pixelsPerDegree(view: View): [number, number] {
  const longitude = (WORLD_PX * 2 ** view.zoom) / 360;
  return [longitude, longitude / Math.cos((view.latitude * Math.PI) / 180)];
}

const mercatorX = (longitude: number): number => longitude / 360 + 0.5;
const mercatorY = (latitude: number): number => 0.5 - Math.asinh(Math.tan((latitude * Math.PI) / 180)) / (2 * Math.PI);
