// Areas → .shp and .shx (ESRI Shapefile Technical Description, 1998): polygons, outer rings clockwise.
import type { Position } from 'geojson';

const FILE_CODE = 9994;
const VERSION = 1000;
const POLYGON = 5;
const HEADER_BYTES = 100;
const RECORD_HEADER_BYTES = 8;
/** Shape type, box, number of parts, number of points. */
const SHAPE_HEADER_BYTES = 44;
const INDEX_RECORD_BYTES = 8;
/** Lengths and offsets count words. */
const WORD_BYTES = 2;

/** Coordinates of a GeoJSON MultiPolygon: rings closed, outer ones counter-clockwise. */
export type Area = readonly (readonly (readonly Position[])[])[];

export function shapeFiles(areas: readonly Area[]): { shp: Uint8Array; shx: Uint8Array } {
  const lengths = areas.map(contentBytes);
  const shp = new Uint8Array(lengths.reduce((sum, length) => sum + RECORD_HEADER_BYTES + length, HEADER_BYTES));
  const shx = new Uint8Array(HEADER_BYTES + areas.length * INDEX_RECORD_BYTES);
  const box = boxOf(areas.flat(2));
  writeHeader(shp, box);
  writeHeader(shx, box);
  const [shape, index] = [new DataView(shp.buffer), new DataView(shx.buffer)];
  let at = HEADER_BYTES;
  areas.forEach((area, i) => {
    const words = (lengths[i] as number) / WORD_BYTES;
    index.setInt32(HEADER_BYTES + i * INDEX_RECORD_BYTES, at / WORD_BYTES);
    index.setInt32(HEADER_BYTES + i * INDEX_RECORD_BYTES + 4, words);
    shape.setInt32(at, i + 1);
    shape.setInt32(at + 4, words);
    writeArea(shape, at + RECORD_HEADER_BYTES, area);
    at += RECORD_HEADER_BYTES + words * WORD_BYTES;
  });
  return { shp, shx };
}

function contentBytes(area: Area): number {
  const rings = area.flat();
  return SHAPE_HEADER_BYTES + rings.length * 4 + rings.reduce((sum, ring) => sum + ring.length * 16, 0);
}

function writeHeader(bytes: Uint8Array, box: readonly number[]): void {
  const view = new DataView(bytes.buffer);
  view.setInt32(0, FILE_CODE);
  view.setInt32(24, bytes.length / WORD_BYTES);
  view.setInt32(28, VERSION, true);
  view.setInt32(32, POLYGON, true);
  for (const [i, value] of box.entries()) view.setFloat64(36 + i * 8, value, true);
}

function writeArea(view: DataView, start: number, area: Area): void {
  const rings = area.flat();
  view.setInt32(start, POLYGON, true);
  for (const [i, value] of boxOf(rings).entries()) view.setFloat64(start + 4 + i * 8, value, true);
  view.setInt32(start + 36, rings.length, true);
  view.setInt32(
    start + 40,
    rings.reduce((sum, { length }) => sum + length, 0),
    true,
  );
  let at = start + SHAPE_HEADER_BYTES;
  let first = 0;
  for (const ring of rings) {
    view.setInt32(at, first, true);
    first += ring.length;
    at += 4;
  }
  for (const [x = 0, y = 0] of rings.flatMap((ring) => ring.toReversed())) {
    view.setFloat64(at, x, true);
    view.setFloat64(at + 8, y, true);
    at += 16;
  }
}

/** West, south, east, north; four zeros where there is nothing. */
function boxOf(rings: readonly (readonly Position[])[]): [number, number, number, number] {
  const box: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const ring of rings) {
    for (const [x = 0, y = 0] of ring) {
      box[0] = Math.min(box[0], x);
      box[1] = Math.min(box[1], y);
      box[2] = Math.max(box[2], x);
      box[3] = Math.max(box[3], y);
    }
  }
  return box[0] <= box[2] ? box : [0, 0, 0, 0];
}
