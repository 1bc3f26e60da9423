// Suggestions for a grid: what each does and what it comes to; the map shows the one under the pointer or the focus, a click takes it.
import { BulbOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Mend, MendedGrid } from '../../core/division/suggest.ts';
import { gridNameWithin } from '../../core/plan/grid-name.ts';
import { useFormat } from '../i18n/format.ts';
import { type MendAsker, useMends } from '../state/mends.ts';
import { useWorkspace } from '../state/store.ts';
import './mend-list.css';

/** @param before leads to the grid when it is not open yet */
export function SuggestButton({ grid, asker, before }: { grid: number; asker: MendAsker; before?: () => Promise<void> }) {
  const { t } = useTranslation();
  const open = useMends((state) => state.grid === grid && state.asker === asker);
  const working = useMends(({ mends }) => mends === null) && open;
  const ask = async (): Promise<void> => {
    if (!open) await before?.();
    await useMends.getState().suggest(grid, asker);
  };
  return (
    <Button size="small" icon={<BulbOutlined />} aria-expanded={open} loading={working} onClick={() => void ask()}>
      {t('tools:suggest.ask')}
    </Button>
  );
}

export function MendList({ grid, asker }: { grid: number; asker: MendAsker }) {
  const { t } = useTranslation();
  const mends = useMends((state) => (state.grid === grid && state.asker === asker ? state.mends : null));
  const { lookAt } = useMends.getState();
  useEffect(() => () => lookAt(null), [lookAt]);
  if (mends === null) return null;
  if (mends.length === 0) return <p className="mend-none small quiet">{t('tools:suggest.none')}</p>;
  return (
    <ul className="mend-list" onMouseLeave={() => lookAt(null)}>
      {mends.map((mend) => (
        <MendRow key={JSON.stringify(mend.operation)} mend={mend} />
      ))}
      {!mends.some(({ legal }) => legal) && <li className="small quiet">{t('tools:suggest.partly')}</li>}
    </ul>
  );
}

function MendRow({ mend }: { mend: Mend }) {
  const { t } = useTranslation();
  const { decimal } = useFormat();
  const { lookAt, take } = useMends.getState();
  const name = useShortName();
  const values = Object.fromEntries(
    Object.entries(mend.values).map(([key, value]) => [key, typeof value === 'number' ? decimal(value) : name(value)]),
  );
  return (
    <li>
      <button
        type="button"
        className="mend"
        data-testid="mend"
        onMouseEnter={() => lookAt(mend)}
        onFocus={() => lookAt(mend)}
        onBlur={() => lookAt(null)}
        onClick={() => void take(mend)}
      >
        <span className="mend-what">{t(`tools:suggest.does.${mend.label}`, values)}</span>
        <span className="mend-counts">
          {mend.grids.map((grid) => (
            <MendCount key={grid.grid} grid={grid} name={name(grid.name)} />
          ))}
        </span>
      </button>
    </li>
  );
}

/** 第三网格 612 → 480 户 */
function MendCount({ grid: { before, after, within }, name }: { grid: MendedGrid; name: string }) {
  const { t } = useTranslation();
  const { count } = useFormat();
  const then = after === null ? t('tools:suggest.gone') : t('panels:unit.householdsOf', { count: count(after.households) });
  return (
    <span>
      {name} {before !== null && `${count(before.households)} → `}
      {then} {!within && <span className="row-warning">{t('tools:suggest.outside')}</span>}
    </span>
  );
}

/** The community's name need not be said in its own list. */
function useShortName(): (name: string) => string {
  const community = useWorkspace(({ active, progress }) => progress.get(active?.code ?? '')?.name ?? '');
  return (name) => gridNameWithin(community, name);
}
