// Every row that was mended or refused, with file, number, field and reason; a click shows its place on the map.
import { Select, Table } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportFinding } from '../../../core/api/import-messages.ts';
import { ourFields } from '../../../core/import/fields/our-fields.ts';
import { findingSentence } from '../../../core/import/texts.ts';
import { findingKey, type Picked } from './report-places.ts';

const ROWS_PER_PAGE = 12;

/** As the step of the fields calls it. */
const fieldName = ({ file, field }: ImportFinding, language: 'zh' | 'en'): string | null =>
  ourFields[file].find(({ name }) => name === field)?.label[language] ?? field;

interface Props {
  findings: readonly ImportFinding[];
  picked: Picked | null;
  onPick: (picked: Picked) => void;
}

export function FindingsTable({ findings, picked, onPick }: Props) {
  const { t, i18n } = useTranslation();
  const language = i18n.language === 'en' ? 'en' : 'zh';
  const [source, setSource] = useState<string | null>(null);
  const [verdict, setVerdict] = useState<string | null>(null);
  const shown = useMemo(
    () => findings.filter((finding) => (source === null || finding.source === source) && (verdict === null || finding.verdict === verdict)),
    [findings, source, verdict],
  );
  const sources = [...new Set(findings.map((finding) => finding.source))];
  return (
    <>
      <p className="filter-line">
        <Select
          allowClear
          aria-label={t('import:filter.verdict')}
          placeholder={t('import:filter.verdict')}
          value={verdict}
          options={(['refused', 'mended'] as const).map((value) => ({ value, label: t(`import:verdict.${value}`) }))}
          onChange={(value: string | undefined) => setVerdict(value ?? null)}
        />
        <Select
          allowClear
          aria-label={t('import:filter.source')}
          placeholder={t('import:filter.source')}
          popupMatchSelectWidth={false}
          value={source}
          options={sources.map((value) => ({ value, label: value }))}
          onChange={(value: string | undefined) => setSource(value ?? null)}
        />
      </p>
      <Table
        size="small"
        rowKey={findingKey}
        dataSource={shown}
        rowClassName={(finding) =>
          `${finding.coordinate === null ? '' : 'has-place'}${picked?.key === findingKey(finding) ? ' is-picked' : ''}`
        }
        onRow={(finding) => ({ onClick: () => finding.coordinate !== null && onPick({ key: findingKey(finding) }) })}
        pagination={{ pageSize: ROWS_PER_PAGE, size: 'small', showSizeChanger: false, hideOnSinglePage: true }}
        columns={[
          {
            title: t('import:column.verdict'),
            width: 124,
            render: (_, finding) => <span className={`verdict is-${finding.verdict}`}>{t(`import:verdict.${finding.verdict}`)}</span>,
          },
          { title: t('import:column.feature'), width: 72, align: 'right', dataIndex: 'feature' },
          {
            title: t('import:column.what'),
            render: (_, finding) => (
              <>
                {finding.field !== null && <span className="import-field small">{fieldName(finding, language)}</span>}
                {finding.coordinate === null ? (
                  findingSentence(finding, language)
                ) : (
                  <button type="button" className="link-button" title={t('import:showPlace')}>
                    {findingSentence(finding, language)}
                  </button>
                )}
                <span className="finding-source small quiet">{finding.source || t(`import:kind.${finding.file}.name`)}</span>
              </>
            ),
          },
        ]}
      />
    </>
  );
}
