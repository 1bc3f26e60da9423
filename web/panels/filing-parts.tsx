// The counties of a package, with what was decided about each; what a package is called.
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { FilingRecord } from '../../core/api/messages.ts';
import { useFormat } from '../i18n/format.ts';

/** The city that sent it; a file that told no city is not called by a number. */
export const packageTitle = (t: TFunction, { cityName, city, parts }: FilingRecord): string =>
  cityName || (parts.length === 0 ? t('filing:inbox.unreadable') : city);

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
