// What an import took, mended and refused, file by file, and each finding with its place in the file.
import { Table } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ImportFinding, ImportReport } from '../../core/api/import-messages.ts';
import { findingSentence } from '../../core/import/texts.ts';
import { useFormat } from '../i18n/format.ts';

const ROWS_PER_PAGE = 8;

export function ImportReportTable({ report }: { report: ImportReport }) {
  const { t } = useTranslation();
  const { count, decimal } = useFormat();
  const files = Object.entries(report.counts).filter(([, counts]) => counts.taken + counts.mended + counts.refused > 0);
  return (
    <>
      {report.blocks > 0 && (
        <p>
          {t('panels:import.summary', {
            blocks: count(report.blocks),
            households: count(report.households),
            population: count(report.population),
            seconds: decimal(report.seconds),
          })}
        </p>
      )}
      <table className="import-counts">
        <thead>
          <tr>
            <th />
            {(['taken', 'mended', 'refused'] as const).map((verdict) => (
              <th key={verdict}>{t(`panels:import.verdict.${verdict}`)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {files.map(([file, counts]) => (
            <tr key={file}>
              <th>{t(`panels:import.file.${file}.name`)}</th>
              <td>{count(counts.taken)}</td>
              <td>{count(counts.mended)}</td>
              <td>{count(counts.refused)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {report.findings.length > 0 && <Findings findings={report.findings} />}
    </>
  );
}

function Findings({ findings }: { findings: readonly ImportFinding[] }) {
  const { t } = useTranslation();
  return (
    <Table
      size="small"
      rowKey={(finding) => `${finding.file} ${finding.feature} ${finding.message} ${finding.field}`}
      dataSource={findings}
      pagination={{ pageSize: ROWS_PER_PAGE, size: 'small', showSizeChanger: false, hideOnSinglePage: true }}
      columns={[
        {
          title: t('panels:import.column.verdict'),
          width: 88,
          render: (_, { verdict }) => <span className={`verdict is-${verdict}`}>{t(`panels:import.verdict.${verdict}`)}</span>,
          filters: (['mended', 'refused'] as const).map((value) => ({ value, text: t(`panels:import.verdict.${value}`) })),
          onFilter: (value, { verdict }) => verdict === value,
        },
        { title: t('panels:import.column.file'), width: 96, render: (_, { file }) => t(`panels:import.file.${file}.name`) },
        { title: t('panels:import.column.feature'), width: 88, align: 'right', dataIndex: 'feature' },
        { title: t('panels:import.column.what'), render: (_, finding) => <FindingText finding={finding} /> },
      ]}
    />
  );
}

function FindingText({ finding }: { finding: ImportFinding }) {
  const { i18n } = useTranslation();
  const { coordinate, field } = finding;
  return (
    <>
      {field !== null && <code className="import-field small mono">{field}</code>}
      {findingSentence(finding, i18n.language === 'en' ? 'en' : 'zh')}
      {coordinate !== null && (
        <span className="small quiet mono">
          {' '}
          {coordinate[0].toFixed(5)}, {coordinate[1].toFixed(5)}
        </span>
      )}
    </>
  );
}
