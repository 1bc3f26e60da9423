// The rules beside the map: what they say, what a change of them would do to the open plan, and their versions.
import { CloseOutlined, CopyOutlined, EyeOutlined } from '@ant-design/icons';
import { Button, ConfigProvider, Input, Select, Skeleton, Tabs } from 'antd';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { profileRefusals } from '../../core/rules/profile-refusal.ts';
import { useLayout } from '../state/layout.ts';
import { useWhyNot } from '../state/may.ts';
import { useProfileEditor } from '../state/profile-editor-store.ts';
import { useWorkspace } from '../state/store.ts';
import { DeskSwitch } from './desk-switch.tsx';
import { ProfileCopy } from './profile-copy.tsx';
import { differences } from './profile-fields.ts';
import { ProfileForm } from './profile-form.tsx';
import { ProfilePreviewPanel } from './profile-preview.tsx';
import { FollowButton, ProfileVersions } from './profile-versions.tsx';
import './profile-panel.css';

const MAX_NOTE = 300;

type Tab = 'content' | 'preview' | 'versions';

export function ProfilePanel() {
  const { t } = useTranslation();
  const [tab, setTab] = useState<Tab>('content');
  const openDialog = useLayout((layout) => layout.openDialog);
  const open = useProfileEditor((editor) => editor.open);
  const read = useProfileEditor((editor) => editor.newest !== null);
  const versions = useProfileEditor((editor) => editor.versions.length);
  const plan = useWorkspace((workspace) => workspace.plan?.id);
  const panel = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another plan may follow other rules
  useEffect(() => {
    useWorkspace.getState().chooseTool('select');
    void open();
    panel.current?.focus();
  }, [open, plan]);
  return (
    <aside
      ref={panel}
      className="panel profile-panel"
      role="dialog"
      aria-label={t('profiles:title')}
      tabIndex={-1}
      onKeyDown={(event) => event.key === 'Escape' && event.target === event.currentTarget && openDialog(null)}
    >
      <Head onClose={() => openDialog(null)} />
      {read ? (
        <Tabs
          activeKey={tab}
          onChange={(key) => setTab(key as Tab)}
          items={[
            { key: 'content', label: t('profiles:tab.content'), children: <FormOfEditors /> },
            { key: 'preview', label: t('profiles:tab.preview'), children: <ProfilePreviewPanel /> },
            {
              key: 'versions',
              label: t('profiles:tab.versions', { count: versions }),
              children: <ProfileVersions onBegin={() => setTab('content')} />,
            },
          ]}
        />
      ) : (
        <Skeleton active className="profile-hint" />
      )}
      <Foot onPreview={() => setTab('preview')} onSaved={() => setTab('versions')} />
    </aside>
  );
}

/** Everybody reads the rules, few change them. */
function FormOfEditors() {
  const mayNot = useWhyNot('govern');
  return (
    <ConfigProvider componentDisabled={mayNot !== null}>
      <ProfileForm />
    </ConfigProvider>
  );
}

/** Which rules, and which version of them the plan follows. */
function Head({ onClose }: { onClose: () => void }) {
  const { t, i18n } = useTranslation();
  const language = i18n.language === 'en' ? 'en' : 'zh';
  const [copying, setCopying] = useState(false);
  const heads = useProfileEditor((editor) => editor.heads);
  const newest = useProfileEditor((editor) => editor.newest);
  const open = useProfileEditor((editor) => editor.open);
  const draft = useDraft();
  const mayNot = useWhyNot('govern');
  return (
    <header className="profile-head">
      <div>
        <DeskSwitch at="rules" />
        <Select
          aria-label={t('profiles:choose')}
          popupMatchSelectWidth={false}
          value={newest?.profile ?? null}
          disabled={draft.changes > 0}
          title={draft.changes > 0 ? t('profiles:why.unsaved') : ''}
          options={heads.map(({ profile, name }) => ({ value: profile, label: name[language] }))}
          onChange={(profile: string) => void open(profile)}
        />
        <Button icon={<CopyOutlined />} disabled={mayNot !== null} title={mayNot ?? ''} onClick={() => setCopying(true)}>
          {t('profiles:copy.open')}
        </Button>
        <Button type="text" icon={<CloseOutlined />} aria-label={t('shell:close')} onClick={onClose} />
      </div>
      {newest !== null && <Followed profile={newest.profile} newest={newest.version} />}
      <ProfileCopy open={copying} onClose={() => setCopying(false)} />
    </header>
  );
}

function Followed({ profile, newest }: { profile: string; newest: number }) {
  const { t, i18n } = useTranslation();
  const language = i18n.language === 'en' ? 'en' : 'zh';
  const plan = useWorkspace((workspace) => workspace.plan);
  const heads = useProfileEditor((editor) => editor.heads);
  if (plan === null) return null;
  const name = heads.find((head) => head.profile === plan.profile)?.name[language] ?? plan.profile;
  const upToDate = plan.profile === profile && plan.profileVersion === newest;
  return (
    <p className="small profile-followed" data-testid="profile-followed">
      <span className="clip">{t('profiles:planFollows', { plan: plan.name, name, version: plan.profileVersion })}</span>
      {!upToDate && <FollowButton version={newest} primary />}
    </p>
  );
}

/** How far the draft is from the newest version, and whether it can stand. */
function useDraft(): { changes: number; refusals: number } {
  const content = useProfileEditor((editor) => editor.content);
  const base = useProfileEditor((editor) => editor.newest?.content ?? null);
  return useMemo(
    () => ({
      changes: content === null || base === null ? 0 : differences(base, content).length,
      refusals: content === null ? 0 : profileRefusals(content).length,
    }),
    [content, base],
  );
}

/** Preview and save; what stands in the way is said beside the buttons. */
function Foot({ onPreview, onSaved }: { onPreview: () => void; onSaved: () => void }) {
  const { t } = useTranslation();
  const { changes, refusals } = useDraft();
  const newest = useProfileEditor((editor) => editor.newest?.version ?? 0);
  const begunFrom = useProfileEditor((editor) => editor.begunFrom);
  const note = useProfileEditor((editor) => editor.note);
  const working = useProfileEditor((editor) => editor.working);
  const { explain, askPreview, save, beginFrom } = useProfileEditor.getState();
  const hasPlan = useWorkspace((workspace) => workspace.plan !== null);
  const mayNot = useWhyNot('govern');
  const why =
    mayNot !== null
      ? mayNot
      : refusals > 0
        ? t('profiles:why.refused', { count: refusals })
        : changes === 0
          ? t('profiles:why.unchanged')
          : '';
  const noNote = why === '' && note.trim() === '' ? t('profiles:why.noNote') : '';
  return (
    <footer className="profile-foot">
      <Input
        aria-label={t('profiles:note')}
        disabled={mayNot !== null}
        placeholder={t('profiles:notePlaceholder')}
        maxLength={MAX_NOTE}
        value={note}
        onChange={(event) => explain(event.target.value)}
      />
      <div>
        <span className={`small ${refusals > 0 ? 'profile-refusal' : 'quiet'}`} data-testid="profile-state">
          {why ||
            [begunFrom === newest ? '' : t('profiles:begunFrom', { version: begunFrom }), t('profiles:changed', { count: changes }), noNote]
              .filter(Boolean)
              .join(' · ')}
        </span>
        {changes > 0 && (
          <Button type="text" onClick={() => void beginFrom(newest)}>
            {t('profiles:discard')}
          </Button>
        )}
        <Button
          icon={<EyeOutlined />}
          disabled={refusals > 0 || !hasPlan || mayNot !== null}
          title={mayNot ?? (hasPlan ? '' : t('shell:why.noPlan'))}
          loading={working === 'previewing'}
          onClick={() => {
            onPreview();
            void askPreview();
          }}
        >
          {t('profiles:askPreview')}
        </Button>
        <Button
          type="primary"
          disabled={why !== '' || noNote !== ''}
          loading={working === 'saving'}
          onClick={() => void save().then((saved) => saved && onSaved())}
        >
          {t('profiles:save', { version: newest + 1 })}
        </Button>
      </div>
    </footer>
  );
}
