// inside: which community each grid lies in, whatever the file says, and where the two differ.
import type { Polygon } from '../coverage/geometry.ts';
import { interiorPoint, locate } from '../coverage/locate.ts';
import { doubledArea } from '../coverage/ring.ts';
import { PolygonIndex } from '../import/polygon-index.ts';
import { placeOf } from '../rules/finding.ts';
import type { CheckedCommunity } from './context.ts';
import type { LayoutFinding } from './issue.ts';
import type { CheckedGrid } from './read-layout.ts';

/** By grid the position of its community; null: it lies in none. */
export function homesOf(
  grids: readonly CheckedGrid[],
  communities: readonly CheckedCommunity[],
): { homes: (number | null)[]; findings: LayoutFinding[] } {
  const positions = new Map(communities.map(({ code }, position) => [code, position]));
  const parts = communities.flatMap(({ area }, community) => area.map((polygon) => ({ polygon, community })));
  const index = new PolygonIndex(parts.map(({ polygon }) => polygon));
  const findings: LayoutFinding[] = [];
  const homes = grids.map((grid) => {
    const largest = largestOf(grid.polygons);
    if (!largest) return null;
    const point = interiorPoint(largest);
    const claimed = positions.get(grid.community) ?? null;
    if (claimed !== null && communities[claimed]?.area.some((polygon) => locate(point, polygon) !== 'outside')) return claimed;
    const [part] = index.holding(point);
    const home = part === undefined ? null : (parts[part]?.community as number);
    // A thematic grid may belong to a town or county.
    if (grid.kind !== 'thematic') findings.push(...strayFindings(grid, home === null ? null : (communities[home] as CheckedCommunity)));
    return home;
  });
  return { homes, findings };
}

function strayFindings(grid: CheckedGrid, home: CheckedCommunity | null): LayoutFinding[] {
  const place = placeOf(grid.polygons);
  if (home === null) return [{ check: 'inside', sentence: 'inside-nowhere', about: grid, place }];
  // That the field is missing is said elsewhere.
  if (grid.community === '') return [];
  const values = { stated: grid.community, community: home.name };
  return [{ check: 'inside', sentence: 'inside-elsewhere', about: grid, community: home.code, values, place }];
}

function largestOf(polygons: readonly Polygon[]): Polygon | null {
  return polygons.reduce<Polygon | null>((best, polygon) => (best && doubledArea(best) >= doubledArea(polygon) ? best : polygon), null);
}
