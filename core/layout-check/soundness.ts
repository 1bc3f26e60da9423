// Whether a grid is sound by itself: its rings do not cross, and its holes lie in it and beside one another.
import type { LatticePoint, Polygon } from '../coverage/geometry.ts';
import { interiorPoint, locate } from '../coverage/locate.ts';
import { selfContact } from '../import/simple.ts';

/** Where a polygon is unsound; null: nowhere. Its rings have the directions of core/coverage. */
export function unsoundAt(polygon: Polygon): LatticePoint | null {
  const contact = selfContact(polygon);
  if (contact) return contact;
  const [outer, ...holes] = polygon;
  if (outer === undefined || holes.length === 0) return null;
  const astray = holes.find((hole) => {
    const point = interiorPoint([hole]);
    return locate(point, [outer]) !== 'inside' || holes.some((other) => other !== hole && locate(point, [other]) === 'inside');
  });
  return astray ? [astray[0] as number, astray[1] as number] : null;
}
