// The rows of new ground, column by column and ready to be sent; shapes are WKB.

/** Many WKB shapes in one piece of memory, so that a thread can hand them over without copying. */
export interface PackedShapes {
  readonly bytes: Uint8Array;
  /** Where each shape ends. */
  readonly ends: Uint32Array;
}

/** One shape after the other: half a million of them would fill the memory before they are packed. */
export function packShapes<Item>(items: readonly Item[], toWkb: (item: Item) => Uint8Array): PackedShapes {
  let bytes = new Uint8Array(FIRST_BYTES);
  const ends = new Uint32Array(items.length);
  let at = 0;
  for (const [i, item] of items.entries()) {
    const shape = toWkb(item);
    if (at + shape.length > bytes.length) bytes = grown(bytes, at + shape.length);
    bytes.set(shape, at);
    at += shape.length;
    ends[i] = at;
  }
  return { bytes: bytes.slice(0, at), ends };
}

const FIRST_BYTES = 65_536;

function grown(bytes: Uint8Array, needed: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(Math.max(needed, bytes.length * 2));
  larger.set(bytes);
  return larger;
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
    address: string[];
    households: number[];
    population: number[];
    point: PackedShapes;
    footprint: PackedShapes;
  };
  readonly barriers: { class: string[]; name: string[]; line: PackedShapes };
  readonly institutions: { name: string[]; use: string[]; staff: (number | null)[]; area: PackedShapes };
}
