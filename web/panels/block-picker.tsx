// The blocks of a grid, or those in none, as a list: tick and “move to…”, what the brush does, by key.
import { Button, Checkbox, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BlockFeature } from '../../core/api/messages.ts';
import { useFormat } from '../i18n/format.ts';
import { useWorkspace } from '../state/store.ts';
import type { ActiveCommunity } from '../state/workspace.ts';
import { GridSwatch } from './grid-swatch.tsx';

const NO_GRID = 0;
const NEW_GRID = -1;

export function BlockPicker({ grid, active }: { grid: number | null; active: ActiveCommunity }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const selected = useWorkspace((workspace) => workspace.selectedBlocks);
  const selectBlocks = useWorkspace((workspace) => workspace.selectBlocks);
  const blocks = active.blocks.features.filter(({ properties }) => properties.grid === grid);
  if (blocks.length === 0) return null;
  const all = blocks.every(({ properties }) => selected.has(properties.id));
  return (
    <section className="panel-section">
      <h3>
        {t(grid === null ? 'panels:blocks.open' : 'panels:blocks.ofGrid', { count: blocks.length })}
        <Button type="link" size="small" aria-expanded={open} onClick={() => setOpen(!open)}>
          {t(open ? 'panels:blocks.hide' : 'panels:blocks.show')}
        </Button>
      </h3>
      {open && (
        <>
          <Checkbox checked={all} onChange={() => selectBlocks(new Set(all ? [] : blocks.map(({ properties }) => properties.id)))}>
            {t('panels:blocks.all')}
          </Checkbox>
          <ul className="block-list">
            {blocks.map((block) => (
              <BlockRow key={block.properties.id} block={block} />
            ))}
          </ul>
        </>
      )}
      {selected.size > 0 && <MoveBlocks active={active} />}
    </section>
  );
}

function BlockRow({
  block: {
    properties: { id, households, buildings },
  },
}: {
  block: BlockFeature;
}) {
  const { t } = useTranslation();
  const { count } = useFormat();
  const selected = useWorkspace((workspace) => workspace.selectedBlocks);
  const selectBlocks = useWorkspace((workspace) => workspace.selectBlocks);
  const toggle = (): void => {
    const next = new Set(selected);
    if (!next.delete(id)) next.add(id);
    selectBlocks(next);
  };
  return (
    <li>
      <Checkbox checked={selected.has(id)} onChange={toggle}>
        {t('panels:blocks.one', { id })}
      </Checkbox>
      <span className="block-count">{t('panels:blocks.counts', { households: count(households), buildings: count(buildings) })}</span>
    </li>
  );
}

function MoveBlocks({ active }: { active: ActiveCommunity }) {
  const { t } = useTranslation();
  const [target, setTarget] = useState<number>(NEW_GRID);
  const selected = useWorkspace((workspace) => workspace.selectedBlocks);
  const transact = useWorkspace((workspace) => workspace.transact);
  const to = target === NEW_GRID ? ('new' as const) : target === NO_GRID ? null : target;
  const options = active.grids.features
    .filter(({ properties }) => properties.kind !== 'thematic')
    .map(({ properties }) => ({
      value: properties.id,
      label: (
        <>
          <GridSwatch grid={properties} /> {properties.name}
        </>
      ),
    }));
  return (
    <div className="field">
      <span className="field-label">{t('panels:blocks.move', { count: selected.size })}</span>
      <span className="move-row">
        <Select
          aria-label={t('panels:blocks.target')}
          value={target}
          onChange={setTarget}
          options={[
            { value: NEW_GRID, label: t('panels:blocks.newGrid') },
            ...options,
            { value: NO_GRID, label: t('panels:blocks.noGrid') },
          ]}
        />
        <Button type="primary" onClick={() => void transact({ type: 'assign', blocks: [...selected], to })}>
          {t('panels:blocks.go')}
        </Button>
      </span>
    </div>
  );
}
