// The audit log: who did what and when, newest first; older entries come while one scrolls.
import { DownloadOutlined } from '@ant-design/icons';
import { Button, Skeleton, Typography } from 'antd';
import { type UIEvent, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuditRecord } from '../../core/api/messages.ts';
import { AUDIT_ACTIONS } from '../../core/audit/actions.ts';
import { AUDIT_ACTION_NAMES } from '../../core/audit/names.ts';
import { download } from '../actions/download.ts';
import { useFormat } from '../i18n/format.ts';
import { useAuditLog } from '../state/audit.ts';
import { AuditFilterFields } from './audit-filter.tsx';
import { useAuditWords } from './audit-words.ts';
import './audit-screen.css';

/** So close to the end of the list the next page is asked for. */
const NEAR_END_PX = 400;

export function AuditScreen() {
  const { t } = useTranslation();
  const { entries, reading, more, search, readOlder, exportAddress } = useAuditLog();
  useEffect(() => void search({}), [search]);
  const onScroll = ({ currentTarget: { scrollTop, clientHeight, scrollHeight } }: UIEvent): void => {
    if (scrollHeight - scrollTop - clientHeight < NEAR_END_PX) void readOlder();
  };
  return (
    <div className="office-room">
      <header className="office-head">
        <h2>{t('audit:title')}</h2>
        <AuditFilterFields />
        <Button className="office-end" icon={<DownloadOutlined />} onClick={() => download(exportAddress())}>
          {t('audit:export')}
        </Button>
        <ChainHead />
      </header>
      <div className="office-list" onScroll={onScroll} data-testid="audit">
        {entries === null ? <Skeleton active className="office-empty" /> : <Entries entries={entries} />}
        {entries !== null && entries.length > 0 && (
          <p className="small quiet audit-end">{t(more || reading ? 'audit:reading' : 'audit:end', { count: entries.length })}</p>
        )}
      </div>
    </div>
  );
}

/** The newest seal: noted down elsewhere, it shows later whether anything before it was changed. */
function ChainHead() {
  const { t } = useTranslation();
  const { count } = useFormat();
  const head = useAuditLog((log) => log.head);
  if (head === null || head.position === 0) return null;
  const position = count(head.position);
  return (
    <p className="audit-head" data-testid="audit-head">
      <span>{t('audit:head.title', { position })}</span>
      <Typography.Text
        className="mono"
        copyable={{ text: t('audit:head.note', { position: head.position, digest: head.digest }), tooltips: [t('audit:head.copy')] }}
      >
        {head.digest}
      </Typography.Text>
      <span className="small quiet">{t('audit:head.meaning')}</span>
    </p>
  );
}

const COLUMNS = ['at', 'actor', 'action', 'subject', 'detail', 'region', 'address', 'position'] as const;

function Entries({ entries }: { entries: readonly AuditRecord[] }) {
  const { t } = useTranslation();
  if (entries.length === 0) return <p className="office-empty">{t('audit:none')}</p>;
  return (
    <table className="office-table">
      <thead>
        <tr>
          {COLUMNS.map((column) => (
            <th key={column}>{t(`audit:column.${column}`)}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <Entry key={entry.id} entry={entry} />
        ))}
      </tbody>
    </table>
  );
}

/** What somebody was kept from is to be seen at a glance. */
const GRAVE: ReadonlySet<string> = new Set(['sign-in-refused', 'locked-out', 'refusal', 'filing-refused']);

function Entry({ entry }: { entry: AuditRecord }) {
  const { t, i18n } = useTranslation();
  const { moment } = useAuditMoment();
  const words = useAuditWords();
  const action = AUDIT_ACTIONS.find((one) => one === entry.action);
  return (
    <tr data-action={entry.action}>
      <td className="audit-time">{moment(entry.at)}</td>
      <td>
        {entry.actor === '?' ? <span className="quiet">{t('audit:nobody')}</span> : entry.actor}
        {entry.organ !== '' && <span className="small quiet audit-organ">{entry.organ}</span>}
      </td>
      <td className={GRAVE.has(entry.action) ? 'audit-grave' : ''}>
        {action === undefined ? entry.action : AUDIT_ACTION_NAMES[action][i18n.language === 'en' ? 'en' : 'zh']}
      </td>
      <td>{words.subject(entry.subject)}</td>
      <td className="small quiet audit-detail">{words.detail(entry.detail)}</td>
      <td>{entry.region === '*' ? t('session:menu.everywhere') : entry.region}</td>
      <td className="mono small">{entry.address}</td>
      <td className="quiet small" title={entry.digest ?? ''}>
        {entry.position === null ? t('audit:unsealed') : entry.position}
      </td>
    </tr>
  );
}

/** To the second, with the year: 2026-07-28 14:05:09. */
function useAuditMoment() {
  const { i18n } = useTranslation();
  const format = new Intl.DateTimeFormat(i18n.language === 'en' ? 'en-GB' : 'zh-CN', {
    dateStyle: 'short',
    timeStyle: 'medium',
    hourCycle: 'h23',
  });
  return { moment: (iso: string) => format.format(new Date(iso)) };
}
