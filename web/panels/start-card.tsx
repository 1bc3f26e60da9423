// In place of the map's contents before there is a plan: data being loaded, or what to bring.
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ImportProgress } from '../../core/api/import-messages.ts';
import { actionOf } from '../actions/actions.ts';
import { useWhyNot } from '../state/may.ts';
import { useWorkspace } from '../state/store.ts';
import { ImportProgressBar } from './import/progress-bar.tsx';
import './start-card.css';

const TO_BRING = ['communities', 'buildings', 'barriers'] as const;

export function StartCard() {
  const loading = useWorkspace((workspace) => workspace.health?.loading ?? null);
  const started = useWorkspace((workspace) => workspace.started);
  if (loading !== null)
    return (
      <div className="start-card">
        <LoadingCard progress={loading} />
      </div>
    );
  return started ? (
    <div className="start-card">
      <EmptyCard />
    </div>
  ) : null;
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

/** Whoever cannot bring any data waits for somebody who can. */
function NothingToSee() {
  const { t } = useTranslation();
  return (
    <>
      <h2>{t('shell:start.title')}</h2>
      <p>{t('shell:start.wait')}</p>
    </>
  );
}

function EmptyCard() {
  const { t } = useTranslation();
  const loadDemo = useWorkspace((workspace) => workspace.loadDemo);
  const mayNot = useWhyNot('import');
  if (mayNot !== null) return <NothingToSee />;
  return (
    <>
      <h2>{t('shell:start.title')}</h2>
      <p>{t('shell:start.bring')}</p>
      <ol className="to-bring">
        {TO_BRING.map((file) => (
          <li key={file}>
            <strong>{t(`import:kind.${file}.name`)}</strong>
            <span className="quiet small">{t(`import:kind.${file}.holds`)}</span>
          </li>
        ))}
      </ol>
      <div className="start-buttons">
        <Button type="primary" size="large" onClick={() => actionOf('import').run()}>
          {t('shell:actions.import')}
        </Button>
        <Button size="large" onClick={() => void loadDemo()}>
          {t('shell:start.demo')}
        </Button>
        <Button size="large" type="link" onClick={() => actionOf('newPlan').run()}>
          {t('shell:actions.newPlan')}
        </Button>
      </div>
    </>
  );
}
