// The rows of new ground, column by column and ready to be sent; shapes are WKB.

/** Many WKB shapes in one piece of memory, so that a thread can hand them over without copying. */
export interface PackedShapes {
  readonly bytes: Uint8Array;
  /** Where each shape ends. */
  readonly ends: Uint32Array;
}

export function packShapes(shapes: readonly Uint8Array[]): PackedShapes {
  const bytes = new Uint8Array(shapes.reduce((sum, shape) => sum + shape.length, 0));
  const ends = new Uint32Array(shapes.length);
  let at = 0;
  shapes.forEach((shape, i) => {
    bytes.set(shape, at);
    at += shape.length;
    ends[i] = at;
  });
  return { bytes, ends };
}

/** The shapes from `start` up to, not including, `end`; an empty one stands for no shape. */
export function unpackShapes({ bytes, ends }: PackedShapes, start: number, end: number): (Buffer | null)[] {
  return Array.from({ length: Math.min(end, ends.length) - start }, (_, i) => {
    const from = start + i === 0 ? 0 : (ends[start + i - 1] as number);
    const to = ends[start + i] as number;
    return from === to ? null : Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from);
  });
}

/** New communities and all that stands in them. */
export interface GroundRows {
  readonly communities: { code: string[]; name: string[]; kind: string[]; outline: PackedShapes };
  readonly blocks: { community: string[]; households: number[]; population: number[]; buildings: number[]; shape: PackedShapes };
  readonly buildings: {
    community: string[];
    /** Position of the block in `blocks`. */
    block: number[];
    sourceId: string[];
    name: string[];
    use: string[];
    group: string[];
    households: number[];
    population: number[];
    point: PackedShapes;
    footprint: PackedShapes;
  };
  readonly barriers: { class: string[]; name: string[]; line: PackedShapes };
  readonly institutions: { name: string[]; use: string[]; staff: (number | null)[]; area: PackedShapes };
}
