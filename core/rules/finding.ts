// How a check words what it found: severity by profile, exceptions by written reason, the place in degrees.
import { boxOf } from '../coverage/box.ts';
import type { Polygon } from '../coverage/geometry.ts';
import { toDegrees } from '../coverage/lattice.ts';
import type { CommunityState, Grid } from '../plan/state.ts';
import { boxOfPieces } from './pieces.ts';
import type { Profile } from './profile.ts';
import type { CheckContext, CheckId, Fix, Issue, Place, Severity } from './rule.ts';
import { surveyOf } from './survey.ts';
import type { Piece } from './through-building.ts';

/** A fix list longer than this is no longer a choice. */
export const MAX_FIXES = 3;
/** Single places that an issue lists; nobody looks at more one by one. */
const MAX_PLACES = 50;

/** Severity where the profile says nothing. */
const DEFAULT_SEVERITY: Readonly<Record<CheckId, Severity>> = {
  complete: 'note',
  inside: 'error',
  contiguous: 'warning',
  size: 'warning',
  building: 'warning',
  barrier: 'note',
  border: 'note',
  compact: 'note',
  name: 'error',
  kind: 'warning',
  code: 'warning',
  staff: 'warning',
  party: 'warning',
  totals: 'error',
  'one-net': 'note',
};

/** How much a check weighs under the profile. */
export function severityOf(profile: Profile, check: CheckId): Severity {
  return profile.severity[check] ?? DEFAULT_SEVERITY[check];
}

export interface Finding {
  readonly check: CheckId;
  readonly message: string;
  readonly grid?: Grid;
  readonly values?: Issue['values'];
  readonly measured?: number;
  readonly limit?: number;
  readonly place?: Issue['place'];
  readonly places?: readonly Place[];
  readonly fixes?: readonly Fix[];
  /** Worth knowing and nothing to mend, whatever the profile says. */
  readonly legal?: boolean;
  readonly suggest?: boolean;
  readonly issueCodes?: boolean;
}

/** The issue of a finding. Its values always hold `grid`, the name of the grid it is about. */
export function issueOf({ state, profile }: CheckContext, finding: Finding): Issue {
  const { check, grid, message } = finding;
  const severity = finding.legal ? 'note' : severityOf(profile, check);
  return {
    check,
    severity,
    community: state.community.code,
    grid: grid?.id ?? null,
    message,
    values: { ...(grid && { grid: gridLabel(grid) }), ...finding.values },
    measured: finding.measured ?? null,
    limit: finding.limit ?? null,
    place: finding.place ?? null,
    ...(finding.places && finding.places.length > 1 && { places: finding.places.slice(0, MAX_PLACES) }),
    excused: severity === 'warning' && grid !== undefined && grid.reason.trim() !== '',
    fixes: finding.fixes ?? [],
    ...(finding.suggest && { suggest: true }),
    ...(finding.issueCodes && { issueCodes: true }),
  };
}

/** What a sentence calls the grid: its name, or its number while it has none. */
export function gridLabel(grid: Grid): string {
  return grid.name.trim() || `#${grid.id}`;
}

/** Where the grid lies: its own area, or its blocks. */
export function placeOfGrid(state: CommunityState, grid: Grid): Issue['place'] {
  return placeOf(
    grid.area ??
      surveyOf(state)
        .holdings.get(grid.id)
        ?.blocks.map(({ polygon }) => polygon) ??
      [],
  );
}

/** West, south, east, north of the pieces of border in degrees; null where there are none. */
export function placeOfPieces(pieces: Iterable<Piece>): Issue['place'] {
  const { minX, minY, maxX, maxY } = boxOfPieces(pieces);
  return minX <= maxX ? [toDegrees(minX), toDegrees(minY), toDegrees(maxX), toDegrees(maxY)] : null;
}

/** West, south, east, north of the polygons in degrees; null where there are none. */
export function placeOf(polygons: Iterable<Polygon>): Issue['place'] {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const polygon of polygons) {
    const box = boxOf(polygon);
    west = Math.min(west, box.minX);
    south = Math.min(south, box.minY);
    east = Math.max(east, box.maxX);
    north = Math.max(north, box.maxY);
  }
  return west <= east ? [toDegrees(west), toDegrees(south), toDegrees(east), toDegrees(north)] : null;
}
