// Coordinates in degrees → polygons on the lattice that are free of self-contact; mends what noding can mend without loss.

import { facesBetween } from '../coverage/faces.ts';
import type { LatticePoint, Polygon } from '../coverage/geometry.ts';
import { latticeLine, latticePolygon, toDegrees } from '../coverage/lattice.ts';
import { interiorPoint, locate } from '../coverage/locate.ts';
import { closedLine, doubledArea } from '../coverage/ring.ts';
import { polygonAreaM2 } from '../geo/measure.ts';
import { selfContacts } from './simple.ts';

/** Loops that run against the rest may make up this share of the area: slips of the hand, not lobes of a bow tie. */
const MAX_MENDED_LOSS = 0.02;
/** A loop below this is dropped; what is missing then is a sliver, and the neighbours take it. */
const MAX_LOOP_M2 = 100;
/** With more than these a border is scribble: no slip of the hand, and a day's work to node. */
const MAX_CONTACTS = 200;

export type ShapeOutcome =
  | { readonly verdict: 'taken'; readonly polygons: readonly Polygon[] }
  /** Crossed itself at a place; the parts that remain. */
  | { readonly verdict: 'mended'; readonly polygons: readonly Polygon[]; readonly at: readonly [number, number] }
  | { readonly verdict: 'refused'; readonly message: 'self-intersection' | 'area-nil'; readonly at: readonly [number, number] | null };

/** Polygons of one feature (coordinates of a GeoJSON MultiPolygon). */
export function shapesOf(coordinates: readonly (readonly (readonly number[])[])[][]): ShapeOutcome {
  const polygons: Polygon[] = [];
  let mendedAt: readonly [number, number] | null = null;
  for (const rings of coordinates) {
    const polygon = latticePolygon(rings);
    if (polygon.length === 0) {
      if (enclosesFaces(rings)) return { verdict: 'refused', message: 'self-intersection', at: firstPosition(rings) };
      continue;
    }
    const contacts = selfContacts(polygon, MAX_CONTACTS + 1);
    const [contact] = contacts;
    if (!contact) {
      polygons.push(polygon);
      continue;
    }
    const at = degrees(contact);
    const parts = contacts.length > MAX_CONTACTS ? null : mendedParts(polygon);
    if (!parts) return { verdict: 'refused', message: 'self-intersection', at };
    polygons.push(...parts);
    mendedAt ??= at;
  }
  if (polygons.length === 0) return { verdict: 'refused', message: 'area-nil', at: null };
  return mendedAt ? { verdict: 'mended', polygons, at: mendedAt } : { verdict: 'taken', polygons };
}

export const degrees = (point: readonly [number, number] | LatticePoint): readonly [number, number] => [
  toDegrees(Math.round(point[0])),
  toDegrees(Math.round(point[1])),
];

/**
 * The faces that an even-odd reading of the rings covers, without the small loops. Null when lobes of opposite direction meet: then
 * nobody can say which was meant. Lobes of one direction that touch in a point are all kept.
 */
function mendedParts(polygon: Polygon): Polygon[] | null {
  const covered = facesBetween(polygon.map(closedLine)).filter((face) => locate(interiorPoint(face), polygon) === 'inside');
  const areas = covered.map((face) => Math.abs(doubledArea(face)));
  const total = areas.reduce((sum, area) => sum + area, 0);
  if (Math.abs(doubledArea(polygon)) < total * (1 - MAX_MENDED_LOSS)) return null;
  const largest = areas.indexOf(Math.max(...areas));
  const parts = covered.filter((face, i) => i === largest || polygonAreaM2(face) >= MAX_LOOP_M2);
  return parts.length > 0 ? parts : null;
}

/** Rings without area by direction may still be bow ties with two equal lobes. */
function enclosesFaces(rings: readonly (readonly (readonly number[])[])[]): boolean {
  return facesBetween(rings.slice(0, 1).map((ring) => latticeLine(ring))).length > 0;
}

const firstPosition = (rings: readonly (readonly (readonly number[])[])[]): readonly [number, number] | null => {
  const first = rings[0]?.[0];
  return first ? [first[0] as number, first[1] as number] : null;
};
