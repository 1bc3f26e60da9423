// The counties of a package, with what was decided about each.
import { useTranslation } from 'react-i18next';
import type { FilingRecord } from '../../core/api/messages.ts';
import { useFormat } from '../i18n/format.ts';

export function FilingParts({ parts }: { parts: FilingRecord['parts'] }) {
  const { t } = useTranslation();
  const { count } = useFormat();
  return (
    <ul className="filing-parts">
      {parts.map(({ plan, regionName, grids, households, decision, remarks }) => (
        <li key={plan}>
          <span>{regionName}</span>
          <span className="small quiet">{t('filing:inbox.counts', { grids: count(grids), households: count(households) })}</span>
          {decision !== 'open' && <span className={`decision is-${decision}`}>{t(`filing:decision.${decision}`)}</span>}
          {remarks !== '' && <q className="step-reason">{remarks}</q>}
        </li>
      ))}
    </ul>
  );
}
