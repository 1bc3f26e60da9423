// totals, complete, size: what is in the grids, against what the file says of them and what the profile asks for.
import { toDegrees } from '../coverage/lattice.ts';
import { multiPolygonAreaM2 } from '../geo/measure.ts';
import { communityKind } from '../geo/region.ts';
import { PolygonIndex } from '../import/polygon-index.ts';
import { type Breach, sizeBreach, sizeRuleOf } from '../rules/band.ts';
import { placeOf } from '../rules/finding.ts';
import { type CheckedCommunity, communityOf, type LayoutContext } from './context.ts';
import type { LayoutFinding } from './issue.ts';
import { type CheckedGrid, COUNTED } from './read-layout.ts';
import { type GridTally, NONE } from './tally.ts';
import { measureNames } from './texts.ts';

/** Our own areas are measured on the ellipsoid and rounded to 0.01 m²; others come from some projection. */
const AREA_TOLERANCE = { ours: 1e-5, foreign: 1e-3 } as const;
/** Below this, in square metres, areas are not compared. */
const MIN_AREA_DIFFERENCE_M2 = 1;

/** What the features say of themselves. */
export function totalsFindings(context: LayoutContext): LayoutFinding[] {
  const { grids, tally } = context;
  const findings = grids.flatMap((grid, i) => [
    ...countFindings(context, grid, tally.grids[i] as GridTally),
    ...areaFindings(context, grid),
  ]);
  return [...findings, ...declaredFindings(context)];
}

function countFindings({ populationEstimated }: LayoutContext, about: CheckedGrid, tally: GridTally): LayoutFinding[] {
  return COUNTED.flatMap((measure): LayoutFinding[] => {
    const stated = about.stated[measure];
    const counted = tally.counts[measure];
    const [least, most] = [counted - tally.less[measure], counted + tally.more[measure]];
    if (stated === null || (least <= stated && stated <= most)) return [];
    return [
      {
        check: 'totals',
        sentence: `totals-${measure}`,
        about,
        values: { stated, counted },
        measured: counted,
        limit: stated,
        place: placeOf(about.polygons),
        ...(measure === 'population' && populationEstimated && { severity: 'warning' }),
      },
    ];
  });
}

function areaFindings({ layout }: LayoutContext, about: CheckedGrid): LayoutFinding[] {
  const stated = about.stated.area_m2;
  if (stated === null) return [];
  const counted = multiPolygonAreaM2(about.polygons);
  const tolerance = Math.max(MIN_AREA_DIFFERENCE_M2, counted * AREA_TOLERANCE[layout.ours ? 'ours' : 'foreign']);
  if (Math.abs(counted - stated) <= tolerance) return [];
  const values = { stated, counted: Math.round(counted * 100) / 100 };
  return [{ check: 'totals', sentence: 'totals-area_m2', about, values, measured: counted, limit: stated, place: placeOf(about.polygons) }];
}

/** The totals of the file against the sums over its grids; a measure that some grid lacks has no sum. */
function declaredFindings({ grids, layout }: LayoutContext): LayoutFinding[] {
  const { totals = {} } = layout.declared;
  const dividing = grids.filter(({ kind }) => kind !== 'thematic');
  const compare = (measure: keyof typeof measureNames, stated: number | undefined, counted: number, tolerance = 0): LayoutFinding[] => {
    if (stated === undefined || Math.abs(stated - counted) <= tolerance) return [];
    const values = { measure: measureNames[measure], stated, counted: Math.round(counted * 100) / 100 };
    return [{ check: 'totals', sentence: 'totals-file', values, measured: counted, limit: stated }];
  };
  const sums = ([...COUNTED, 'area_m2'] as const).flatMap((measure) => {
    const stated = dividing.map((grid) => grid.stated[measure]);
    if (stated.some((value) => value === null)) return [];
    const tolerance = measure === 'area_m2' ? MIN_AREA_DIFFERENCE_M2 : 0;
    return compare(
      measure,
      totals[measure],
      stated.reduce<number>((sum, value) => sum + (value as number), 0),
      tolerance,
    );
  });
  return [...compare('grids', totals.grids, dividing.length), ...sums];
}

/** Buildings that no grid holds, one finding per community. */
export function completeFindings({ buildings, communities, tally }: LayoutContext): LayoutFinding[] {
  const left = buildings.filter((_, i) => tally.gridOf[i] === NONE);
  if (left.length === 0) return [];
  const parts = communities.flatMap((community) => community.area.map((polygon) => ({ polygon, community })));
  const index = new PolygonIndex(parts.map(({ polygon }) => polygon));
  const byCommunity = new Map<CheckedCommunity, typeof left>();
  for (const building of left) {
    const community = parts[index.holding(building.point)[0] ?? NONE]?.community;
    if (community) byCommunity.set(community, [...(byCommunity.get(community) ?? []), building]);
  }
  return [...byCommunity].map(([{ code, name }, homeless]) => {
    const households = homeless.reduce((sum, building) => sum + building.households, 0);
    const xs = homeless.map(({ point }) => toDegrees(point[0]));
    const ys = homeless.map(({ point }) => toDegrees(point[1]));
    return {
      check: 'complete',
      sentence: 'complete',
      community: code,
      values: { community: name, buildings: homeless.length, households },
      measured: homeless.length,
      limit: 0,
      place: [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)],
    };
  });
}

export function sizeFindings(context: LayoutContext): LayoutFinding[] {
  return context.grids.flatMap((grid, i) => sizeFinding(context, grid, i) ?? []);
}

function sizeFinding(context: LayoutContext, about: CheckedGrid, position: number): LayoutFinding | null {
  const community = communityOf(context, position);
  const kind = about.kind ?? (community && communityKind(community.code));
  const rule = kind && sizeRuleOf(kind, context.profile);
  const { counts, inhabited } = context.tally.grids[position] as GridTally;
  const breach = rule && sizeBreach(counts, rule);
  if (!rule || !breach) return null;
  const finding = {
    check: 'size' as const,
    about,
    values: { households: counts.households, persons: counts.population, limit: breach.limit },
    measured: breach.measured,
    limit: breach.limit,
    place: placeOf(about.polygons),
  };
  const home = context.homes[position];
  const whole = home !== null && home !== undefined && context.dividing[home]?.length === 1;
  const legal = legalReason(breach, inhabited, whole && rule.wholeCommunityMayBeSmaller, about.reason);
  return legal ? { ...finding, sentence: legal, severity: 'note' } : { ...finding, sentence: `size-${breach.side}-${breach.measure}` };
}

/** Why a grid may stand outside the band; null: it may not. */
function legalReason(breach: Breach, inhabited: GridTally['inhabited'], mayBeSmaller: boolean, reason: string) {
  if (breach.side === 'below' && mayBeSmaller) return 'size-whole-community';
  const counted = breach.measure === 'households' ? inhabited.households : inhabited.population;
  if (breach.side === 'above' && counted === 1) return 'size-single-building';
  return reason === '' ? null : 'size-excused';
}
