// How far an import is: share of the whole, what is done now, and how long it may still take.
import { Progress } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportProgress } from '../../../core/api/import-messages.ts';

/** Before this much more is done, no guess is made. */
const ENOUGH_TO_GUESS = 0.05;
const MILLISECONDS_PER_SECOND = 1_000;
const SECONDS_PER_MINUTE = 60;

export function ImportProgressBar({ progress: { phase, fraction, done, total } }: { progress: ImportProgress }) {
  const { t } = useTranslation();
  const left = useSecondsLeft(fraction);
  const status = phase === 'failed' ? 'exception' : phase === 'done' ? 'success' : 'active';
  const parts = [t(`import:phase.${phase}`)];
  if (status === 'active') {
    if (total > 0) parts.push(`${Math.floor((done / total) * 100)}%`);
    if (left !== null && left <= 2 * SECONDS_PER_MINUTE) parts.push(t('import:secondsLeft', { seconds: Math.ceil(left) }));
    else if (left !== null) parts.push(t('import:minutesLeft', { minutes: Math.ceil(left / SECONDS_PER_MINUTE) }));
  }
  return (
    <div>
      <Progress percent={Math.floor(fraction * 100)} status={status} />
      <p className="small quiet">{parts.join(' · ')}</p>
    </div>
  );
}

/** As long in proportion as what has been seen being done. */
function useSecondsLeft(fraction: number): number | null {
  const [began] = useState(() => ({ at: Date.now(), fraction }));
  const gained = fraction - began.fraction;
  if (gained < ENOUGH_TO_GUESS) return null;
  return (((Date.now() - began.at) / gained) * (1 - fraction)) / MILLISECONDS_PER_SECOND;
}
