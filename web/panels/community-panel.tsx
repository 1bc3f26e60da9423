// The open community when no grid is selected: how far it is, its grids, what is not drawn yet.
import { CloseOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CommunityProgress } from '../../core/api/messages.ts';
import { useFormat } from '../i18n/format.ts';
import { useWorkspace } from '../state/store.ts';
import type { ActiveCommunity } from '../state/workspace.ts';
import { ActionButton } from './action-button.tsx';
import { BlockPicker } from './block-picker.tsx';
import { EditGate, EditNote } from './edit-gate.tsx';
import { GridList } from './grid-list.tsx';
import { PreviewSides } from './preview-sides.tsx';

export function CommunityPanel({ active }: { active: ActiveCommunity }) {
  const { t } = useTranslation();
  const community = useWorkspace((workspace) => workspace.progress.get(active.code));
  const openCommunity = useWorkspace((workspace) => workspace.openCommunity);
  if (community === undefined) return null;
  return (
    <div data-testid="community-panel">
      <section className="panel-section">
        <div className="grid-line">
          <strong className="community-name">{community.name}</strong>
          <Button
            type="text"
            size="small"
            icon={<CloseOutlined />}
            aria-label={t('panels:community.close')}
            onClick={() => void openCommunity(null)}
          />
        </div>
        <div className="grid-line">
          <span className="small quiet">{t(`panels:communityKind.${community.kind}`)}</span>
          <span className="mono small quiet">{community.code}</span>
        </div>
        <EditNote />
        <ActionButton id="oneNet" size="small" bordered />
      </section>
      <Progress community={community} />
      <PreviewSides />
      <GridList active={active} />
      <EditGate>
        <BlockPicker grid={null} active={active} />
      </EditGate>
    </div>
  );
}

function Progress({ community }: { community: CommunityProgress }) {
  const { t } = useTranslation();
  const { count } = useFormat();
  const { blocks, blocksAssigned, households, householdsAssigned, grids, gridsCoded } = community;
  return (
    <section className="panel-section">
      <h3>{t('panels:community.progress')}</h3>
      <BarRow label={t('panels:grid.blocks')} name="drawn" done={blocksAssigned} total={blocks} />
      <BarRow label={t('panels:measure.households.name')} name="drawn" done={householdsAssigned} total={households} />
      <BarRow label={t('panels:totals.codes')} name="coded" done={gridsCoded} total={grids} />
      {blocksAssigned < blocks && (
        <p className="small quiet">
          {t('panels:community.open', { blocks: count(blocks - blocksAssigned), households: count(households - householdsAssigned) })}
        </p>
      )}
    </section>
  );
}

function BarRow({ label, name, done, total }: { label: string; name: string; done: number; total: number }) {
  const { count } = useFormat();
  return (
    <div className="bar-row">
      <span className="quiet">{label}</span>
      <span className="thin-bar">
        <span className={`thin-bar-fill is-${name}`} style={{ width: `${total === 0 ? 0 : (done / total) * 100}%` }} />
      </span>
      <span className="value">
        {count(done)}/{count(total)}
      </span>
    </div>
  );
}
