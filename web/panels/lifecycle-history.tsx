// What has happened to the plan, newest first: who, for which organ, when, of what content, and why.
import { useTranslation } from 'react-i18next';
import type { StepRecord } from '../../core/api/messages.ts';
import { useFormat } from '../i18n/format.ts';
import { DigestMark } from './lifecycle-digest.tsx';

export function StepHistory({ history }: { history: readonly StepRecord[] }) {
  const { t } = useTranslation();
  const { date } = useFormat();
  if (history.length === 0) return <p className="quiet">{t('lifecycle:history.none')}</p>;
  return (
    <ol className="step-history" data-testid="step-history">
      {history.map(({ id, step, action, from, to, person, organ, at, reason, reasons, digest }) => (
        <li key={id} className={action === 'return' ? 'is-return' : ''}>
          <strong>
            {t(`lifecycle:history.${step}`)}
            {action === 'sign' && ` · ${t('lifecycle:history.sign')}`}
          </strong>
          <span className="small quiet">{date(at)}</span>
          <span className="small">
            {[organ, person].filter(Boolean).join(' ')}
            {from !== to && ` · ${t(`lifecycle:state.${from}`)} → ${t(`lifecycle:state.${to}`)}`}
          </span>
          <DigestMark digest={digest} />
          {reasons.map(({ check, count, reason: why }) => (
            <span key={check} className="small step-reason">
              {t('lifecycle:history.excepted', { check: t(`checks:check.${check}`), count })} <q>{why}</q>
            </span>
          ))}
          {reason !== '' && <q className="step-reason">{reason}</q>}
        </li>
      ))}
    </ol>
  );
}
