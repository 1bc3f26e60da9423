// Before submitting: errors that stop it, each with its place, and a reason for every kind of warning that stays.
import { Button, Input, Skeleton } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CommunityProgress } from '../../core/api/messages.ts';
import { shortCommunityName } from '../../core/plan/grid-name.ts';
import type { CheckId, Issue } from '../../core/rules/rule.ts';
import { useFormat } from '../i18n/format.ts';
import { useLifecycle } from '../state/lifecycle.ts';
import { useWorkspace } from '../state/store.ts';
import { readable, showIssue } from './check-row.tsx';
import { isDrawn } from './region-tree.tsx';

const LONGEST_REASON = 500;
/** Places listed of one kind; the check list below the map has all of them. */
const LISTED = 5;

type Reasons = Partial<Record<CheckId, string>>;

export function SubmitForm({ onLeave }: { onLeave: () => void }) {
  const { t } = useTranslation();
  const report = useWorkspace((workspace) => workspace.report);
  const checking = useWorkspace(({ busy }) => busy === 'checking');
  const checkAll = useWorkspace((workspace) => workspace.checkAll);
  const working = useLifecycle((lifecycle) => lifecycle.working);
  const take = useLifecycle((lifecycle) => lifecycle.take);
  const [asked, setAsked] = useState(false);
  const [reasons, setReasons] = useState<Reasons>({});
  useEffect(() => {
    void checkAll().then(() => setAsked(true));
  }, [checkAll]);
  const open = useMemo(() => (report?.issues ?? []).filter(({ excused }) => !excused), [report]);
  const errors = open.filter(({ severity }) => severity === 'error');
  // Codes are issued when it is submitted.
  const warnings = byCheck(open.filter(({ severity, issueCodes }) => severity === 'warning' && !issueCodes));
  const progress = useWorkspace((workspace) => workspace.progress);
  const unfinished = [...progress.values()].filter((community) => !isDrawn(community));
  const missing = warnings.filter(([check]) => (reasons[check] ?? '').trim() === '').length;
  if (!asked || checking || report === null) return <Skeleton active title={false} aria-label={t('lifecycle:submit.checking')} />;
  const why = errors.length + unfinished.length > 0 ? '' : missing > 0 ? t('lifecycle:submit.missingReasons', { count: missing }) : '';
  return (
    <form
      className="step-form"
      data-testid="submit-form"
      onSubmit={(event) => {
        event.preventDefault();
        void take({ step: 'submit', action: 'take', reasons: trimmed(reasons) });
      }}
    >
      {unfinished.length > 0 && <Unfinished communities={unfinished} />}
      {errors.length > 0 ? (
        <>
          <p className="submit-errors">{t('lifecycle:submit.errors', { count: errors.length })}</p>
          <Places issues={errors} />
        </>
      ) : (
        unfinished.length === 0 && <p className="submit-sound">✓ {t('lifecycle:submit.noErrors')}</p>
      )}
      {warnings.map(([check, issues]) => (
        <fieldset key={check} className="submit-warning" data-check={check}>
          <legend>
            {t(`checks:check.${check}`)} <span className="small">{t('lifecycle:submit.warnings', { count: issues.length })}</span>
          </legend>
          <Places issues={issues} />
          <Input.TextArea
            aria-label={`${t(`checks:check.${check}`)} ${t('lifecycle:submit.reasonFor')}`}
            placeholder={t('lifecycle:submit.reasonPlaceholder', { count: issues.length })}
            autoSize={{ minRows: 1, maxRows: 4 }}
            maxLength={LONGEST_REASON}
            value={reasons[check] ?? ''}
            onChange={(event) => setReasons({ ...reasons, [check]: event.target.value })}
          />
        </fieldset>
      ))}
      <p className="small quiet">{t('lifecycle:submit.meaning')}</p>
      <p className="step-buttons">
        <Button type="primary" htmlType="submit" disabled={errors.length + unfinished.length + missing > 0} loading={working === 'take'}>
          {t('lifecycle:submit.go')}
        </Button>
        <Button onClick={() => void checkAll()}>{t('lifecycle:submit.again')}</Button>
        <Button type="text" onClick={onLeave}>
          {t('shell:cancel')}
        </Button>
        <span className="small quiet">{why}</span>
      </p>
    </form>
  );
}

/** Not drawn is no error of a plan that is being drawn, but it cannot be submitted like that. */
function Unfinished({ communities }: { communities: readonly CommunityProgress[] }) {
  const { t } = useTranslation();
  const openCommunity = useWorkspace((workspace) => workspace.openCommunity);
  return (
    <>
      <p className="submit-errors">{t('lifecycle:submit.unfinished', { count: communities.length })}</p>
      <p className="submit-unfinished">
        {communities.slice(0, LISTED).map(({ code, name }) => (
          <Button key={code} size="small" onClick={() => void openCommunity(code)}>
            {shortCommunityName(name)}
          </Button>
        ))}
        {communities.length > LISTED && (
          <span className="small quiet">{t('lifecycle:submit.more', { count: communities.length - LISTED })}</span>
        )}
      </p>
    </>
  );
}

function Places({ issues }: { issues: readonly Issue[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const progress = useWorkspace((workspace) => workspace.progress);
  const [all, setAll] = useState(false);
  const listed = all ? issues : issues.slice(0, LISTED);
  return (
    <ul className="submit-places">
      {listed.map((issue) => (
        <li key={`${issue.community} ${issue.grid} ${issue.message} ${JSON.stringify(issue.values)}`}>
          <button type="button" className={`submit-place is-${issue.severity}`} onClick={() => void showIssue(issue)}>
            <span className="quiet">{progress.get(issue.community)?.name ?? issue.community}</span>{' '}
            {t(`checks:message.${issue.message}`, readable(issue.values, format))}
          </button>
        </li>
      ))}
      {listed.length < issues.length && (
        <li>
          <Button type="link" size="small" onClick={() => setAll(true)}>
            {t('lifecycle:submit.more', { count: issues.length - listed.length })}
          </Button>
        </li>
      )}
    </ul>
  );
}

function byCheck(issues: readonly Issue[]): [CheckId, Issue[]][] {
  const found = new Map<CheckId, Issue[]>();
  for (const issue of issues) found.set(issue.check, [...(found.get(issue.check) ?? []), issue]);
  return [...found];
}

const trimmed = (reasons: Reasons): Reasons => Object.fromEntries(Object.entries(reasons).map(([check, reason]) => [check, reason.trim()]));
