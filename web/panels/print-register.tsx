// The register of a sheet: the grids of the community, or the towns of the plan, with their sums.
import { useTranslation } from 'react-i18next';
import { gridNameWithin } from '../../core/plan/grid-name.ts';
import { useFormat } from '../i18n/format.ts';
import { useWorkspace } from '../state/store.ts';
import { groupedCode } from './grid-code.tsx';
import type { Extent } from './print-sheets.tsx';

export interface PrintRegister {
  readonly title: string;
  readonly heads: readonly string[];
  readonly rows: readonly { readonly key: string; readonly cells: readonly string[] }[];
  readonly sum: readonly string[];
  /** Columns of figures, from this one on. */
  readonly figuresFrom: number;
}

export function useRegister(extent: Extent): PrintRegister {
  const grids = useGridRegister();
  const towns = useTownRegister();
  return extent === 'community' ? grids : towns;
}

function useGridRegister(): PrintRegister {
  const { t } = useTranslation();
  const { count } = useFormat();
  const active = useWorkspace((workspace) => workspace.active);
  const community = useWorkspace((workspace) => (active === null ? '' : (workspace.progress.get(active.code)?.name ?? '')));
  const grids = (active?.grids.features ?? []).map(({ properties }) => properties);
  const sorted = grids.toSorted((a, b) => (a.code ?? '').localeCompare(b.code ?? '') || a.id - b.id);
  const sum = (field: 'households' | 'population'): number => grids.reduce((total, grid) => total + grid[field], 0);
  return {
    title: t('print:register.grids', { count: grids.length }),
    heads: [t('print:head.code'), t('print:head.name'), t('print:head.kind'), t('print:head.households'), t('print:head.persons')],
    rows: sorted.map((grid) => ({
      key: String(grid.id),
      cells: [
        grid.code === null ? t('print:noCode') : groupedCode(grid.code),
        gridNameWithin(community, grid.name),
        t(`print:kind.${grid.kind}`),
        count(grid.households),
        count(grid.population),
      ],
    })),
    sum: [t('print:sum'), '', '', count(sum('households')), count(sum('population'))],
    figuresFrom: 3,
  };
}

function useTownRegister(): PrintRegister {
  const { t } = useTranslation();
  const { count } = useFormat();
  const towns = useWorkspace((workspace) => workspace.plan?.towns ?? []);
  const progress = useWorkspace((workspace) => workspace.progress);
  const tallyOf = (town: string | null): string[] => {
    const own = [...progress.values()].filter((community) => town === null || community.town === town);
    const sum = (field: 'grids' | 'gridsCoded' | 'households'): number => own.reduce((total, community) => total + community[field], 0);
    return [own.length, sum('grids'), sum('gridsCoded'), sum('households')].map(count);
  };
  return {
    title: t('print:register.towns', { count: towns.length }),
    heads: [t('print:head.town'), t('print:head.communities'), t('print:head.grids'), t('print:head.coded'), t('print:head.households')],
    rows: towns.map(({ code, name }) => ({ key: code, cells: [name, ...tallyOf(code)] })),
    sum: [t('print:sum'), ...tallyOf(null)],
    figuresFrom: 1,
  };
}

export function Register({ register, rows, sum }: { register: PrintRegister; rows: PrintRegister['rows']; sum: boolean }) {
  const { heads, figuresFrom } = register;
  const kindOf = (column: number): string | undefined => (column >= figuresFrom ? 'figure' : undefined);
  return (
    <div className="register">
      <h2>{register.title}</h2>
      <table>
        <thead>
          <tr>
            {heads.map((head, column) => (
              <th key={head} className={kindOf(column)}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, cells }) => (
            <tr key={key}>
              {cells.map((cell, column) => (
                <td key={heads[column]} className={kindOf(column)}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        {sum && (
          <tfoot>
            <tr>
              {register.sum.map((cell, column) => (
                <td key={heads[column]} className={kindOf(column)}>
                  {cell}
                </td>
              ))}
            </tr>
          </tfoot>
        )}
      </table>
    </div>
  );
}
