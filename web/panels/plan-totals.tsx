// How far the whole plan is: communities drawn, open issues, grids coded.
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { CommunityProgress } from '../../core/api/messages.ts';
import { useFormat } from '../i18n/format.ts';
import { useWorkspace } from '../state/store.ts';
import { isDrawn } from './region-tree.tsx';
import './plan-totals.css';

export function PlanTotals() {
  const { t } = useTranslation();
  const { count } = useFormat();
  const progress = useWorkspace((workspace) => workspace.progress);
  const totals = useMemo(() => totalsOf([...progress.values()]), [progress]);
  return (
    <dl className="plan-totals">
      <dt>{t('panels:totals.drawn')}</dt>
      <dd>
        <Share done={totals.drawn} total={totals.communities} name="drawn" />
      </dd>
      <dt>{t('panels:totals.households')}</dt>
      <dd>{t('panels:totals.householdsOf', { done: count(totals.householdsAssigned), total: count(totals.households) })}</dd>
      <dt>{t('panels:totals.checks')}</dt>
      <dd>
        <span className="row-errors" title={t('checks:severity.error')}>
          ▲ {count(totals.errors)}
        </span>
        <span className="row-warnings" title={t('checks:severity.warning')}>
          ● {count(totals.warnings)}
        </span>
        <span className="quiet small" title={t('checks:severity.excused')}>
          ✓ {count(totals.excused)}
        </span>
      </dd>
      <dt>{t('panels:totals.codes')}</dt>
      <dd>
        <Share done={totals.coded} total={totals.grids} name="coded" />
      </dd>
    </dl>
  );
}

function Share({ done, total, name }: { done: number; total: number; name: string }) {
  const { count } = useFormat();
  return (
    <>
      <span>
        {count(done)}/{count(total)}
      </span>
      <span className="thin-bar">
        <span className={`thin-bar-fill is-${name}`} style={{ width: `${total === 0 ? 0 : (done / total) * 100}%` }} />
      </span>
    </>
  );
}

function totalsOf(communities: readonly CommunityProgress[]) {
  const sum = (value: (community: CommunityProgress) => number): number =>
    communities.reduce((total, community) => total + value(community), 0);
  return {
    communities: communities.length,
    drawn: communities.filter(isDrawn).length,
    households: sum(({ households }) => households),
    householdsAssigned: sum(({ householdsAssigned }) => householdsAssigned),
    errors: sum(({ errors }) => errors),
    warnings: sum(({ warnings }) => warnings),
    excused: sum(({ excused }) => excused),
    grids: sum(({ grids }) => grids),
    coded: sum(({ gridsCoded }) => gridsCoded),
  };
}
