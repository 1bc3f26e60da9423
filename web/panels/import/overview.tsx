// Counts of an import per kind of file and per problem; whether rows that cannot be taken are left out; the list as a file.
import { DownloadOutlined } from '@ant-design/icons';
import { Alert, Button, Checkbox } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ImportFinding, ImportReport } from '../../../core/api/import-messages.ts';
import { MAX_LISTED_FINDINGS } from '../../../core/import/findings.ts';
import { findingSentence } from '../../../core/import/texts.ts';
import { importClient } from '../../api/import-client.ts';
import { useFormat } from '../../i18n/format.ts';
import { refusedRows } from '../../state/import-steps.ts';
import { useImport } from '../../state/import-store.ts';
import { MissingBuildings } from './missing-buildings.tsx';
import './step-preview.css';

export function Overview({ report, onTab }: { report: ImportReport; onTab?: (tab: string) => void }) {
  const { t } = useTranslation();
  const { count } = useFormat();
  const id = useImport((store) => store.status?.id ?? '');
  const ended = useImport((store) => store.status?.phase === 'done');
  const { unchanged, dropped, findings, missingBuildings } = report;
  return (
    <div className="overview">
      <CountsTable report={report} />
      {report.blocks > 0 && (
        <p>
          {t('import:summary', {
            blocks: count(report.blocks),
            households: count(report.households),
            population: count(report.population),
          })}
        </p>
      )}
      {unchanged > 0 && <p>{t('import:unchanged', { value: count(unchanged) })}</p>}
      {dropped.length > 0 && (
        <Alert
          type="info"
          showIcon
          title={t('import:personal.notice', { columns: [...new Set(dropped.map(({ field }) => field))].join(t('import:joint')) })}
        />
      )}
      {!ended && <SkipRefused report={report} />}
      {missingBuildings && missingBuildings.buildings > 0 && <MissingBuildings missing={missingBuildings} ended={ended} />}
      {findings.length > 0 && (
        <>
          <ProblemKinds findings={findings} {...(onTab && { onTab })} />
          {isCut(findings) && <p className="small quiet">{t('import:listedFirst', { value: count(MAX_LISTED_FINDINGS) })}</p>}
          <Button icon={<DownloadOutlined />} href={importClient.findingsAddress(id)} download>
            {t('import:csv')}
          </Button>
        </>
      )}
      {findings.length === 0 && <p className="good-line">{t('import:noFindings')}</p>}
    </div>
  );
}

function CountsTable({ report }: { report: ImportReport }) {
  const { t } = useTranslation();
  const { count } = useFormat();
  const files = Object.entries(report.counts).filter(([, counts]) => counts.taken + counts.mended + counts.refused > 0);
  return (
    <table className="import-counts" data-testid="import-counts">
      <thead>
        <tr>
          <th />
          {(['taken', 'mended', 'refused'] as const).map((verdict) => (
            <th key={verdict}>{t(`import:verdict.${verdict}`)}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {files.map(([file, counts]) => (
          <tr key={file}>
            <th className="import-count-kind">{t(`import:kind.${file}.name`)}</th>
            <td>{count(counts.taken)}</td>
            <td>{count(counts.mended)}</td>
            <td className={counts.refused > 0 ? 'verdict is-refused' : ''}>{count(counts.refused)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function SkipRefused({ report }: { report: ImportReport }) {
  const { t } = useTranslation();
  const { count } = useFormat();
  const skipRefused = useImport((store) => store.decisions.skipRefused);
  const decide = useImport((store) => store.decide);
  const refused = refusedRows(report);
  if (refused === 0) return null;
  return (
    <div className="import-option">
      <Checkbox checked={skipRefused} onChange={({ target }) => decide({ skipRefused: target.checked })}>
        {t('import:skipRefused', { value: count(refused) })}
      </Checkbox>
      <p className="small quiet">{t('import:skipRefusedHint')}</p>
    </div>
  );
}

/** There are more of a kind than are listed here. */
function isCut(findings: readonly ImportFinding[]): boolean {
  const listed = new Map<string, number>();
  for (const { file, message } of findings) listed.set(`${file} ${message}`, (listed.get(`${file} ${message}`) ?? 0) + 1);
  return [...listed.values()].some((number) => number >= MAX_LISTED_FINDINGS);
}

interface ProblemKind {
  first: ImportFinding;
  number: number;
}

/** One line per kind of problem and file, refusals first. */
function ProblemKinds({ findings, onTab }: { findings: readonly ImportFinding[]; onTab?: (tab: string) => void }) {
  const { t, i18n } = useTranslation();
  const { count } = useFormat();
  const kinds = new Map<string, ProblemKind>();
  for (const finding of findings) {
    const key = `${finding.verdict} ${finding.source} ${finding.message}`;
    const known = kinds.get(key);
    kinds.set(key, { first: known?.first ?? finding, number: (known?.number ?? 0) + 1 });
  }
  const sorted = [...kinds].sort(([, a], [, b]) => rank(a) - rank(b) || b.number - a.number);
  return (
    <table className="problem-kinds">
      <tbody>
        {sorted.map(([key, { first, number }]) => (
          <tr key={key}>
            <td className={`verdict is-${first.verdict}`}>{t(`import:verdict.${first.verdict}`)}</td>
            <td className="number">{count(number)}</td>
            <td>
              <button type="button" className="link-button" disabled={onTab === undefined} onClick={() => onTab?.('findings')}>
                {findingSentence(first, i18n.language === 'en' ? 'en' : 'zh')}
              </button>
              <span className="problem-kind-source small quiet">
                {first.source || t(`import:kind.${first.file}.name`)}
                {number > 1 && ` · ${t('import:oneOfThem')}`}
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const rank = ({ first }: ProblemKind): number => (first.verdict === 'refused' ? 0 : 1);
