// A count on a scale with the band of its kind marked; while the hand moves, the old count stays as a mark.
import { useTranslation } from 'react-i18next';
import type { Band } from '../../core/rules/profile.ts';
import { useFormat } from '../i18n/format.ts';
import './tally-bar.css';

interface Props {
  /** Key of the name and the unit in `panels:measure`. */
  measure: 'households' | 'persons';
  value: number;
  /** The saved count, while `value` is what the hand would make of it. */
  before: number | null;
  band: Band | null;
  /** Whether the grid as a whole stands outside its band. */
  outside: boolean;
}

/** The scale reaches this far beyond the larger of band and count. */
const HEADROOM = 1.25;

export function TallyBar({ measure, value, before, band, outside }: Props) {
  const { t } = useTranslation();
  const { count } = useFormat();
  const top = Math.max(value, before ?? 0, band?.maximum ?? 0, band?.minimum ?? 0, 1) * HEADROOM;
  const at = (amount: number): string => `${(amount / top) * 100}%`;
  const bounded = band !== null && (band.minimum !== null || band.maximum !== null);
  const beyond = bounded && (value < (band.minimum ?? 0) || value > (band.maximum ?? Number.POSITIVE_INFINITY));
  const limits = [...new Set([0, band?.minimum ?? 0, band?.maximum ?? 0])];
  return (
    <div className="tally">
      <div className="tally-head">
        <span>{t(`panels:measure.${measure}.name`)}</span>
        <strong data-testid={`tally-${measure}`}>
          {count(value)} <span className="small quiet">{t(`panels:measure.${measure}.unit`)}</span>
        </strong>
        {before !== null && before !== value && <Difference value={value - before} />}
      </div>
      <div className="tally-scale" aria-hidden="true">
        {bounded && (
          <span className="tally-band" style={{ left: at(band.minimum ?? 0), right: `calc(100% - ${at(band.maximum ?? top)})` }} />
        )}
        <span className={`tally-fill${beyond ? (outside ? ' is-outside' : ' is-beyond') : ''}`} style={{ width: at(value) }} />
        {before !== null && before !== value && <span className="tally-before" style={{ left: at(before) }} />}
      </div>
      {bounded && (
        <div
          className="tally-limits"
          role="img"
          aria-label={t('panels:measure.band', { minimum: band.minimum ?? 0, maximum: band.maximum ?? '∞' })}
        >
          {limits.map((limit) => (
            <span key={limit} style={{ left: at(limit) }}>
              {count(limit)}
            </span>
          ))}
        </div>
      )}
    </div>
  );
}

function Difference({ value }: { value: number }) {
  const { count } = useFormat();
  return (
    <span className="tally-difference">
      {value > 0 ? '+' : '−'}
      {count(Math.abs(value))}
    </span>
  );
}
