// What the city sends: settled plans into a package, packages built so far, and the receipts of the province.
import { DownloadOutlined } from '@ant-design/icons';
import { Button, Checkbox, Skeleton, Upload } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FilingRecord } from '../../core/api/messages.ts';
import { download } from '../actions/download.ts';
import { filingClient } from '../api/filing-client.ts';
import { useFormat } from '../i18n/format.ts';
import { useFiling } from '../state/filing.ts';
import { useWorkspace } from '../state/store.ts';
import { FilingParts } from './filing-parts.tsx';
import { DigestMark } from './lifecycle-digest.tsx';

export function FilingsSent() {
  const { t } = useTranslation();
  const sent = useFiling((filing) => filing.sent);
  const readSent = useFiling((filing) => filing.readSent);
  const mayFile = useWorkspace(({ session }) => session?.account?.permissions.includes('file') === true);
  useEffect(() => {
    void readSent();
    void useWorkspace.getState().refreshPlans();
  }, [readSent]);
  return (
    <>
      {mayFile && <Settled />}
      <section className="desk-section">
        <h3>{t('filing:sent.title')}</h3>
        {sent === null && <Skeleton active title={false} />}
        {sent?.length === 0 && <p className="quiet">{t('filing:sent.none')}</p>}
        {sent?.map((record) => (
          <Sent key={record.id} record={record} />
        ))}
      </section>
    </>
  );
}

function Settled() {
  const { t } = useTranslation();
  const plans = useWorkspace((workspace) => workspace.plans);
  const working = useFiling((filing) => filing.working);
  const build = useFiling((filing) => filing.build);
  const [left, setLeft] = useState<ReadonlySet<number>>(new Set());
  const settled = plans.filter(({ state }) => state === 'settled');
  const chosen = settled.filter(({ id }) => !left.has(id)).map(({ id }) => id);
  const toggle = (id: number): void => {
    const next = new Set(left);
    if (!next.delete(id)) next.add(id);
    setLeft(next);
  };
  return (
    <section className="desk-section">
      <h3>{t('filing:settled.title')}</h3>
      {settled.length === 0 && <p className="quiet">{t('filing:settled.none')}</p>}
      {settled.map(({ id, name, regionName }) => (
        <Checkbox key={id} checked={!left.has(id)} onChange={() => toggle(id)}>
          {regionName} · {name}
        </Checkbox>
      ))}
      {settled.length > 0 && (
        <>
          <p className="small quiet">{t('filing:settled.meaning')}</p>
          <p className="step-buttons">
            <Button type="primary" disabled={chosen.length === 0} loading={working === 'building'} onClick={() => void build(chosen)}>
              {t('filing:settled.build', { count: chosen.length })}
            </Button>
            <span className="small quiet">
              {working === 'building' ? t('filing:settled.building') : chosen.length === 0 && t('filing:settled.choose')}
            </span>
          </p>
        </>
      )}
    </section>
  );
}

function Sent({ record }: { record: FilingRecord }) {
  const { t } = useTranslation();
  const { date } = useFormat();
  const working = useFiling((filing) => filing.working);
  const takeReceipt = useFiling((filing) => filing.takeReceipt);
  return (
    <article className="filing" data-testid="sent-filing" data-state={record.state}>
      <header>
        <strong>{record.cityName}</strong>
        <span className="small quiet">
          {date(record.at)} · {record.actor}
        </span>
        <span className={`filing-state is-${record.state}`}>{t(`filing:state.${record.state}`)}</span>
      </header>
      <FilingParts parts={record.parts} />
      <p className="step-buttons">
        <Button size="small" icon={<DownloadOutlined />} onClick={() => download(filingClient.packageAddress(record.id))}>
          {t('filing:sent.download')}
        </Button>
        {record.state === 'filed' && (
          <Upload
            accept=".json"
            showUploadList={false}
            beforeUpload={(file) => {
              void takeReceipt(file);
              return false;
            }}
          >
            <Button size="small" loading={working === 'answering'} title={t('filing:sent.answerHint')}>
              {t('filing:sent.answer')}
            </Button>
          </Upload>
        )}
        <DigestMark digest={record.digest} />
      </p>
    </article>
  );
}
