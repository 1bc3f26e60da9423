// Today's layout and the proposed one side by side, in the four figures that one argues about.
import { useTranslation } from 'react-i18next';
import type { CommunityProposal, LayoutCounts } from '../../core/api/messages.ts';
import { useFormat } from '../i18n/format.ts';

export function DivideComparison({ proposal }: { proposal: CommunityProposal }) {
  const { t } = useTranslation();
  const { before, after, householdsMoved, blocksMoved, name, state } = proposal;
  const { count } = useFormat();
  return (
    <section className="panel-section">
      <h3>{name}</h3>
      {state !== 'proposed' && <p className="small">{t(`tools:divide.state.${state}`)}</p>}
      <CountsTable before={before} after={after} />
      {state === 'proposed' && (
        <p className="small quiet">{t('tools:divide.moved', { households: count(householdsMoved), blocks: count(blocksMoved) })}</p>
      )}
    </section>
  );
}

/** @param after null: not known yet */
export function CountsTable({ before, after }: { before: LayoutCounts; after: LayoutCounts }) {
  const { t } = useTranslation();
  const { count } = useFormat();
  const share = ({ borderM, onBarriers }: LayoutCounts): string => (borderM === 0 ? '–' : `${Math.round(onBarriers * 100)}%`);
  const rows = [
    ['grids', count(before.grids), count(after.grids)],
    ['within', count(before.within), count(after.within)],
    ['onBarriers', share(before), share(after)],
  ] as const;
  return (
    <table className="rules divide-counts">
      <thead>
        <tr>
          <th />
          <th>{t('tools:divide.before')}</th>
          <th>{t('tools:divide.after')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([name, now, then]) => (
          <tr key={name} data-row={name}>
            <th>{t(`tools:divide.row.${name}`)}</th>
            <td>{now}</td>
            <td>
              <strong>{then}</strong>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
