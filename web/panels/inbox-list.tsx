// The packages that the province has received, and the place where the next one is put.
import { InboxOutlined } from '@ant-design/icons';
import { Skeleton, Spin, Upload } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/format.ts';
import { useFiling } from '../state/filing.ts';

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
        {received?.map(({ id, cityName, city, at, parts, state }) => (
          <li key={id}>
            <button type="button" className="inbox-row" data-state={state} onClick={() => void look(id)}>
              <strong>{cityName || city}</strong>
              <span className="small quiet">
                {t('filing:inbox.parts', { count: parts.length })} · {date(at)}
              </span>
              <span className={`filing-state is-${state}`}>{t(`filing:state.${state}`)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
