// The division of a town or of the whole plan on the server: progress, cancel, what it proposes for each community, accepting.
import { Button, Popconfirm, Progress } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CommunityProposal, DivisionStatus } from '../../core/api/messages.ts';
import { useFormat } from '../i18n/format.ts';
import { useDivision } from '../state/division-store.ts';
import { useWorkspace } from '../state/store.ts';
import { ProblemText } from './problem-card.tsx';

/** Rows drawn at first and with every “more”. */
const PAGE_ROWS = 60;
const NONE: readonly CommunityProposal[] = [];

export function DivideRun() {
  const { t } = useTranslation();
  const run = useDivision((division) => division.run);
  const old = useDivision((division) => division.runIsOld);
  const startRun = useDivision((division) => division.startRun);
  const running = run?.state === 'running';
  return (
    <section className="panel-section divide-run" data-testid="divide-run">
      {running && <RunProgress run={run} />}
      {run?.state === 'cancelled' && <p className="small quiet">{t('tools:divide.run.cancelled', { done: run.done, total: run.total })}</p>}
      {run?.problem != null && <ProblemText problem={run.problem} />}
      {!running && (
        <Button type={run === null || old ? 'primary' : 'default'} onClick={() => void startRun()}>
          {t(run === null ? 'tools:divide.run.start' : 'tools:divide.run.again')}
        </Button>
      )}
      {run !== null && run.communities.length > 0 && !running && <AcceptAll run={run} />}
    </section>
  );
}

function RunProgress({ run: { done, total } }: { run: DivisionStatus }) {
  const { t } = useTranslation();
  const began = useDivision((division) => division.runBegan);
  const cancelRun = useDivision((division) => division.cancelRun);
  const seconds = done === 0 ? null : Math.ceil((((performance.now() - began) / done) * (total - done)) / 1000);
  return (
    <>
      <Progress percent={total === 0 ? 0 : Math.round((done / total) * 100)} size="small" showInfo={false} />
      <div className="grid-line small">
        <span data-testid="divide-progress">
          {t('tools:divide.run.progress', { done, total })}
          {seconds !== null && t('tools:divide.run.left', { seconds })}
        </span>
        <Button size="small" onClick={() => void cancelRun()}>
          {t('shell:cancel')}
        </Button>
      </div>
    </>
  );
}

function AcceptAll({ run }: { run: DivisionStatus }) {
  const { t } = useTranslation();
  const { acceptRun, stopAccepting } = useDivision.getState();
  const accepted = useDivision((division) => division.accepted);
  const open = run.communities.filter(({ state }) => state === 'proposed').map(({ community }) => community);
  if (accepted !== null && accepted.total > 1)
    return (
      <>
        <Progress percent={Math.round((accepted.done / accepted.total) * 100)} size="small" showInfo={false} />
        <div className="grid-line small">
          <span>{t('tools:divide.run.accepting', { ...accepted })}</span>
          <Button size="small" onClick={stopAccepting}>
            {t('tools:divide.run.stop')}
          </Button>
        </div>
      </>
    );
  return (
    <Popconfirm
      title={t('tools:divide.run.acceptAllTitle', { count: open.length })}
      description={t('tools:divide.run.acceptAllMeaning')}
      okText={t('tools:divide.accept')}
      onConfirm={() => void acceptRun(open)}
      disabled={open.length === 0}
    >
      <Button disabled={open.length === 0}>{t('tools:divide.run.acceptAll', { count: open.length })}</Button>
    </Popconfirm>
  );
}

/** What the run proposes, community by community. */
export function DivideRunList() {
  const { t } = useTranslation();
  const [rows, setRows] = useState(PAGE_ROWS);
  const communities = useDivision((division) => division.run?.communities ?? NONE);
  const listed = communities.toSorted((a, b) => RANK[a.state] - RANK[b.state]);
  if (listed.length === 0) return null;
  return (
    <section className="panel-section">
      <h3>{t('tools:divide.run.communities', { count: listed.length })}</h3>
      <ul className="divide-communities">
        {listed.slice(0, rows).map((proposal) => (
          <ProposalRow key={proposal.community} proposal={proposal} />
        ))}
      </ul>
      {listed.length > rows && (
        <Button type="link" size="small" onClick={() => setRows(rows + PAGE_ROWS)}>
          {t('panels:checks.more', { count: listed.length - rows })}
        </Button>
      )}
    </section>
  );
}

/** What is accepted stays where it was: nothing jumps under the pointer. */
const RANK: Record<CommunityProposal['state'], number> = { refused: 0, stale: 0, proposed: 1, accepted: 1, unchanged: 2 };

function ProposalRow({ proposal }: { proposal: CommunityProposal }) {
  const { t } = useTranslation();
  const { count } = useFormat();
  const shown = useWorkspace((workspace) => (workspace.opening ?? workspace.active?.code) === proposal.community);
  const openCommunity = useWorkspace((workspace) => workspace.openCommunity);
  const acceptRun = useDivision((division) => division.acceptRun);
  const { community, name, before, after, state, obstacles, conflicts = [] } = proposal;
  return (
    <li className={shown ? 'is-shown' : ''} data-testid="divide-row" data-state={state}>
      <button type="button" className="row-button" onClick={() => void openCommunity(community)}>
        <span className="clip">{name}</span>
        <span className="small quiet">
          {state === 'proposed'
            ? t('tools:divide.run.counts', {
                ...{ before: count(before.grids), after: count(after.grids), within: count(after.within) },
              })
            : t(`tools:divide.state.${state}`)}
          {conflicts.length > 0 && <span className="row-warning"> ▲ {t('one-net:conflicts.count', { count: conflicts.length })}</span>}
          {obstacles.length > 0 && <span className="row-warning"> ▲ {t('tools:divide.run.obstacles', { count: obstacles.length })}</span>}
        </span>
      </button>
      {state === 'proposed' && (
        <Button size="small" onClick={() => void acceptRun([community])}>
          {t('tools:divide.accept')}
        </Button>
      )}
    </li>
  );
}
