// One received package: what verification found, its layout on the map, and the decision about each county.
import { FileTextOutlined, LeftOutlined } from '@ant-design/icons';
import { Button, Input, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FilingRecord } from '../../core/api/messages.ts';
import { type FilingDecision, filingClient } from '../api/filing-client.ts';
import { sizeText, useFormat } from '../i18n/format.ts';
import { useFiling } from '../state/filing.ts';
import { FilingParts, packageTitle } from './filing-parts.tsx';
import { Findings } from './inbox-findings.tsx';
import { Receipt } from './inbox-receipt.tsx';
import { DigestMark } from './lifecycle-digest.tsx';

const LONGEST_REMARKS = 2_000;

export function InboxPackage({ record }: { record: FilingRecord }) {
  const { t } = useTranslation();
  const { date, decimal } = useFormat();
  const { look, showReceipt } = useFiling.getState();
  const receipt = useFiling((filing) => filing.receipt);
  const decided = record.parts.some(({ decision }) => decision !== 'open');
  const readable = record.parts.length > 0;
  return (
    <>
      <section className="desk-section" data-testid="package">
        <p>
          <Button type="link" size="small" className="panel-back" icon={<LeftOutlined />} onClick={() => void look(null)}>
            {t('filing:inbox.back')}
          </Button>
        </p>
        <p className="desk-subject">
          <strong>{packageTitle(t, record)}</strong>
          <span className={`filing-state is-${record.state}`}>{t(`filing:state.${record.state}`)}</span>
        </p>
        <p className="small quiet desk-line">
          <span>
            {date(record.at)} · {record.actor} · {sizeText(record.bytes, decimal)}
          </span>
          <DigestMark digest={record.digest} />
        </p>
        <p className="step-buttons">
          {readable && (
            <Button size="small" icon={<FileTextOutlined />} href={filingClient.reportAddress(record.id)} target="_blank">
              {t('filing:inbox.report')}
            </Button>
          )}
          {decided && (
            <Button size="small" type="primary" onClick={() => void showReceipt(record.id)}>
              {t('filing:inbox.receipt')}
            </Button>
          )}
          {readable && <span className="small quiet">{t('filing:inbox.onMap')}</span>}
        </p>
      </section>
      <Findings findings={record.findings} />
      {record.state === 'refused' && <p className="desk-section quiet">{t('filing:inbox.refused')}</p>}
      {record.state !== 'refused' && readable && <Decisions record={record} />}
      {receipt !== null && <Receipt filing={record.id} receipt={receipt} onClose={() => void showReceipt(null)} />}
    </>
  );
}

type Draft = Record<number, Pick<FilingRecord['parts'][number], 'decision' | 'remarks'>>;

/** Counties that were decided stay as they are. */
function Decisions({ record: { parts } }: { record: FilingRecord }) {
  const { t } = useTranslation();
  const { count } = useFormat();
  const working = useFiling((filing) => filing.working);
  const decide = useFiling((filing) => filing.decide);
  const [draft, setDraft] = useState<Draft>({});
  const open = parts.filter(({ decision }) => decision === 'open');
  const of = (plan: number): Draft[number] => draft[plan] ?? { decision: 'open', remarks: '' };
  const change = (plan: number, to: Partial<Draft[number]>): void => setDraft({ ...draft, [plan]: { ...of(plan), ...to } });
  const all = (decision: 'accepted' | 'returned'): void =>
    setDraft(Object.fromEntries(open.map(({ plan }) => [plan, { ...of(plan), decision }])));
  const chosen = open.flatMap(({ plan }): FilingDecision[] => {
    const { decision, remarks } = of(plan);
    return decision === 'open' ? [] : [{ plans: [plan], decision: decision === 'accepted' ? 'accept' : 'return', remarks: remarks.trim() }];
  });
  const bare = chosen.some(({ decision, remarks }) => decision === 'return' && remarks === '');
  const why = bare
    ? t('filing:inbox.needRemarks')
    : chosen.length < open.length
      ? t('filing:inbox.undecided', { count: open.length - chosen.length })
      : '';
  return (
    <section className="desk-section">
      <h3>{t('filing:inbox.decide')}</h3>
      {open.length === 0 && <FilingParts parts={parts} />}
      {open.length > 1 && (
        <p className="step-buttons">
          <Button size="small" onClick={() => all('accepted')}>
            {t('filing:inbox.acceptAll')}
          </Button>
          <Button size="small" onClick={() => all('returned')}>
            {t('filing:inbox.returnAll')}
          </Button>
        </p>
      )}
      {open.map(({ plan, regionName, grids, households }) => (
        <div key={plan} className="decide" data-testid="decide" data-plan={plan}>
          <span>
            <strong>{regionName}</strong>{' '}
            <span className="small quiet">{t('filing:inbox.counts', { grids: count(grids), households: count(households) })}</span>
          </span>
          <Segmented
            size="small"
            value={of(plan).decision}
            onChange={(decision) => change(plan, { decision })}
            options={(['open', 'accepted', 'returned'] as const).map((value) => ({ value, label: t(`filing:decision.${value}`) }))}
          />
          <Input.TextArea
            aria-label={`${regionName} ${t('filing:inbox.remarks')}`}
            placeholder={t('filing:inbox.remarksPlaceholder')}
            autoSize={{ minRows: 1, maxRows: 4 }}
            maxLength={LONGEST_REMARKS}
            value={of(plan).remarks}
            onChange={(event) => change(plan, { remarks: event.target.value })}
          />
        </div>
      ))}
      {open.length > 0 && (
        <>
          <p className="small quiet">{t('filing:inbox.meaning')}</p>
          <p className="step-buttons">
            <Button
              type="primary"
              disabled={chosen.length === 0 || bare}
              loading={working === 'deciding'}
              onClick={() => void decide(chosen)}
            >
              {t('filing:inbox.send')}
            </Button>
            <span className="small quiet">{why}</span>
          </p>
        </>
      )}
    </section>
  );
}
