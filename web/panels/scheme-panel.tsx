// The code schemes beside the map: their segments, the codes that they would give the grids of the open plan, ranges, versions.
import { CloseOutlined, CopyOutlined } from '@ant-design/icons';
import { Button, ConfigProvider, Input, Select, Skeleton, Tabs } from 'antd';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { schemeRefusals } from '../../core/codes/scheme-refusal.ts';
import { useLayout } from '../state/layout.ts';
import { useWhyNot } from '../state/may.ts';
import { useSchemes } from '../state/schemes.ts';
import { useWorkspace } from '../state/store.ts';
import { DeskSwitch } from './desk-switch.tsx';
import { SchemeCopyDialog } from './scheme-copy.tsx';
import { SchemeForm } from './scheme-form.tsx';
import { SchemePreviewTable } from './scheme-preview.tsx';
import { SchemeRanges } from './scheme-ranges.tsx';
import { SchemeVersions } from './scheme-versions.tsx';
import './profile-panel.css';
import './scheme-panel.css';

const MAX_NOTE = 300;

type Tab = 'content' | 'ranges' | 'versions';

export function SchemePanel() {
  const { t } = useTranslation();
  const [tab, setTab] = useState<Tab>('content');
  const openDialog = useLayout((layout) => layout.openDialog);
  const { open, newest, versions, ranges } = useSchemes();
  const plan = useWorkspace((workspace) => workspace.plan?.id);
  const mayNot = useWhyNot('govern');
  const panel = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another plan may follow another scheme
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
      aria-label={t('schemes:title')}
      tabIndex={-1}
      onKeyDown={(event) => event.key === 'Escape' && event.target === event.currentTarget && openDialog(null)}
    >
      <Head onClose={() => openDialog(null)} />
      {newest === null ? (
        <Skeleton active className="profile-hint" />
      ) : (
        <Tabs
          activeKey={tab}
          onChange={(key) => setTab(key as Tab)}
          items={[
            {
              key: 'content',
              label: t('schemes:tab.content'),
              children: (
                <div className="profile-form">
                  <SchemePreviewTable />
                  <ConfigProvider componentDisabled={mayNot !== null}>
                    <SchemeForm />
                  </ConfigProvider>
                </div>
              ),
            },
            { key: 'ranges', label: t('schemes:tab.ranges', { count: ranges.length }), children: <SchemeRanges /> },
            { key: 'versions', label: t('schemes:tab.versions', { count: versions.length }), children: <SchemeVersions /> },
          ]}
        />
      )}
      {tab === 'content' && <Foot onSaved={() => setTab('versions')} />}
    </aside>
  );
}

function Head({ onClose }: { onClose: () => void }) {
  const { t, i18n } = useTranslation();
  const language = i18n.language === 'en' ? 'en' : 'zh';
  const [copying, setCopying] = useState(false);
  const { heads, newest, content, open } = useSchemes();
  const mayNot = useWhyNot('govern');
  const begun = newest !== null && content !== newest.content;
  return (
    <header className="profile-head">
      <div>
        <DeskSwitch at="schemes" />
        <Select
          aria-label={t('schemes:choose')}
          popupMatchSelectWidth={false}
          value={newest?.scheme ?? null}
          disabled={begun}
          title={begun ? t('profiles:why.unsaved') : ''}
          options={heads.map(({ scheme, name }) => ({ value: scheme, label: name[language] }))}
          onChange={(scheme: string) => void open(scheme)}
        />
        <Button icon={<CopyOutlined />} disabled={mayNot !== null} title={mayNot ?? ''} onClick={() => setCopying(true)}>
          {t('schemes:copy.open')}
        </Button>
        <Button type="text" icon={<CloseOutlined />} aria-label={t('shell:close')} onClick={onClose} />
      </div>
      <SchemeCopyDialog open={copying} onClose={() => setCopying(false)} />
    </header>
  );
}

/** Save; what stands in the way is said beside the button. */
function Foot({ onSaved }: { onSaved: () => void }) {
  const { t } = useTranslation();
  const { content, newest, note, working, explain, discard, save } = useSchemes();
  const mayNot = useWhyNot('govern');
  const refusals = useMemo(() => (content === null ? 0 : schemeRefusals(content).length), [content]);
  if (newest === null) return null;
  const changed = JSON.stringify(content) !== JSON.stringify(newest.content);
  const why =
    mayNot ??
    (refusals > 0 ? t('profiles:why.refused', { count: refusals }) : null) ??
    (changed ? null : t('profiles:why.unchanged')) ??
    (note.trim() === '' ? t('profiles:why.noNote') : null);
  return (
    <footer className="profile-foot">
      <Input
        aria-label={t('profiles:note')}
        placeholder={t('profiles:notePlaceholder')}
        disabled={mayNot !== null}
        maxLength={MAX_NOTE}
        value={note}
        onChange={(event) => explain(event.target.value)}
      />
      <div>
        <span className={`small ${refusals > 0 ? 'profile-refusal' : 'quiet'}`} data-testid="scheme-state">
          {why ?? t('schemes:ready')}
        </span>
        {changed && (
          <Button type="text" onClick={discard}>
            {t('profiles:discard')}
          </Button>
        )}
        <Button
          type="primary"
          disabled={why !== null}
          title={why ?? ''}
          loading={working}
          onClick={() => void save().then((saved) => saved && onSaved())}
        >
          {t('profiles:save', { version: newest.version + 1 })}
        </Button>
      </div>
    </footer>
  );
}
