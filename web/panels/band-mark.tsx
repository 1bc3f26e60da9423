// State of a grid against its band, told by form as well as by colour.
import { useTranslation } from 'react-i18next';
import type { BandState } from '../../core/api/messages.ts';
import './band-mark.css';

const SIGNS: Record<BandState, string> = { in: '●', below: '▼', above: '▲', excused: '✓', free: '○' };

export function BandMark({ band }: { band: BandState }) {
  const { t } = useTranslation();
  return (
    <span className={`band-mark is-${band}`} role="img" aria-label={t(`panels:band.${band}`)} title={t(`panels:band.${band}`)}>
      {SIGNS[band]}
    </span>
  );
}
