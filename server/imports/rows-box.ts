// Where the rows of an import lie.
import type { ImportKind } from '../../core/api/import-messages.ts';
import type { Box } from '../../core/coverage/geometry.ts';
import { toLattice } from '../../core/coverage/lattice.ts';
import type { ImportRowCollections } from '../../core/import/validate.ts';

/** Box of all positions of the kinds, in lattice steps; null: there are none. */
export function boxOfRows(rows: ImportRowCollections, kinds: readonly ImportKind[]): Box | null {
  const box = {
    minX: Number.POSITIVE_INFINITY,
    minY: Number.POSITIVE_INFINITY,
    maxX: Number.NEGATIVE_INFINITY,
    maxY: Number.NEGATIVE_INFINITY,
  };
  for (const kind of kinds) {
    for (const { features } of rows[kind] ?? []) for (const feature of features) extend(box, coordinatesOf(feature));
  }
  return box.minX > box.maxX
    ? null
    : { minX: toLattice(box.minX), minY: toLattice(box.minY), maxX: toLattice(box.maxX), maxY: toLattice(box.maxY) };
}

/** Nothing is judged yet: what is no position on earth is passed over. */
function extend(box: Box, coordinates: unknown): void {
  if (!Array.isArray(coordinates)) return;
  const [x, y]: unknown[] = coordinates;
  if (typeof x !== 'number' || typeof y !== 'number') {
    for (const part of coordinates) extend(box, part);
    return;
  }
  if (!(Math.abs(x) <= 180 && Math.abs(y) <= 90)) return;
  box.minX = Math.min(box.minX, x);
  box.minY = Math.min(box.minY, y);
  box.maxX = Math.max(box.maxX, x);
  box.maxY = Math.max(box.maxY, y);
}

function coordinatesOf(feature: unknown): unknown {
  const { geometry } = (feature ?? {}) as { geometry?: { coordinates?: unknown } | null };
  return geometry?.coordinates;
}
