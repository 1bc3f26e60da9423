// The versions of the rules, newest first: when, who, why, what each one changed, which one the plan follows.
import { Button, Popconfirm } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProfileHead } from '../../core/api/messages.ts';
import { useFormat } from '../i18n/format.ts';
import { useWhyNot } from '../state/may.ts';
import { useProfileEditor } from '../state/profile-editor-store.ts';
import { useWorkspace } from '../state/store.ts';
import { type Difference, differences } from './profile-fields.ts';
import { useProfileTexts } from './profile-texts.ts';

export function ProfileVersions({ onBegin }: { onBegin: () => void }) {
  const versions = useProfileEditor((editor) => editor.versions);
  return (
    <ol className="profile-versions">
      {versions.map((head) => (
        <Version key={head.version} head={head} onBegin={onBegin} />
      ))}
    </ol>
  );
}

function Version({ head, onBegin }: { head: ProfileHead; onBegin: () => void }) {
  const { t } = useTranslation();
  const { date } = useFormat();
  const beginFrom = useProfileEditor((editor) => editor.beginFrom);
  const newest = useProfileEditor((editor) => editor.newest?.version);
  const { profile, version, actor, note, at } = head;
  const followed = useWorkspace(({ plan }) => plan?.profile === profile && plan.profileVersion === version);
  return (
    <li className="profile-version" data-version={version}>
      <header>
        <strong>{t('profiles:versionNumber', { version })}</strong>
        <span className="small quiet">{date(at)}</span>
        <span className="small quiet">{wordedActor(actor, t)}</span>
        {followed && <span className="plan-state">{t('profiles:followedByPlan')}</span>}
        <span className="profile-version-buttons">
          {version !== newest && (
            <Button size="small" onClick={() => void beginFrom(version).then(onBegin)}>
              {t('profiles:beginFrom')}
            </Button>
          )}
          {!followed && <FollowButton version={version} />}
        </span>
      </header>
      <p>{note === '' ? t('profiles:shippedNote') : note}</p>
      {version > 1 && <Comparison version={version} />}
    </li>
  );
}

const wordedActor = (actor: string, t: (key: string) => string): string => (actor === 'shipped' ? t('profiles:actorShipped') : actor);

/** Lets the open plan follow the version; where it cannot, it says why. */
export function FollowButton({ version, primary = false }: { version: number; primary?: boolean }) {
  const { t } = useTranslation();
  const follow = useProfileEditor((editor) => editor.follow);
  const working = useProfileEditor((editor) => editor.working === 'following');
  const editable = useWorkspace((workspace) => workspace.plan?.editable);
  const mayNot = useWhyNot('edit-plan');
  const why = editable === undefined ? t('shell:why.noPlan') : editable ? (mayNot ?? '') : t('profiles:why.settled');
  const button = (
    <Button
      size="small"
      type={primary ? 'primary' : 'default'}
      loading={working}
      disabled={why !== ''}
      title={why}
      data-testid={`follow-${version}`}
    >
      {t('profiles:follow', { version })}
    </Button>
  );
  if (why !== '') return button;
  return (
    <Popconfirm
      title={t('profiles:followAsk', { version })}
      description={t('profiles:followMeaning')}
      okText={t('profiles:followYes')}
      cancelText={t('shell:cancel')}
      onConfirm={() => void follow(version)}
    >
      {button}
    </Popconfirm>
  );
}

/** What the version says otherwise than the one before, read when it is unfolded. */
function Comparison({ version }: { version: number }) {
  const { t } = useTranslation();
  const read = useProfileEditor((editor) => editor.version);
  const [open, setOpen] = useState(false);
  const [found, setFound] = useState<Difference[] | null>(null);
  useEffect(() => {
    if (!open) return;
    let wanted = true;
    void Promise.all([read(version - 1), read(version)]).then(([before, after]) => {
      if (wanted && before !== null && after !== null) setFound(differences(before.content, after.content));
    });
    return () => {
      wanted = false;
    };
  }, [open, version, read]);
  return (
    <details className="profile-changes" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('profiles:compare', { version: version - 1 })}</summary>
      {found !== null && <DifferenceTable found={found} />}
    </details>
  );
}

function DifferenceTable({ found }: { found: readonly Difference[] }) {
  const texts = useProfileTexts();
  return (
    <table className="profile-table">
      <tbody>
        {found.map(({ field, before, after }) => (
          <tr key={field.path.join('.')}>
            <th>{texts.fullLabel(field.path)}</th>
            <td className="profile-before">{texts.value(field, before)}</td>
            <td className="quiet">→</td>
            <td className="profile-after">{texts.value(field, after)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
