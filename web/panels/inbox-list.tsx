// The packages that the province has received, and the place where the next one is put.
import { InboxOutlined } from '@ant-design/icons';
import { Skeleton, Spin, Upload } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/format.ts';
import { useFiling } from '../state/filing.ts';
import { packageTitle } from './filing-parts.tsx';

export function Inbox() {
  const { t } = useTranslation();
  const { date } = useFormat();
  const received = useFiling((filing) => filing.received);
  const working = useFiling((filing) => filing.working);
  const { readReceived, receive, look } = useFiling.getState();
  useEffect(() => void readReceived(), [readReceived]);
  return (
    <section className="desk-section">
      <Upload.Dragger
        accept=".zip"
        showUploadList={false}
        disabled={working === 'receiving'}
        beforeUpload={(file) => {
          void receive(file);
          return false;
        }}
      >
        {working === 'receiving' ? (
          <p className="inbox-drop" data-testid="verifying">
            <Spin /> {t('filing:inbox.verifying')}
          </p>
        ) : (
          <p className="inbox-drop">
            <InboxOutlined /> {t('filing:inbox.drop')}
            <span className="small quiet">{t('filing:inbox.dropHint')}</span>
          </p>
        )}
      </Upload.Dragger>
      {received === null && <Skeleton active title={false} />}
      {received?.length === 0 && <p className="quiet">{t('filing:inbox.none')}</p>}
      <ul className="inbox">
        {received?.map((record) => (
          <li key={record.id}>
            <button type="button" className="inbox-row" data-state={record.state} onClick={() => void look(record.id)}>
              <strong>{packageTitle(t, record)}</strong>
              <span className="small quiet">
                {t('filing:inbox.parts', { count: record.parts.length })} · {date(record.at)}
              </span>
              <span className={`filing-state is-${record.state}`}>{t(`filing:state.${record.state}`)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
