// The sheet of an import: its steps above, the step in hand, and what leads on. Closing it puts nothing away.
import { CheckOutlined, CloseOutlined } from '@ant-design/icons';
import { Button, Popconfirm } from 'antd';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { isTyping } from '../../actions/typing.ts';
import { viewOf } from '../../state/import.ts';
import {
  FILE_STEPS,
  IMPORT_STEPS,
  type ImportStep,
  type ImportView,
  isRunning,
  sourcesWanting,
  stepAfter,
  whyNoNext,
  whyNoStep,
} from '../../state/import-steps.ts';
import { useImport } from '../../state/import-store.ts';
import { useLayout } from '../../state/layout.ts';
import { useWorkspace } from '../../state/store.ts';
import { ProblemText } from '../problem-card.tsx';
import { StepCoordinates } from './step-coordinates.tsx';
import { StepFields } from './step-fields.tsx';
import { StepFiles } from './step-files.tsx';
import { StepKinds } from './step-kinds.tsx';
import { StepPreview } from './step-preview.tsx';
import { StepRun } from './step-run.tsx';
import { WhyButton } from './why-button.tsx';
import './import.css';

export function ImportDialog() {
  const open = useLayout((layout) => layout.dialog === 'import');
  return open ? <ImportSheet /> : null;
}

const PARTS: Readonly<Record<ImportStep, () => React.ReactNode>> = {
  files: () => <StepFiles />,
  kinds: () => <StepKinds />,
  coordinates: () => <StepCoordinates />,
  fields: () => <StepFields />,
  preview: () => <StepPreview />,
  run: () => <StepRun />,
};

function ImportSheet() {
  const { t } = useTranslation();
  const sheet = useRef<HTMLDivElement>(null);
  const step = useImport((store) => store.step);
  const openDialog = useLayout((layout) => layout.openDialog);
  useEffect(() => {
    sheet.current?.focus();
    void useImport.getState().resume();
  }, []);
  return (
    <div
      ref={sheet}
      className="import-sheet"
      role="dialog"
      aria-modal="true"
      aria-label={t('import:title')}
      tabIndex={-1}
      onKeyDown={(event) => closesBy(event) && openDialog(null)}
    >
      <header className="import-head">
        <h2>{t('import:title')}</h2>
        <StepList />
        <Button
          type="text"
          icon={<CloseOutlined />}
          aria-label={t('shell:close')}
          title={t('import:closeHint')}
          onClick={() => openDialog(null)}
        />
      </header>
      <div className={`import-body is-${step}`}>{PARTS[step]()}</div>
      <Foot />
    </div>
  );
}

/** Not the Esc that closes a list of choices or leaves a field. */
const closesBy = ({ key, target, defaultPrevented, currentTarget }: KeyboardEvent): boolean =>
  key === 'Escape' &&
  !defaultPrevented &&
  target instanceof Element &&
  currentTarget.contains(target) &&
  !isTyping(target) &&
  target.closest('[role="combobox"], .ant-select') === null;

function useView(): ImportView {
  const store = useImport();
  return viewOf(store);
}

function StepList() {
  const { t } = useTranslation();
  const view = useView();
  const step = useImport((store) => store.step);
  const goTo = useImport((store) => store.goTo);
  return (
    <ol className="import-steps">
      {IMPORT_STEPS.map((one, i) => {
        const why = one === step ? null : whyNoStep(one, view);
        const wanting = FILE_STEPS.some((name) => name === one)
          ? sourcesWanting(view.sources, one as (typeof FILE_STEPS)[number]).length
          : 0;
        const ready = view.sources.length > 0 && wanting === 0 && i < IMPORT_STEPS.indexOf('preview');
        return (
          <li key={one}>
            <button
              type="button"
              className={`import-step${one === step ? ' is-here' : ''}`}
              aria-current={one === step ? 'step' : undefined}
              aria-disabled={why !== null}
              title={why === null ? '' : t(why.key, why.values)}
              onClick={() => (why === null ? goTo(one) : useWorkspace.getState().explain(why.key, why.values))}
            >
              <span className={`step-mark${ready ? ' is-ready' : ''}`}>{ready ? <CheckOutlined /> : i + 1}</span>
              {t(`import:step.${one}`)}
              {wanting > 0 && <span className="step-wanting">{wanting}</span>}
            </button>
          </li>
        );
      })}
    </ol>
  );
}

function Foot() {
  const { t } = useTranslation();
  const view = useView();
  const { step, status, sending, asking } = useImport();
  const { goTo, goOn, run, leave } = useImport.getState();
  const problem = useWorkspace((workspace) => workspace.problem);
  const dismiss = useWorkspace((workspace) => workspace.dismissProblem);
  const running = isRunning(view.phase);
  const before = IMPORT_STEPS[IMPORT_STEPS.indexOf(step) - 1];
  const next = stepAfter(step, view.sources);
  const leads = step === 'preview' ? whyNoStep('run', view) : whyNoNext(step, view);
  return (
    <footer className="import-foot">
      {(status !== null || sending.length > 0) && view.phase !== 'done' && !running && (
        <Popconfirm
          title={t('import:leave.ask')}
          okText={t('import:leave.yes')}
          cancelText={t('shell:cancel')}
          onConfirm={() => void leave()}
        >
          <Button type="text">{t('import:leave.do')}</Button>
        </Popconfirm>
      )}
      {problem !== null && (
        <div className="import-problem" role="alert">
          <ProblemText problem={problem} />
          <Button type="text" size="small" icon={<CloseOutlined />} aria-label={t('shell:close')} onClick={dismiss} />
        </div>
      )}
      <span className="import-foot-gap" />
      {leads !== null && step !== 'run' && !running && (
        <span className="small import-why" data-testid="import-why">
          {t(leads.key, leads.values)}
        </span>
      )}
      {before !== undefined && view.phase !== 'done' && !running && (
        <Button disabled={asking !== null} onClick={() => goTo(before)}>
          {t('import:back')}
        </Button>
      )}
      {step === 'preview' && (
        <WhyButton primary why={leads} disabled={asking !== null} onClick={() => void run()}>
          {t('import:run')}
        </WhyButton>
      )}
      {step !== 'preview' && step !== 'run' && (
        <WhyButton primary why={leads} disabled={asking !== null} loading={view.rereading > 0} onClick={goOn}>
          {t(`import:next.${next}`)}
        </WhyButton>
      )}
    </footer>
  );
}
