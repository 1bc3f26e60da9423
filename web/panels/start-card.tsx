// In place of the map's contents before there is a plan: data being loaded, or what to bring.
import { Button, Progress } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ImportProgress } from '../../core/api/messages.ts';
import { actionOf } from '../actions/actions.ts';
import { useFormat } from '../i18n/format.ts';
import { useWorkspace } from '../state/store.ts';
import './start-card.css';

const TO_BRING = ['communities', 'buildings', 'barriers'] as const;

export function StartCard() {
  const loading = useWorkspace((workspace) => workspace.health?.loading ?? null);
  const started = useWorkspace((workspace) => workspace.started);
  if (loading !== null) return <div className="start-card"><LoadingCard progress={loading} /></div>;
  return started ? <div className="start-card"><EmptyCard /></div> : null;
}

function LoadingCard({ progress }: { progress: ImportProgress }) {
  const { t } = useTranslation();
  return (
    <>
      <h2>{t('shell:start.loading')}</h2>
      <ImportProgressBar progress={progress} />
      <p className="quiet small">{t('shell:start.loadingOnce')}</p>
    </>
  );
}

/** Phase, share of the whole, and how far the phase is in its own unit. */
export function ImportProgressBar({ progress: { phase, fraction, done, total } }: { progress: ImportProgress }) {
  const { t } = useTranslation();
  const { count } = useFormat();
  return (
    <div>
      <Progress percent={Math.floor(fraction * 100)} status={phase === 'failed' ? 'exception' : phase === 'done' ? 'success' : 'active'} />
      <p className="small quiet">
        {t(`panels:import.phase.${phase}`)}{total > 0 && ` ${count(done)} / ${count(total)}`}
      </p>
    </div>
  );
}

function EmptyCard() {
  const { t } = useTranslation();
  const loadDemo = useWorkspace((workspace) => workspace.loadDemo);
  return (
    <>
      <h2>{t('shell:start.title')}</h2>
      <p>{t('shell:start.bring')}</p>
      <ol className="to-bring">
        {TO_BRING.map((file) => (
          <li key={file}><strong>{t(`panels:import.file.${file}.name`)}</strong><span className="quiet small">{t(`panels:import.file.${file}.holds`)}</span></li>
        ))}
      </ol>
      <div className="start-buttons">
        <Button type="primary" size="large" onClick={() => actionOf('import').run()}>{t('shell:actions.import')}</Button>
        <Button size="large" onClick={() => void loadDemo()}>{t('shell:start.demo')}</Button>
        <Button size="large" type="link" onClick={() => actionOf('newPlan').run()}>{t('shell:actions.newPlan')}</Button>
      </div>
    </>
  );
}
