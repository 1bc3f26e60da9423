// One issue: what and where, its mends, its place on the map, and the reason that would excuse it.
import { CheckCircleOutlined, ExclamationCircleFilled, InfoCircleOutlined, WarningFilled } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { shortCommunityName } from '../../core/plan/grid-name.ts';
import type { Fix, Issue, Place } from '../../core/rules/rule.ts';
import { type Format, useFormat } from '../i18n/format.ts';
import { useLayout } from '../state/layout.ts';
import { frozenWhy } from '../state/lifecycle-frozen.ts';
import { useMends } from '../state/mends.ts';
import { useWorkspace } from '../state/store.ts';
import { ActionButton } from './action-button.tsx';
import { EditGate } from './edit-gate.tsx';
import { MendList, SuggestButton } from './mend-list.tsx';

const MARKS = {
  error: <ExclamationCircleFilled />,
  warning: <WarningFilled />,
  note: <InfoCircleOutlined />,
  excused: <CheckCircleOutlined />,
};

export function CheckRow({ issue, withCommunity }: { issue: Issue; withCommunity: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const community = useWorkspace((workspace) => workspace.progress.get(issue.community)?.name ?? issue.community);
  const frozen = useWorkspace(frozenWhy);
  const why = frozen === null ? '' : t(frozen);
  const weight = issue.excused ? 'excused' : issue.severity;
  const canExcuse = issue.check === 'size' && issue.severity === 'warning' && !issue.excused && issue.grid !== null;
  const suggested = useMends(({ grid }) => issue.suggest === true && grid === issue.grid);
  return (
    <li className={`check-row is-${weight}`}>
      <span className="check-mark" role="img" aria-label={t(`checks:severity.${weight}`)}>
        {MARKS[weight]}
      </span>
      <button type="button" className="check-text" onClick={() => void showIssue(issue)}>
        {withCommunity && <span className="quiet check-community">{shortCommunityName(community)}</span>}
        <span className="clip">{t(`checks:message.${issue.message}`, readable(issue.values, format))}</span>
      </button>
      <span className="check-buttons">
        <EditGate>
          {issue.fixes.map((fix) => (
            <Button key={fix.label + JSON.stringify(fix.operation)} size="small" title={why} onClick={() => void mend(issue, fix)}>
              {t(`checks:fix.${fix.label}`, readable(fix.values, format))}
            </Button>
          ))}
          {issue.suggest && issue.grid !== null && <SuggestButton grid={issue.grid} asker="checks" before={() => showIssue(issue)} />}
          {issue.check === 'one-net' && <ActionButton id="oneNet" size="small" bordered />}
          {issue.issueCodes && <ActionButton id="codes" size="small" bordered />}
          {canExcuse && (
            <Button size="small" title={why} onClick={() => void askReason(issue)}>
              {t('panels:checks.reason')}
            </Button>
          )}
        </EditGate>
        {issue.places !== undefined && <OneByOne issue={issue} places={issue.places} />}
        <Button size="small" type="text" onClick={() => void showIssue(issue)}>
          {t('panels:checks.show')}
        </Button>
      </span>
      {suggested && <MendList grid={issue.grid ?? 0} asker="checks" />}
    </li>
  );
}

/** Leads from place to place, round and round. */
function OneByOne({ issue, places }: { issue: Issue; places: readonly Place[] }) {
  const { t } = useTranslation();
  const [seen, setSeen] = useState(0);
  const next = (): void => {
    const place = places[seen % places.length];
    if (place !== undefined) void showIssue({ ...issue, place });
    setSeen((seen % places.length) + 1);
  };
  return (
    <Button size="small" onClick={next}>
      {seen === 0 ? t('panels:checks.oneByOne') : t('panels:checks.nextPlace', { seen, count: places.length })}
    </Button>
  );
}

/** Figures as the reader expects them, for the sentence that names them. */
export function readable(values: Issue['values'], format: Format): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, typeof value === 'number' ? format.decimal(value) : value]),
  );
}

/** Goes to the place of an issue, and opens what it is about. */
export async function showIssue({ community, grid, place }: Issue): Promise<void> {
  const { openCommunity, selectGrid, focusOn } = useWorkspace.getState();
  if (place !== null) focusOn(place);
  await openCommunity(community, { zoom: place === null });
  selectGrid(grid);
}

async function mend({ community }: Issue, fix: Fix): Promise<void> {
  const { openCommunity, transact } = useWorkspace.getState();
  await openCommunity(community, { zoom: false });
  await transact(fix.operation);
}

async function askReason(issue: Issue): Promise<void> {
  await showIssue(issue);
  if (issue.grid !== null) useLayout.getState().askReason(issue.grid);
}
