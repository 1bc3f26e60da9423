// Lines to faces: everything is noded on the lattice (snap rounding) and the faces between the lines are traced. By GEOS in wasm.
import initGeosJs from 'geos-wasm';
import type { Line, Polygon, Ring } from './geometry.ts';
import { PointIndex } from './point-index.ts';
import { canonicalPolygon, comparePolygons, directedRing } from './ring.ts';

export interface Noder {
  /**
   * All bounded faces between the lines, canonical and in order. Pieces of line that end freely or hang between faces bound none and
   * leave no trace. Vertices may move less than one lattice step, never across each other.
   */
  faces(lines: readonly Line[]): Polygon[];
}

/** Edge of the grid that GEOS rounds to: one lattice step. */
const GRID_STEP = 1;
const WKB_LITTLE_ENDIAN = 1;
const WKB_LINE_STRING = 2;
const WKB_MULTI_LINE_STRING = 5;
const LINE_STRING_HEADER_BYTES = 9;
const POINT_BYTES = 16;

type Geos = Awaited<ReturnType<typeof initGeosJs>>;

/** Loads GEOS once; the wasm is inlined in the package, so nothing is fetched. */
export async function loadNoder(): Promise<Noder> {
  const geos = await initGeosJs();
  return { faces: (lines) => facesBy(geos, lines) };
}

function facesBy(geos: Geos, lines: readonly Line[]): Polygon[] {
  const segments = distinctSegments(lines);
  if (segments.length === 0) return [];
  const owned: (() => void)[] = [];
  // Everything that GEOS allocates is handed back here, whatever happens in between.
  const own = (pointer: number, release: (pointer: number) => unknown, what: string): number => {
    if (pointer === 0) throw new Error(`GEOS failed: ${what}`);
    owned.push(() => release(pointer));
    return pointer;
  };
  const destroy = (geometry: number) => geos.GEOSGeom_destroy(geometry);
  try {
    const wkb = segmentsToWkb(segments);
    const input = own(geos.Module._malloc(wkb.length), geos.Module._free, 'memory');
    geos.Module.HEAPU8.set(wkb, input);
    const reader = own(geos.GEOSWKBReader_create(), (p) => geos.GEOSWKBReader_destroy(p), 'reader');
    const crossing = own(geos.GEOSWKBReader_read(reader, input, wkb.length), destroy, 'read');
    const noded = own(geos.GEOSUnaryUnionPrec(crossing, GRID_STEP), destroy, 'noding');
    const list = own(geos.Module._malloc(4), geos.Module._free, 'memory');
    geos.Module.HEAPU32[list >> 2] = noded;
    const collection = own(geos.GEOSPolygonize(list, 1), destroy, 'polygonize');
    const writer = own(geos.GEOSWKBWriter_create(), (p) => geos.GEOSWKBWriter_destroy(p), 'writer');
    const output = own(geos.GEOSWKBWriter_write(writer, collection, list), (p) => geos.GEOSFree(p), 'write');
    const size = geos.Module.HEAPU32[list >> 2] as number;
    return polygonsOfWkb(geos.Module.HEAPU8.slice(output, output + size));
  } finally {
    for (const release of owned.reverse()) release();
  }
}

/** Segments x0, y0, x1, y1 without doubles and without zero length: borders between two blocks come in twice. */
function distinctSegments(lines: readonly Line[]): number[] {
  const points = new PointIndex();
  const seen = new Set<number>();
  const segments: number[] = [];
  for (const line of lines) {
    for (let i = 0; i + 3 < line.length; i += 2) {
      const [ax, ay, bx, by] = [line[i] as number, line[i + 1] as number, line[i + 2] as number, line[i + 3] as number];
      const a = points.idOf(ax, ay);
      const b = points.idOf(bx, by);
      if (a === b) continue;
      const key = points.edgeKey(Math.min(a, b), Math.max(a, b));
      if (seen.has(key)) continue;
      seen.add(key);
      segments.push(ax, ay, bx, by);
    }
  }
  return segments;
}

function segmentsToWkb(segments: readonly number[]): Uint8Array {
  const count = segments.length / 4;
  const bytes = new Uint8Array(LINE_STRING_HEADER_BYTES + count * (LINE_STRING_HEADER_BYTES + 2 * POINT_BYTES));
  const view = new DataView(bytes.buffer);
  let at = 0;
  const header = (type: number, items: number) => {
    view.setUint8(at, WKB_LITTLE_ENDIAN);
    view.setUint32(at + 1, type, true);
    view.setUint32(at + 5, items, true);
    at += LINE_STRING_HEADER_BYTES;
  };
  header(WKB_MULTI_LINE_STRING, count);
  for (let i = 0; i < segments.length; i += 4) {
    header(WKB_LINE_STRING, 2);
    for (let j = 0; j < 4; j++, at += 8) view.setFloat64(at, segments[i + j] as number, true);
  }
  return bytes;
}

/** Polygons of the geometry collection that GEOSPolygonize makes. */
function polygonsOfWkb(bytes: Uint8Array): Polygon[] {
  const view = new DataView(bytes.buffer);
  const polygons: Polygon[] = [];
  let at = 5;
  const integer = () => {
    at += 4;
    return view.getUint32(at - 4, true);
  };
  const number = () => {
    at += 8;
    return view.getFloat64(at - 8, true);
  };
  for (let left = integer(); left > 0; left--) {
    at += 5;
    const rings: Ring[] = [];
    for (let ringsLeft = integer(); ringsLeft > 0; ringsLeft--) {
      const ring: number[] = [];
      for (let points = integer(); points > 1; points--) ring.push(number(), number());
      at += POINT_BYTES;
      rings.push(directedRing(ring, rings.length === 0));
    }
    polygons.push(canonicalPolygon(rings));
  }
  return polygons.sort(comparePolygons);
}
