// One step of the way: its number or tick, the organs that sign with their signatures, and the one thing to do now.
import { CheckOutlined } from '@ant-design/icons';
import { Button, Popconfirm } from 'antd';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LifecycleStatus, StepRecord } from '../../core/api/messages.ts';
import { useFormat } from '../i18n/format.ts';
import { currentLanguage } from '../i18n/language.ts';
import { useLayout } from '../state/layout.ts';
import { useLifecycle } from '../state/lifecycle.ts';
import { useWorkspace } from '../state/store.ts';
import { ReturnForm } from './lifecycle-return.tsx';
import { SubmitForm } from './lifecycle-submit.tsx';

type Step = LifecycleStatus['steps'][number];
interface Props {
  step: Step;
  number: number;
  status: LifecycleStatus;
}

export function StepRow({ step, number, status }: Props) {
  const { t } = useTranslation();
  const taken = step.standing === 'done' ? lastTaken(step, status.history) : null;
  return (
    <li className={`step is-${step.standing}`} data-step={step.id} aria-current={step.standing === 'next' ? 'step' : undefined}>
      <span className="step-number" role="img" aria-label={t(`lifecycle:standing.${step.standing}`)}>
        {step.standing === 'done' ? <CheckOutlined /> : number}
      </span>
      <div className="step-body">
        <p className="step-name">
          <strong>{step.name[currentLanguage()]}</strong>
          <span className="small quiet">{t(`lifecycle:role.${step.role}`)}</span>
        </p>
        {step.organs.length > 0 ? <Signatures step={step} history={status.history} /> : taken && <Taken record={taken} />}
        {step.standing === 'next' && <Doing step={step} status={status} />}
      </div>
    </li>
  );
}

/** Who took it last: after a return a step is taken again. */
const lastTaken = ({ id }: Step, history: readonly StepRecord[]): StepRecord | null =>
  history.find(({ step, action }) => step === id && action !== 'return') ?? null;

function Taken({ record: { person, organ, at } }: { record: StepRecord }) {
  const { t } = useTranslation();
  const { date } = useFormat();
  return <p className="small quiet">{t('lifecycle:takenBy', { person, organ, at: date(at) })}</p>;
}

/** Of a step that is done, the signatures that took it, though the content may have got its codes since. */
function Signatures({ step, history }: { step: Step; history: readonly StepRecord[] }) {
  const { t } = useTranslation();
  const { date } = useFormat();
  const signatureOf = (organ: string): { person: string; at: string } | undefined =>
    step.signatures.find((signature) => signature.organ === organ) ??
    (step.standing === 'done' ? history.find((record) => record.step === step.id && record.organ === organ) : undefined);
  return (
    <ul className="signatures">
      {step.organs.map((organ) => {
        const signature = signatureOf(organ);
        return (
          <li key={organ} className={signature ? 'is-signed' : ''} data-organ={organ}>
            <span className="signature-mark">{signature ? '✓' : '○'}</span>
            <span>{organ}</span>
            <span className="small quiet">
              {signature
                ? t('lifecycle:signedBy', { person: signature.person, at: date(signature.at) })
                : step.standing === 'next' && t('lifecycle:waiting')}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

/** What can be done with the plan now; where the reader cannot, why. */
function Doing({ step, status }: { step: Step; status: LifecycleStatus }) {
  const { t } = useTranslation();
  const [form, setForm] = useState<'submit' | 'return' | null>(null);
  const working = useLifecycle((lifecycle) => lifecycle.working);
  const take = useLifecycle((lifecycle) => lifecycle.take);
  const openDialog = useLayout((layout) => layout.openDialog);
  const organ = useWorkspace(({ session }) => session?.account?.organ ?? '');
  if (form === 'submit') return <SubmitForm onLeave={() => setForm(null)} />;
  if (form === 'return') return <ReturnForm step={step.id} onLeave={() => setForm(null)} />;
  const signs = step.organs.length > 0;
  const submits = step.id === 'submit';
  const label = signs ? t('lifecycle:act.sign', { organ }) : t(`lifecycle:act.${step.id}`);
  const filing = step.refusal === 'goes-by-filing';
  return (
    <>
      {step.refusal !== null && <p className="small step-refusal">{refusalText(t, step)}</p>}
      <p className="step-buttons">
        {step.refusal === null && (
          <Popconfirm
            title={t('lifecycle:confirm.title', { act: label })}
            description={t('lifecycle:confirm.meaning')}
            okText={t('lifecycle:confirm.go')}
            cancelText={t('shell:cancel')}
            disabled={submits}
            onConfirm={() => void take({ step: step.id, action: signs ? 'sign' : 'take' })}
          >
            <Button
              type="primary"
              loading={working === 'take' || working === 'sign'}
              onClick={submits ? () => setForm('submit') : undefined}
              data-testid="take-step"
            >
              {label}
            </Button>
          </Popconfirm>
        )}
        {filing && <Button onClick={() => openDialog('filing')}>{t('lifecycle:act.filing')}</Button>}
        {status.mayReturn && (
          <Button danger onClick={() => setForm('return')} data-testid="return-plan">
            {t('lifecycle:act.return')}
          </Button>
        )}
      </p>
    </>
  );
}

function refusalText(t: TFunction, { refusal, role, organs, id }: Step): string {
  const joint = t('errors:at.joint');
  const level = id === 'submit' ? ['town', 'county'] : id === 'approve' ? ['county'] : id === 'settle' ? ['city'] : [];
  return t(`lifecycle:why.${refusal}`, {
    role: t(`lifecycle:role.${role}`),
    organs: organs.join(joint),
    region: level.map((one) => t(`lifecycle:levelOf.${one}`)).join(joint),
  });
}
