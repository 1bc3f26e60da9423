// Divides a grid into cells, the second level (DESIGN §2), by the same engine.
import { orderingPoint, readingOrder } from '../codes/order.ts';
import { DEFAULT_SCHEME, schemeOf } from '../codes/schemes.ts';
import type { Polygon } from '../coverage/geometry.ts';
import { outlineOf } from '../coverage/outline.ts';
import type { SizeRule } from '../rules/profile.ts';
import type { Certificate } from './certificate.ts';
import { freeDivisions, type Ground } from './free-divisions.ts';

/** A cell has two digits in a code, and 00 is the whole grid. */
export const MAX_CELLS = 99;

export interface Cells {
  /** Blocks of each cell, in reading order: the first is number 1. */
  readonly cells: readonly (readonly number[])[];
  /** Why not every cell is legal. */
  readonly certificates: readonly Certificate[];
}

/** Divides the members by the measure of a cell. One cell: the grid needs none. */
export function divideIntoCells(
  ground: Ground & { readonly blocks: readonly { readonly polygon: Polygon }[] },
  rule: SizeRule,
  isMember: (block: number) => boolean,
): Cells {
  const parts: number[][] = [];
  const certificates: Certificate[] = [];
  for (const division of freeDivisions(ground, rule, isMember)) {
    const first = parts.length;
    division.gridOf.forEach((part, block) => {
      if (part < 0) return;
      parts[first + part] ??= [];
      parts[first + part]?.push(block);
    });
    certificates.push(...division.certificates);
  }
  return { cells: inReadingOrder(ground.blocks, parts), certificates };
}

/** Cells are numbered as the grids of a community are. */
function inReadingOrder(blocks: readonly { readonly polygon: Polygon }[], parts: readonly number[][]): number[][] {
  const scheme = schemeOf(DEFAULT_SCHEME);
  if (!scheme) throw new Error(`the scheme ${DEFAULT_SCHEME} is not shipped`);
  const outline = (part: readonly number[]) => outlineOf(part.map((block) => (blocks[block] as { polygon: Polygon }).polygon));
  const order = readingOrder(
    scheme,
    parts.map((part, id) => ({ id, point: orderingPoint(outline(part)) })),
  );
  return order.map((part) => parts[part] as number[]);
}
