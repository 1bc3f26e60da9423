// What the draft would change on the open plan: counts before and after, then what comes and goes, each with the way to its place.
import { AimOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProfilePreview } from '../../core/api/messages.ts';
import { shortCommunityName } from '../../core/plan/grid-name.ts';
import type { Place, Severity } from '../../core/rules/rule.ts';
import { useFormat } from '../i18n/format.ts';
import { useProfileEditor } from '../state/profile-editor-store.ts';
import { useWorkspace } from '../state/store.ts';
import { readable } from './check-row.tsx';

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'note'];

export function ProfilePreviewPanel() {
  const { t } = useTranslation();
  const preview = useProfileEditor((editor) => editor.preview);
  const working = useProfileEditor((editor) => editor.working === 'previewing');
  const plan = useWorkspace((workspace) => workspace.plan);
  if (preview === null) {
    const hint = plan === null ? 'profiles:preview.noPlan' : working ? 'profiles:preview.working' : 'profiles:preview.notAsked';
    return <p className="quiet profile-hint">{t(hint, { plan: plan?.name })}</p>;
  }
  return (
    <div className="profile-preview" data-testid="profile-preview">
      <Totals preview={preview} />
      {preview.communities.length === 0 ? (
        <p className="quiet">{t('profiles:preview.nothing')}</p>
      ) : (
        <>
          <CountsTable preview={preview} />
          <Grids preview={preview} />
          <Changes preview={preview} />
        </>
      )}
    </div>
  );
}

function Totals({ preview }: { preview: ProfilePreview }) {
  const { t } = useTranslation();
  const { count } = useFormat();
  const grids = preview.grids.reduce((sum, change) => sum + change.count, 0);
  return (
    <div className="profile-totals">
      {SEVERITIES.map((severity) => {
        const of = (side: 'before' | 'after'): number =>
          preview.counts.reduce((sum, counted) => sum + (counted.severity === severity ? counted[side] : 0), 0);
        return (
          <div key={severity} className={`profile-total is-${severity}`} data-testid={`preview-${severity}`}>
            <span className="small">{t(`checks:severity.${severity}`)}</span>
            <BeforeAfter before={of('before')} after={of('after')} />
          </div>
        );
      })}
      <p className="small quiet">{t('profiles:preview.extent', { communities: count(preview.communities.length), grids: count(grids) })}</p>
    </div>
  );
}

function BeforeAfter({ before, after }: { before: number; after: number }) {
  const { count } = useFormat();
  return (
    <span className="profile-counts">
      {count(before)} <span className="quiet">→</span> <strong>{count(after)}</strong>
      <span className="small quiet">{before === after ? '' : ` ${after > before ? '+' : '−'}${count(Math.abs(after - before))}`}</span>
    </span>
  );
}

/** Only what changes; how many checks stay as they are is said below. */
function CountsTable({ preview: { counts } }: { preview: ProfilePreview }) {
  const { t } = useTranslation();
  const changed = counts.filter(({ before, after }) => before !== after);
  return (
    <section>
      <h4>{t('profiles:preview.counts')}</h4>
      <table className="profile-table">
        <tbody>
          {changed.map(({ check, severity, before, after }) => (
            <tr key={`${check} ${severity}`}>
              <th>{t(`checks:check.${check}`)}</th>
              <td className={`is-${severity}`}>{t(`checks:severity.${severity}`)}</td>
              <td>
                <BeforeAfter before={before} after={after} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {changed.length < counts.length && (
        <p className="small quiet">{t('profiles:preview.same', { count: counts.length - changed.length })}</p>
      )}
    </section>
  );
}

function Grids({ preview: { grids } }: { preview: ProfilePreview }) {
  const { t } = useTranslation();
  const { count } = useFormat();
  return grids.map(({ before, after, count: all, grids: first }) => (
    <ChangeList
      key={`${before} ${after}`}
      title={t('profiles:preview.bands', { before: t(`panels:band.${before}`), after: t(`panels:band.${after}`) })}
      count={all}
    >
      {first.map(({ grid, community, name, households, population, place }) => (
        <Found key={grid} community={community} grid={grid} place={place}>
          {t('profiles:preview.grid', { grid: name || `#${grid}`, households: count(households), persons: count(population) })}
        </Found>
      ))}
    </ChangeList>
  ));
}

function Changes({ preview: { changes } }: { preview: ProfilePreview }) {
  const { t } = useTranslation();
  const format = useFormat();
  return changes.map(({ check, change, count, issues }) => (
    <ChangeList
      key={`${check} ${change}`}
      title={t(`profiles:preview.change.${change}`, { check: t(`checks:check.${check}`) })}
      count={count}
    >
      {issues.map((issue) => (
        <Found key={`${issue.community} ${issue.grid} ${issue.message} ${issue.place}`} {...issue}>
          {t(`checks:message.${issue.message}`, readable(issue.values, format))}
        </Found>
      ))}
    </ChangeList>
  ));
}

/** Folded, with the count in its head; what is beyond the first ones is counted only. */
function ChangeList({ title, count, children }: { title: string; count: number; children: ReactNode[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <details className="profile-changes">
      <summary>
        {title} <strong>{format.count(count)}</strong>
      </summary>
      <ul>{children}</ul>
      {children.length < count && <p className="small quiet">{t('profiles:preview.first', { count: children.length })}</p>}
    </details>
  );
}

interface FoundProps {
  community: string;
  grid: number | null;
  place: Place | null;
  children: ReactNode;
}

function Found({ community, grid, place, children }: FoundProps) {
  const { t } = useTranslation();
  const name = useWorkspace((workspace) => workspace.progress.get(community)?.name ?? community);
  const show = (): void => {
    const { focusOn, selectGrid, openCommunity } = useWorkspace.getState();
    if (place !== null) focusOn(place);
    if (grid === null) void openCommunity(community, { zoom: place === null });
    else selectGrid(grid);
  };
  return (
    <li className="profile-found">
      <span className="quiet">{shortCommunityName(name)}</span>
      <span className="clip">{children}</span>
      <Button size="small" type="text" icon={<AimOutlined />} onClick={show}>
        {t('panels:checks.show')}
      </Button>
    </li>
  );
}
