// Import: choose the files, watch the work, read what was taken, mended and refused, go on to a plan.
import { Button, Checkbox, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLayout } from '../state/layout.ts';
import { useWorkspace } from '../state/store.ts';
import { FileField } from './file-field.tsx';
import { ImportProgressBar } from './import-progress-bar.tsx';
import { ImportReportTable } from './import-report.tsx';
import { ProblemText } from './problem-card.tsx';
import './import-dialog.css';

const ROLES = ['communities', 'buildings', 'barriers', 'institutions'] as const;
type Chosen = { [Role in (typeof ROLES)[number]]?: File };

export function ImportDialog() {
  const { t } = useTranslation();
  const open = useLayout((layout) => layout.dialog === 'import');
  const openDialog = useLayout((layout) => layout.openDialog);
  const status = useWorkspace((workspace) => workspace.importStatus);
  const cancelImport = useWorkspace((workspace) => workspace.cancelImport);
  const forgetImport = useWorkspace((workspace) => workspace.forgetImport);
  const ended = status?.phase === 'done' || status?.phase === 'failed';
  const close = (): void => {
    openDialog(null);
    if (ended) forgetImport();
  };
  return (
    <Modal open={open} title={t('panels:import.title')} footer={null} width={720} onCancel={close}>
      <div className="import">
        {status === null && <FileChoice />}
        {status !== null && <ImportProgressBar progress={status} />}
        {status?.problem && <ProblemText problem={status.problem} />}
        {status?.report && <ImportReportTable report={status.report} />}
        {status !== null && !ended && (
          <div className="import-buttons">
            <Button onClick={() => void cancelImport()}>{t('shell:cancel')}</Button>
          </div>
        )}
        {ended && (
          <div className="import-buttons">
            {status.phase === 'done' && (
              <Button type="primary" onClick={() => openDialog('new-plan')}>
                {t('panels:import.makePlan')}
              </Button>
            )}
            <Button onClick={forgetImport}>{t(status.phase === 'done' ? 'panels:import.again' : 'panels:import.retry')}</Button>
          </div>
        )}
      </div>
    </Modal>
  );
}

function FileChoice() {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<Chosen>({});
  const [skipRefused, setSkipRefused] = useState(false);
  const [sending, setSending] = useState(false);
  const importFiles = useWorkspace((workspace) => workspace.importFiles);
  const problem = useWorkspace((workspace) => workspace.problem);
  const { communities, buildings, ...others } = chosen;
  const files = communities !== undefined && buildings !== undefined ? { communities, buildings, ...others, skipRefused } : null;
  const send = async (): Promise<void> => {
    if (files === null) return;
    setSending(true);
    await importFiles(files);
    setSending(false);
  };
  return (
    <>
      <p className="quiet">{t('panels:import.intro')}</p>
      {ROLES.map((role) => (
        <FileField
          key={role}
          role={role}
          required={role === 'communities' || role === 'buildings'}
          file={chosen[role] ?? null}
          onChoose={(file) => setChosen(({ [role]: _, ...rest }) => (file === null ? rest : { ...rest, [role]: file }))}
        />
      ))}
      <Checkbox checked={skipRefused} onChange={(event) => setSkipRefused(event.target.checked)}>
        {t('panels:import.skipRefused')}
      </Checkbox>
      {problem !== null && <ProblemText problem={problem} />}
      <div className="import-buttons">
        <Button type="primary" disabled={files === null} loading={sending} onClick={() => void send()}>
          {t('panels:import.start')}
        </Button>
        {files === null && <span className="small quiet">{t('panels:import.missing')}</span>}
      </div>
    </>
  );
}
