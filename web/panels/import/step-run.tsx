// Last step: the import itself with its progress, and where to go from there.
import { CheckCircleFilled } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { isRunning } from '../../state/import-steps.ts';
import { useImport } from '../../state/import-store.ts';
import { useLayout } from '../../state/layout.ts';
import { ImportProblem } from './import-problem.tsx';
import { Overview } from './overview.tsx';
import { ImportProgressBar } from './progress-bar.tsx';

export function StepRun() {
  const { t } = useTranslation();
  const { status, asking } = useImport();
  const { cancel, goTo, leave } = useImport.getState();
  const openDialog = useLayout((layout) => layout.openDialog);
  if (status === null) return null;
  if (isRunning(status.phase)) {
    return (
      <div className="import-column import-end">
        <ImportProgressBar progress={status} />
        <p className="quiet">{t('import:runningHint')}</p>
        <Button loading={asking === 'cancel'} onClick={() => void cancel()}>
          {t('shell:cancel')}
        </Button>
      </div>
    );
  }
  if (status.phase !== 'done') {
    return (
      <div className="import-column import-end">
        {status.problem !== null && <ImportProblem problem={status.problem} />}
        <p>{t('import:nothingStored')}</p>
        <Button type="primary" onClick={() => goTo('preview')}>
          {t('import:backToPreview')}
        </Button>
      </div>
    );
  }
  const plannable = (status.report?.counties.length ?? 0) > 0;
  return (
    <div className="import-column import-end" data-testid="import-done">
      <h3>
        <CheckCircleFilled className="good-mark" /> {t('import:done')}
      </h3>
      <div className="import-buttons">
        {plannable && (
          <Button type="primary" onClick={() => openDialog('new-plan')}>
            {t('import:makePlan')}
          </Button>
        )}
        {(status.report?.departmentGrids?.length ?? 0) > 0 && <Button onClick={() => openDialog('one-net')}>{t('import:toOneNet')}</Button>}
        <Button
          onClick={() => {
            openDialog(null);
            void leave();
          }}
        >
          {t('import:toMap')}
        </Button>
        <Button onClick={() => void leave()}>{t('import:again')}</Button>
      </div>
      {status.report !== null && <Overview report={status.report} />}
    </div>
  );
}
