// What a package, or one plan in it, counts: by its grids, as the manifest says it.
import type { LayoutGrid } from '../export/layout.ts';
import type { PackageCounts } from './manifest.ts';

type CountedGrid = Pick<LayoutGrid, 'kind' | 'households' | 'population' | 'buildings'>;

export function countsOf(grids: readonly CountedGrid[], communities: number): PackageCounts {
  const dividing = grids.filter(({ kind }) => kind !== 'thematic');
  const sum = (field: 'households' | 'population' | 'buildings') => dividing.reduce((total, grid) => total + grid[field], 0);
  return {
    communities,
    grids: dividing.length,
    thematic: grids.length - dividing.length,
    households: sum('households'),
    population: sum('population'),
    buildings: sum('buildings'),
  };
}
