// Lattice shapes ⇄ WKB in degrees (ISO, little-endian, 2D). Queries wrap it: ST_GeomFromWKB($1, 4490) in, ST_AsBinary(shape) out.
import {
  LATTICE_STEPS_PER_DEGREE,
  type LatticePoint,
  type Line,
  type MultiPolygon,
  type Polygon,
  type Ring,
} from '../../core/coverage/geometry.ts';

const POINT = 1;
const LINE_STRING = 2;
const POLYGON = 3;
const MULTI_POLYGON = 6;
const LITTLE_ENDIAN = 1;
const HEADER_BYTES = 5;
const COUNT_BYTES = 4;
const POSITION_BYTES = 16;

export function pointToWkb(point: LatticePoint): Buffer {
  const writer = new Writer(HEADER_BYTES + POSITION_BYTES);
  writer.header(POINT);
  writer.position(point[0], point[1]);
  return writer.buffer;
}

export function lineToWkb(line: Line): Buffer {
  const writer = new Writer(HEADER_BYTES + chainBytes(line));
  writer.header(LINE_STRING);
  writer.chain(line, false);
  return writer.buffer;
}

export function polygonToWkb(polygon: Polygon): Buffer {
  const writer = new Writer(polygonBytes(polygon));
  writer.polygon(polygon);
  return writer.buffer;
}

export function multiPolygonToWkb(polygons: MultiPolygon): Buffer {
  const writer = new Writer(HEADER_BYTES + COUNT_BYTES + polygons.reduce((sum, polygon) => sum + polygonBytes(polygon), 0));
  writer.header(MULTI_POLYGON);
  writer.count(polygons.length);
  for (const polygon of polygons) writer.polygon(polygon);
  return writer.buffer;
}

export function wkbToPoint(wkb: Buffer): LatticePoint {
  const reader = new Reader(wkb);
  reader.header(POINT);
  return [reader.step(), reader.step()];
}

export function wkbToLine(wkb: Buffer): Line {
  const reader = new Reader(wkb);
  reader.header(LINE_STRING);
  return reader.chain(reader.count());
}

export function wkbToPolygon(wkb: Buffer): Polygon {
  return new Reader(wkb).polygon();
}

export function wkbToMultiPolygon(wkb: Buffer): MultiPolygon {
  const reader = new Reader(wkb);
  reader.header(MULTI_POLYGON);
  return Array.from({ length: reader.count() }, () => reader.polygon());
}

const chainBytes = (chain: readonly number[]): number => COUNT_BYTES + chain.length * 8;
const polygonBytes = (polygon: Polygon): number =>
  HEADER_BYTES + COUNT_BYTES + polygon.reduce((sum, ring) => sum + chainBytes(ring) + POSITION_BYTES, 0);

class Writer {
  readonly buffer: Buffer;
  #at = 0;

  constructor(bytes: number) {
    this.buffer = Buffer.allocUnsafe(bytes);
  }

  header(kind: number): void {
    this.#at = this.buffer.writeUInt8(LITTLE_ENDIAN, this.#at);
    this.#at = this.buffer.writeUInt32LE(kind, this.#at);
  }

  count(value: number): void {
    this.#at = this.buffer.writeUInt32LE(value, this.#at);
  }

  position(x: number, y: number): void {
    this.#at = this.buffer.writeDoubleLE(x / LATTICE_STEPS_PER_DEGREE, this.#at);
    this.#at = this.buffer.writeDoubleLE(y / LATTICE_STEPS_PER_DEGREE, this.#at);
  }

  chain(chain: readonly number[], closed: boolean): void {
    this.count(chain.length / 2 + (closed ? 1 : 0));
    for (let i = 0; i < chain.length; i += 2) this.position(chain[i] as number, chain[i + 1] as number);
    if (closed) this.position(chain[0] as number, chain[1] as number);
  }

  polygon(polygon: Polygon): void {
    this.header(POLYGON);
    this.count(polygon.length);
    for (const ring of polygon) this.chain(ring, true);
  }
}

class Reader {
  readonly #buffer: Buffer;
  #at = 0;

  constructor(buffer: Buffer) {
    this.#buffer = buffer;
  }

  header(kind: number): void {
    const order = this.#buffer.readUInt8(this.#at);
    const found = this.#buffer.readUInt32LE(this.#at + 1);
    if (order !== LITTLE_ENDIAN || found !== kind) throw new Error(`WKB of kind ${kind} expected, found ${found} (byte order ${order})`);
    this.#at += HEADER_BYTES;
  }

  count(): number {
    const value = this.#buffer.readUInt32LE(this.#at);
    this.#at += COUNT_BYTES;
    return value;
  }

  step(): number {
    const degrees = this.#buffer.readDoubleLE(this.#at);
    this.#at += 8;
    return Math.round(degrees * LATTICE_STEPS_PER_DEGREE);
  }

  chain(points: number): number[] {
    return Array.from({ length: points * 2 }, () => this.step());
  }

  polygon(): Polygon {
    this.header(POLYGON);
    return Array.from({ length: this.count() }, (): Ring => {
      const ring = this.chain(this.count());
      ring.length -= 2;
      return ring;
    });
  }
}
