// Below: the check list. It folds to one line that keeps the counts; a click on an issue shows the place.
import { DownOutlined, UpOutlined } from '@ant-design/icons';
import { Button, Checkbox, Segmented, Tooltip } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Issue, Severity } from '../../core/rules/rule.ts';
import { actionOf } from '../actions/actions.ts';
import { useFormat } from '../i18n/format.ts';
import { countBySeverity } from '../state/apply-answer.ts';
import { useLayout } from '../state/layout.ts';
import { useWorkspace } from '../state/store.ts';
import { ActionButton, ActionHint } from './action-button.tsx';
import { CheckRow } from './check-row.tsx';
import './check-drawer.css';

type Filter = 'all' | Severity | 'excused';
const FILTERS: readonly Filter[] = ['all', 'error', 'warning', 'note', 'excused'];
/** Rows drawn at first and with every “more”. */
const PAGE_ROWS = 100;
const RANK: Record<Severity, number> = { error: 0, warning: 1, note: 2 };

export function CheckDrawer() {
  const open = useLayout((layout) => layout.checksOpen);
  const active = useWorkspace((workspace) => workspace.active);
  const report = useWorkspace((workspace) => workspace.report);
  const [filter, setFilter] = useState<Filter>('all');
  const onlyActive = useLayout((layout) => layout.onlyCommunity);
  const hasPlan = useWorkspace((workspace) => workspace.plan !== null);
  const here = active?.issues;
  const issues = useMemo(
    () => (onlyActive && here !== undefined ? here : (report?.issues ?? here ?? [])).toSorted(byGravity),
    [onlyActive, here, report],
  );
  if (!hasPlan) return null;
  const shown = issues.filter((issue) => fits(issue, filter));
  return (
    <section className={`check-drawer panel${open ? ' is-open' : ''}`} aria-labelledby="checks-title">
      <DrawerHead issues={issues} filter={filter} onFilter={setFilter} />
      {open && (
        <IssueList key={`${filter} ${onlyActive}`} issues={shown} none={issues.length === 0} everywhere={!onlyActive || active === null} />
      )}
    </section>
  );
}

interface HeadProps {
  issues: readonly Issue[];
  filter: Filter;
  onFilter: (filter: Filter) => void;
}

function DrawerHead({ issues, filter, onFilter }: HeadProps) {
  const { t } = useTranslation();
  const { count } = useFormat();
  const open = useLayout((layout) => layout.checksOpen);
  const onlyCommunity = useLayout((layout) => layout.onlyCommunity);
  const showOnlyCommunity = useLayout((layout) => layout.showOnlyCommunity);
  const hasCommunity = useWorkspace((workspace) => workspace.active !== null);
  const asked = useWorkspace(({ active, report }) => active !== null || report !== null);
  const counts = { ...countBySeverity(issues), all: issues.length, excused: issues.filter(({ excused }) => excused).length };
  const { key, run } = actionOf('checks');
  return (
    <header className="check-head">
      <h2 id="checks-title">{t('panels:checks.title')}</h2>
      <Segmented
        size="small"
        value={filter}
        onChange={onFilter}
        options={FILTERS.map((value) => ({ value, label: <FilterLabel filter={value} count={asked ? count(counts[value]) : '–'} /> }))}
      />
      <Checkbox
        checked={onlyCommunity && hasCommunity}
        disabled={!hasCommunity}
        onChange={(event) => showOnlyCommunity(event.target.checked)}
      >
        {t('panels:checks.onlyCommunity')}
      </Checkbox>
      <span className="check-actions">
        <ActionButton id="nextIssue" size="small" />
        <ActionButton id="check" size="small" />
        <Tooltip title={<ActionHint name={t('shell:actions.checks')} shortcut={key} why={null} />}>
          <Button
            type="text"
            size="small"
            aria-label={t('shell:actions.checks')}
            aria-expanded={open}
            icon={open ? <DownOutlined /> : <UpOutlined />}
            onClick={run}
          />
        </Tooltip>
      </span>
    </header>
  );
}

function FilterLabel({ filter, count }: { filter: Filter; count: string }) {
  const { t } = useTranslation();
  return (
    <>
      {filter === 'all' ? t('panels:checks.all') : t(`checks:severity.${filter}`)}{' '}
      <span className={`filter-count is-${filter}`}>{count}</span>
    </>
  );
}

function IssueList({ issues, none, everywhere }: { issues: readonly Issue[]; none: boolean; everywhere: boolean }) {
  const { t } = useTranslation();
  const [rows, setRows] = useState(PAGE_ROWS);
  const checked = useWorkspace((workspace) => workspace.report !== null);
  if (issues.length === 0) {
    const text = !none ? 'noneOfKind' : everywhere && !checked ? 'notAsked' : 'none';
    return <p className="check-none">{t(`panels:checks.${text}`)}</p>;
  }
  return (
    <ul className="check-list">
      {keyed(issues.slice(0, rows)).map(({ key, issue }) => (
        <CheckRow key={key} issue={issue} withCommunity={everywhere} />
      ))}
      {issues.length > rows && (
        <li>
          <Button type="link" size="small" onClick={() => setRows(rows + PAGE_ROWS)}>
            {t('panels:checks.more', { count: issues.length - rows })}
          </Button>
        </li>
      )}
    </ul>
  );
}

const fits = (issue: Issue, filter: Filter): boolean =>
  filter === 'all' || (filter === 'excused' ? issue.excused : issue.severity === filter && !issue.excused);

const byGravity = (a: Issue, b: Issue): number =>
  Number(a.excused) - Number(b.excused) || RANK[a.severity] - RANK[b.severity] || a.community.localeCompare(b.community);

/** What an issue is about is its key; issues that are about the same thing are counted. */
function keyed(issues: readonly Issue[]): { key: string; issue: Issue }[] {
  const times = new Map<string, number>();
  return issues.map((issue) => {
    const about = `${issue.community} ${issue.grid} ${issue.message}`;
    const time = (times.get(about) ?? 0) + 1;
    times.set(about, time);
    return { key: `${about} ${time}`, issue };
  });
}
