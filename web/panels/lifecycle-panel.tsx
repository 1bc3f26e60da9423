// The way of the plan: each step with who signs it, what the reader can do now or why not, and what has happened so far.
import { Skeleton } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useLifecycle } from '../state/lifecycle.ts';
import { useWorkspace } from '../state/store.ts';
import { ActionButton } from './action-button.tsx';
import { Desk } from './lifecycle-desk.tsx';
import { DigestMark } from './lifecycle-digest.tsx';
import { StepHistory } from './lifecycle-history.tsx';
import { StepRow } from './lifecycle-step.tsx';

export function LifecyclePanel() {
  const { t } = useTranslation();
  const status = useLifecycle((lifecycle) => lifecycle.status);
  const read = useLifecycle((lifecycle) => lifecycle.read);
  // Drawing changes the digest without a word of the server.
  useEffect(() => void read(), [read]);
  return (
    <Desk id="lifecycle" title={t('lifecycle:title')}>
      <About />
      {status === null ? (
        <Skeleton active className="desk-section" />
      ) : (
        <>
          <ol className="steps" aria-label={t('lifecycle:way')}>
            {status.steps.map((step, index) => (
              <StepRow key={step.id} step={step} number={index + 1} status={status} />
            ))}
          </ol>
          <section className="desk-section">
            <h3>{t('lifecycle:history.title')}</h3>
            <p className="small quiet digest-now">
              {t('lifecycle:digestNow')} <DigestMark digest={status.digest} />
            </p>
            <StepHistory history={status.history} />
          </section>
        </>
      )}
    </Desk>
  );
}

function About() {
  const { t } = useTranslation();
  const plan = useWorkspace((workspace) => workspace.plan);
  const parent = useWorkspace(({ plans, plan: open }) => plans.find(({ id }) => id === open?.parent)?.name ?? null);
  if (plan === null) return null;
  return (
    <section className="desk-section">
      <p className="desk-subject">
        <strong>
          {plan.regionName} · {plan.name}
        </strong>
        <span className={`plan-state is-${plan.state}`}>{t(`lifecycle:state.${plan.state}`)}</span>
      </p>
      {plan.parent !== null && (
        <p className="desk-line small">
          <span className="quiet">{t('lifecycle:branchedFrom', { plan: parent ?? plan.parent })}</span>
          <ActionButton id="comparison" size="small" bordered />
        </p>
      )}
    </section>
  );
}
