// What of a department's old grids does not go into blocks and grids as it was; each leads to its place.
import { WarningFilled } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StartConflict } from '../../core/api/one-net-messages.ts';
import { type Format, useFormat } from '../i18n/format.ts';
import { useWorkspace } from '../state/store.ts';

/** Rows drawn at first and with every “more”. */
const PAGE_ROWS = 20;
/** What costs households their grid comes first. */
const ORDER: readonly StartConflict['kind'][] = [
  ...(['unassigned', 'overlap', 'vanished', 'size-above', 'size-below'] as const),
  ...(['shared-block', 'several-communities', 'renamed'] as const),
];

export function OneNetConflicts({ conflicts }: { conflicts: readonly StartConflict[] }) {
  const { t } = useTranslation();
  const [rows, setRows] = useState(PAGE_ROWS);
  const focusOn = useWorkspace((workspace) => workspace.focusOn);
  const sentence = useSentence();
  const sorted = conflicts.toSorted((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) || householdsOf(b) - householdsOf(a));
  return (
    <section className="panel-section divide-obstacles" data-testid="one-net-conflicts">
      <h3>{conflicts.length === 0 ? t('one-net:conflicts.none') : t('one-net:conflicts.title', { count: conflicts.length })}</h3>
      {sorted.slice(0, rows).map((conflict) => (
        <div key={JSON.stringify(conflict)} className="divide-obstacle" data-kind={conflict.kind}>
          <WarningFilled />
          <p>{sentence(conflict)}</p>
          {conflict.place !== null && (
            <Button size="small" type="text" onClick={() => conflict.place !== null && focusOn(conflict.place)}>
              {t('panels:checks.show')}
            </Button>
          )}
        </div>
      ))}
      {sorted.length > rows && (
        <Button type="link" size="small" onClick={() => setRows(rows + PAGE_ROWS)}>
          {t('panels:checks.more', { count: sorted.length - rows })}
        </Button>
      )}
    </section>
  );
}

const householdsOf = ({ values }: StartConflict): number => Number(values.households ?? 0);

function useSentence(): (conflict: StartConflict) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return ({ kind, grids, shares, values }) => {
    const portions = grids.map((grid, i) => t('one-net:conflicts.portion', { grid, percent: percent(shares[i] ?? 0) }));
    const joint = t('one-net:conflicts.joint');
    const quoted = grids.map((grid) => t('one-net:conflicts.quoted', { grid })).join(joint);
    const named = { ...figures(values, format), grids: (shares.length > 0 ? portions : grids).join(joint), quoted };
    const kindOfSize = values.measure === undefined ? kind : `${kind}-${values.measure}`;
    return t(`one-net:conflicts.${kind === 'renamed' && values.name === '' ? 'numbered' : kindOfSize}`, named);
  };
}

const PERCENT = 100;
const percent = (share: number): string => String(Math.round(share * PERCENT));

const figures = (values: StartConflict['values'], { count, hectares }: Format): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : name === 'areaM2' ? hectares(value) : count(value),
    ]),
  );
