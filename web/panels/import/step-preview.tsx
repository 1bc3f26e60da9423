// Fifth step: what the import would do, with everything that was mended, refused or has to be decided, beside the map.
import { Button, Tabs } from 'antd';
import { type ReactNode, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportReport } from '../../../core/api/import-messages.ts';
import { boundsOfFeatures } from '../../state/bounds.ts';
import { isRunning, previewText, undecided } from '../../state/import-steps.ts';
import { useImport } from '../../state/import-store.ts';
import { BoundaryTable } from './boundary-table.tsx';
import { DataMap } from './data-map.tsx';
import { DepartmentTable } from './department-table.tsx';
import { useConfirmedFeatures } from './file-features.ts';
import { FindingsTable } from './findings-table.tsx';
import { ImportProblem } from './import-problem.tsx';
import { MisfitList } from './misfit-list.tsx';
import { Overview } from './overview.tsx';
import { ImportProgressBar } from './progress-bar.tsx';
import { RegionChanges } from './region-changes.tsx';
import { RegisterTable } from './register-table.tsx';
import { type Picked, placesOf } from './report-places.ts';

export function StepPreview() {
  const status = useImport((store) => store.status);
  const sources = status?.sources;
  const report = status?.report ?? null;
  const decisions = useImport((store) => store.decisions);
  const [picked, setPicked] = useState<Picked | null>(null);
  const [tab, setTab] = useState('overview');
  const ground = useConfirmedFeatures(sources ?? []);
  const places = useMemo(() => (report === null ? null : placesOf(report, decisions)), [report, decisions]);
  const whole = useMemo(() => boundsOfFeatures(ground), [ground]);
  const chosen = useMemo(() => places?.of(picked) ?? null, [places, picked]);
  const pick = (key: string): void => {
    setPicked({ key });
    setTab(places?.tabOf(key) ?? tab);
  };
  return (
    <div className="preview-pair">
      <div className="import-column">
        <PreviewState />
        {report !== null && <ReportTabs report={report} tab={tab} onTab={setTab} picked={picked} onPick={setPicked} />}
      </div>
      <div className="import-map-place">
        <DataMap
          others={ground}
          {...(places && { misfits: places.misfits, marks: places.marks })}
          {...(chosen && { chosen: chosen.features })}
          focus={chosen?.bounds ?? whole}
          onPick={pick}
        />
        <MapKey />
      </div>
    </div>
  );
}

function MapKey() {
  const { t } = useTranslation();
  return (
    <p className="map-note small">
      {(['gap', 'overlap', 'refused', 'mended'] as const).map((kind) => (
        <span key={kind} className={`map-key is-${kind}`}>
          {t(`import:map.${kind}`)}
        </span>
      ))}
    </p>
  );
}

const REFUSED = 'import-refused';

/** Running, out of date, failed. */
function PreviewState() {
  const { t } = useTranslation();
  const { status, asking, previewed, decisions } = useImport();
  const { preview, cancel } = useImport.getState();
  if (status === null) return null;
  if (isRunning(status.phase)) {
    return (
      <section className="import-running">
        <ImportProgressBar progress={status} />
        <Button loading={asking === 'cancel'} onClick={() => void cancel()}>
          {t('shell:cancel')}
        </Button>
      </section>
    );
  }
  const current = previewed === previewText(status.sources, decisions);
  // What is refused is told beside the button that it stops.
  const problem = status.problem?.code === REFUSED ? null : status.problem;
  if (problem === null && current) return null;
  return (
    <section className="import-running">
      {problem !== null && <ImportProblem problem={problem} />}
      {problem === null && <p>{t('import:preview.outdated')}</p>}
      <Button type="primary" onClick={() => void preview()}>
        {t('import:preview.again')}
      </Button>
    </section>
  );
}

interface TabsProps {
  report: ImportReport;
  tab: string;
  onTab: (tab: string) => void;
  picked: Picked | null;
  onPick: (picked: Picked) => void;
}

function ReportTabs({ report, tab, onTab, picked, onPick }: TabsProps) {
  const { t } = useTranslation();
  const open = useImport(({ decisions }) => undecided(report, decisions).length);
  const parts: { key: string; count: number; urgent?: number; children: ReactNode }[] = [
    {
      key: 'findings',
      count: report.findings.length,
      children: <FindingsTable findings={report.findings} picked={picked} onPick={onPick} />,
    },
    {
      key: 'misfits',
      count: report.misfits.length,
      urgent: open,
      children: <MisfitList misfits={report.misfits} picked={picked} onPick={onPick} />,
    },
    { key: 'registers', count: report.registers.length, children: <RegisterTable registers={report.registers} /> },
    { key: 'boundaries', count: report.boundaries.length, children: <BoundaryTable boundaries={report.boundaries} /> },
    { key: 'regions', count: report.regions.length, children: <RegionChanges changes={report.regions} /> },
    {
      key: 'departments',
      count: report.departmentGrids?.length ?? 0,
      children: <DepartmentTable changes={report.departmentGrids ?? []} />,
    },
  ];
  return (
    <Tabs
      activeKey={tab}
      onChange={onTab}
      items={[
        { key: 'overview', label: t('import:tab.overview'), children: <Overview report={report} onTab={onTab} /> },
        ...parts
          .filter(({ count }) => count > 0)
          .map(({ key, count, urgent = 0, children }) => ({
            key,
            children: <div className="report-part">{children}</div>,
            label: (
              <>
                {t(`import:tab.${key}`)} <span className="small quiet">{count}</span>
                {urgent > 0 && <span className="step-wanting">{urgent}</span>}
              </>
            ),
          })),
      ]}
    />
  );
}
