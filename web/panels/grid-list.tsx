// The grids of the community as a list: what the map offers by pointer, choosing and merging, is here by key.
import { MergeCellsOutlined } from '@ant-design/icons';
import { Button, Checkbox } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { GridFeature } from '../../core/api/messages.ts';
import { useFormat } from '../i18n/format.ts';
import { boundsOfGrid } from '../state/bounds.ts';
import { useWorkspace } from '../state/store.ts';
import type { ActiveCommunity } from '../state/workspace.ts';
import { BandMark } from './band-mark.tsx';
import { GridSwatch } from './grid-swatch.tsx';

export function GridList({ active }: { active: ActiveCommunity }) {
  const { t } = useTranslation();
  const [ticked, setTicked] = useState<ReadonlySet<number>>(new Set());
  const transact = useWorkspace((workspace) => workspace.transact);
  const grids = active.grids.features;
  const chosen = grids.filter(({ properties }) => ticked.has(properties.id));
  const tick = (grid: number, on: boolean): void => {
    const next = new Set(ticked);
    if (on) next.add(grid);
    else next.delete(grid);
    setTicked(next);
  };
  return (
    <section className="panel-section">
      <h3>{t('panels:community.grids', { count: grids.length })}</h3>
      {grids.length === 0 && <p className="small quiet">{t('panels:community.noGrids')}</p>}
      <ul className="grid-list">
        {grids.map((grid) => (
          <GridRow key={grid.properties.id} grid={grid} ticked={ticked.has(grid.properties.id)} onTick={tick} />
        ))}
      </ul>
      {chosen.length >= 2 && (
        <Button
          icon={<MergeCellsOutlined />}
          onClick={() => {
            const into = chosen.reduce((most, grid) => (grid.properties.households > most.properties.households ? grid : most)).properties
              .id;
            setTicked(new Set());
            void transact({ type: 'merge', grids: chosen.map(({ properties }) => properties.id).filter((id) => id !== into), into });
          }}
        >
          {t('panels:community.merge', { count: chosen.length })}
        </Button>
      )}
    </section>
  );
}

function GridRow({ grid, ticked, onTick }: { grid: GridFeature; ticked: boolean; onTick: (grid: number, on: boolean) => void }) {
  const { t } = useTranslation();
  const { count } = useFormat();
  const selectGrid = useWorkspace((workspace) => workspace.selectGrid);
  const focusOn = useWorkspace((workspace) => workspace.focusOn);
  const { id, name, households, band } = grid.properties;
  return (
    <li>
      <Checkbox
        aria-label={t('panels:community.tick', { name })}
        checked={ticked}
        disabled={grid.properties.kind === 'thematic'}
        onChange={(event) => onTick(id, event.target.checked)}
      />
      <button type="button" className="row-button" onClick={() => selectGrid(id)} onDoubleClick={() => focusOn(boundsOfGrid(grid))}>
        <GridSwatch grid={grid.properties} />
        <span className="clip">{name}</span>
        <span className="count">{t('panels:unit.householdsOf', { count: count(households) })}</span>
        <BandMark band={band} />
      </button>
    </li>
  );
}
