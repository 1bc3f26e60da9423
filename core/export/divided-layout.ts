// The layout of divided communities: outlines, names, codes, and the reasons for grids that no border can make legal.
import type { Feature, MultiPolygon } from 'geojson';
import { cellCodeOf } from '../codes/cell-code.ts';
import { Numbering } from '../codes/numbering.ts';
import { orderingPoint, readingOrder } from '../codes/order.ts';
import type { Scheme } from '../codes/scheme.ts';
import type { Polygon } from '../coverage/geometry.ts';
import { geojsonMultiPolygon } from '../coverage/lattice.ts';
import { outlineOf } from '../coverage/outline.ts';
import type { Division } from '../division/divide.ts';
import { multiPolygonAreaM2 } from '../geo/measure.ts';
import type { BuiltBlock } from '../import/blocks.ts';
import { chineseNumber, isNumberedName, shortCommunityName } from '../plan/grid-name.ts';
import type { Community, Grid } from '../plan/state.ts';
import type { LayoutCell, LayoutGrid } from './layout.ts';

/** Digits of a town's code. */
const TOWN_DIGITS = 9;

/**
 * The grids of one divided community, named and coded in reading order. `nameBase`: what the names begin with; not given: the short name
 * of the community. `cellOf`: cell of each block, 0 or null: none. `made`: what is known of each grid; a name that is not a number is kept. Throws CodeError when the scheme has no numbers left.
 */
export function dividedGrids(
  community: Community & { readonly nameBase?: string | undefined },
  blocks: readonly BuiltBlock[],
  division: Pick<Division, 'gridOf' | 'grids' | 'certificates'>,
  scheme: Scheme,
  cellOf: readonly (number | null)[] = [],
  made: readonly Pick<Grid, 'kind' | 'name' | 'reason'>[] = [],
): Feature<MultiPolygon, LayoutGrid>[] {
  const polygons = Array.from({ length: division.grids }, (): Polygon[] => []);
  const counts = polygons.map(() => ({ households: 0, population: 0, buildings: 0 }));
  blocks.forEach((block, i) => {
    const grid = division.gridOf[i] as number;
    const count = counts[grid] as (typeof counts)[number];
    polygons[grid]?.push(block.polygon);
    count.households += block.households;
    count.population += block.population;
    count.buildings += block.buildings;
  });
  const outlines = polygons.map(outlineOf);
  const reasons = exceptionReasons(division);
  const order = readingOrder(
    scheme,
    outlines.map((outline, id) => ({ id, point: orderingPoint(outline) })),
  );
  const base = community.nameBase ?? shortCommunityName(community.name);
  const nameOf = (own: string, number: number): string =>
    own === '' || isNumberedName(community, own)
      ? `${base}第${chineseNumber(number)}网格`
      : `${base}${own.slice(shortCommunityName(community.name).length)}`;
  const numbering = new Numbering(scheme, community.code);
  let number = 0;
  return order.map((grid) => {
    const known = made[grid] ?? { kind: community.kind, name: '', reason: '' };
    if (known.name === '' || isNumberedName(community, known.name)) number++;
    const outline = outlines[grid] as (typeof outlines)[number];
    const { code } = numbering.next(known.kind);
    return {
      type: 'Feature',
      geometry: { type: 'MultiPolygon', coordinates: geojsonMultiPolygon(outline) },
      properties: {
        code,
        name: nameOf(known.name, number),
        kind: known.kind,
        community: community.code,
        ...(counts[grid] as (typeof counts)[number]),
        area_m2: multiPolygonAreaM2(outline),
        reason: known.reason || (reasons.get(grid) ?? ''),
        cells: cellsOf(blocks, (block) => (division.gridOf[block] === grid ? (cellOf[block] ?? 0) : 0)).map((cell) => ({
          ...cell,
          code: cellCodeOf(scheme, code, cell.number),
        })),
      },
    };
  });
}

/**
 * What the names of grids begin with, so that no name occurs twice in a town: the short name of the community, its whole name where a
 * village and a community share the short one, and a number where they share even that.
 */
export function gridNameBases(communities: readonly { readonly code: string; readonly name: string }[]): string[] {
  const inTown = ({ code }: { readonly code: string }, name: string): string => `${code.slice(0, TOWN_DIGITS)} ${name}`;
  const bearersOf = (nameOf: (name: string) => string): Map<string, string[]> => {
    const bearers = new Map<string, string[]>();
    for (const community of communities) {
      const name = inTown(community, nameOf(community.name));
      bearers.set(name, [...(bearers.get(name) ?? []), community.code]);
    }
    return bearers;
  };
  const byShortName = bearersOf(shortCommunityName);
  const byName = bearersOf((name) => name);
  return communities.map((community) => {
    const short = shortCommunityName(community.name);
    if (byShortName.get(inTown(community, short))?.length === 1) return short;
    const namesakes = byName.get(inTown(community, community.name)) ?? [];
    return namesakes.length < 2 ? community.name : `${community.name}${chineseNumber(namesakes.indexOf(community.code) + 1)}号`;
  });
}

/** What each cell counts, by number. */
function cellsOf(blocks: readonly BuiltBlock[], cellAt: (block: number) => number): Omit<LayoutCell, 'code'>[] {
  const cells = new Map<number, { number: number; households: number; population: number; buildings: number }>();
  blocks.forEach(({ households, population, buildings }, i) => {
    const number = cellAt(i);
    if (number === 0) return;
    const cell = cells.get(number) ?? { number, households: 0, population: 0, buildings: 0 };
    cell.households += households;
    cell.population += population;
    cell.buildings += buildings;
    cells.set(number, cell);
  });
  return [...cells.values()].sort((a, b) => a.number - b.number);
}

/** A block above the band by itself makes its grid an exception; the reason goes with the filing. */
function exceptionReasons({ gridOf, certificates }: Pick<Division, 'gridOf' | 'certificates'>): Map<number, string> {
  return new Map(
    certificates.flatMap((certificate): [number, string][] =>
      certificate.kind === 'oversize-unit'
        ? [[gridOf[certificate.block] as number, `单个地块${certificate.households}户、${certificate.persons}人,超过上限且不可再分`]]
        : [],
    ),
  );
}
