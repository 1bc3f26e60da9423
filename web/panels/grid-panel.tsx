// The selected grid: who it is, how it stands against the band while the hand moves, why it may differ, who works there.
import { LeftOutlined } from '@ant-design/icons';
import { Button, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import type { GridProperties } from '../../core/api/messages.ts';
import { sizeRuleOf } from '../../core/rules/band.ts';
import { useFormat } from '../i18n/format.ts';
import { useWorkspace } from '../state/store.ts';
import type { ActiveCommunity, PreviewSide } from '../state/workspace.ts';
import { ActionHint } from './action-button.tsx';
import { BandMark } from './band-mark.tsx';
import { BlockPicker } from './block-picker.tsx';
import { CellList } from './cell-list.tsx';
import { EditGate, EditNote } from './edit-gate.tsx';
import { GridCode } from './grid-code.tsx';
import { GridHead } from './grid-head.tsx';
import { MendList, SuggestButton } from './mend-list.tsx';
import { PartyField } from './party-field.tsx';
import { PreviewSides } from './preview-sides.tsx';
import { ReasonField } from './reason-field.tsx';
import { StaffList } from './staff-list.tsx';
import { TallyBar } from './tally-bar.tsx';

export function GridPanel({ grid, active }: { grid: GridProperties; active: ActiveCommunity }) {
  const side = useWorkspace((workspace) => workspace.preview?.sides.find((candidate) => candidate.grid === grid.id) ?? null);
  return (
    <div data-testid="grid-panel">
      <section className="panel-section">
        <BackToCommunity active={active} />
        <EditGate>
          <GridHead grid={grid} />
        </EditGate>
        <GridCode code={grid.code} state={grid.codeState} />
        <EditNote />
      </section>
      <Tally grid={grid} side={side} />
      <PreviewSides />
      <EditGate>
        <ReasonField grid={grid} band={side?.band ?? grid.band} />
        <PartyField grid={grid} />
        <StaffList grid={grid} />
        <CellList grid={grid} active={active} />
        <BlockPicker grid={grid.id} active={active} />
      </EditGate>
    </div>
  );
}

function BackToCommunity({ active }: { active: ActiveCommunity }) {
  const { t } = useTranslation();
  const name = useWorkspace((workspace) => workspace.progress.get(active.code)?.name ?? active.code);
  const selectGrid = useWorkspace((workspace) => workspace.selectGrid);
  return (
    <Tooltip title={<ActionHint name={t('panels:grid.back')} shortcut="Esc" why={null} />} mouseEnterDelay={0.4}>
      <Button
        className="panel-back"
        type="link"
        size="small"
        icon={<LeftOutlined />}
        aria-label={t('panels:grid.back')}
        onClick={() => selectGrid(null)}
      >
        {name}
      </Button>
    </Tooltip>
  );
}

function Tally({ grid, side }: { grid: GridProperties; side: PreviewSide | null }) {
  const { t } = useTranslation();
  const { count, hectares } = useFormat();
  const profile = useWorkspace((workspace) => workspace.profile);
  const rule = profile === null ? null : sizeRuleOf(grid.kind, profile);
  const now = side ?? grid;
  const outside = now.band === 'above' || now.band === 'below';
  return (
    <section className="panel-section" aria-live="off">
      <h3>
        {t('panels:grid.size')}{' '}
        <span className="small">
          <BandMark band={now.band} /> {t(`panels:band.${now.band}`)}
        </span>
      </h3>
      <TallyBar
        measure="households"
        value={now.households}
        before={side && grid.households}
        band={rule?.households ?? null}
        outside={outside}
      />
      <TallyBar measure="persons" value={now.population} before={side && grid.population} band={rule?.persons ?? null} outside={outside} />
      <dl className="facts">
        <div>
          <dt>{t('panels:grid.area')}</dt>
          <dd>
            {hectares(now.area_m2)} {t('panels:unit.hectares')}
          </dd>
        </div>
        <div>
          <dt>{t('panels:grid.buildings')}</dt>
          <dd>
            {count(now.buildings)} {t('panels:unit.buildings')}
          </dd>
        </div>
        <div>
          <dt>{t('panels:grid.blocks')}</dt>
          <dd>
            {count(grid.blocks)} {t('panels:unit.blocks')}
          </dd>
        </div>
      </dl>
      {(grid.band === 'above' || grid.band === 'below') && !grid.locked && (
        <>
          <EditGate>
            <SuggestButton grid={grid.id} asker="panel" />
          </EditGate>
          <MendList grid={grid.id} asker="panel" />
        </>
      )}
    </section>
  );
}
