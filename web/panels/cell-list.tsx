// The cells of a grid: each against the measure of a cell; divide, take away, and move blocks from cell to cell.
import { Button, Select, Tooltip } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { GridProperties } from '../../core/api/messages.ts';
import { cellNumber } from '../../core/plan/cell-number.ts';
import { divisionOptions } from '../../core/plan/operation.ts';
import { sizeBreach } from '../../core/rules/band.ts';
import { useFormat } from '../i18n/format.ts';
import { type CellOfGrid, cellsAmong } from '../state/cells.ts';
import { frozenWhy } from '../state/lifecycle-frozen.ts';
import { useWorkspace } from '../state/store.ts';
import type { ActiveCommunity } from '../state/workspace.ts';
import { BandMark } from './band-mark.tsx';
import './cell-list.css';

const NO_CELL = 0;
const NEW_CELL = -1;

export function CellList({ grid, active }: { grid: GridProperties; active: ActiveCommunity }) {
  const { t } = useTranslation();
  const measure = useWorkspace(({ profile }) => profile?.cell ?? null);
  const selected = useWorkspace((workspace) => workspace.selectedBlocks);
  const frozen = useWorkspace((workspace) => frozenWhy(workspace) !== null);
  const cells = cellsAmong(active.blocks.features.filter(({ properties }) => properties.grid === grid.id));
  const own = active.blocks.features.flatMap(({ properties: { id, grid: of } }) => (of === grid.id && selected.has(id) ? id : []));
  if (grid.kind === 'thematic') return null;
  return (
    <section className="panel-section" data-testid="cells">
      <h3>
        {t('panels:cells.title')}
        {measure && (
          <span className="small">
            {t('panels:cells.band', { minimum: measure.households.minimum ?? 0, maximum: measure.households.maximum ?? '∞' })}
          </span>
        )}
      </h3>
      {cells.length > 0 && (
        <ul className="cell-list">
          {cells.map((cell) => (
            <CellRow key={cell.number} cell={cell} />
          ))}
        </ul>
      )}
      {own.length > 0 && own.length === selected.size && measure && !grid.locked && !frozen && <MoveIntoCell blocks={own} cells={cells} />}
      <CellActions grid={grid} hasCells={cells.length > 0} active={active} />
    </section>
  );
}

function CellRow({ cell: { number, households, population, blocks } }: { cell: CellOfGrid }) {
  const { t } = useTranslation();
  const { count } = useFormat();
  const measure = useWorkspace(({ profile }) => profile?.cell ?? null);
  const selectBlocks = useWorkspace((workspace) => workspace.selectBlocks);
  const breach = measure && number > 0 ? sizeBreach({ households, population }, measure) : null;
  const band = number === 0 || measure === null ? 'free' : (breach?.side ?? 'in');
  return (
    <li>
      <Button type="link" size="small" onClick={() => selectBlocks(new Set(blocks.map(({ properties }) => properties.id)))}>
        {number === 0 ? t('panels:cells.rest') : t('panels:cells.one', { number: cellNumber(number) })}
      </Button>
      <span className="cell-count">
        {t('panels:cells.counts', { households: count(households), persons: count(population) })}
        <Tooltip title={t(`panels:band.${band}`)}>
          <span>
            <BandMark band={band} />
          </span>
        </Tooltip>
      </span>
    </li>
  );
}

function CellActions({ grid, hasCells, active }: { grid: GridProperties; hasCells: boolean; active: ActiveCommunity }) {
  const { t } = useTranslation();
  const [working, setWorking] = useState(false);
  const knowsCells = useWorkspace(({ profile }) => profile === null || profile.cell !== null);
  const frozen = useWorkspace(frozenWhy);
  const transact = useWorkspace((workspace) => workspace.transact);
  const shut = frozen ?? (grid.locked ? 'panels:cells.why.locked' : null);
  const divide = async (): Promise<void> => {
    setWorking(true);
    await transact({ type: 'divide', grids: [grid.id], options: divisionOptions.parse({ level: 'cells' }) });
    setWorking(false);
  };
  const dissolve = (): void => {
    const blocks = active.blocks.features.flatMap(({ properties }) => (properties.grid === grid.id ? properties.id : []));
    void transact({ type: 'cell', blocks, to: null });
  };
  return (
    <div className="cell-actions">
      <CellButton
        name={t(hasCells ? 'panels:cells.again' : 'panels:cells.divide')}
        why={shut ?? (knowsCells ? null : 'panels:cells.why.noMeasure')}
        loading={working}
        run={() => void divide()}
      />
      <CellButton name={t('panels:cells.dissolve')} why={shut ?? (hasCells ? null : 'panels:cells.why.none')} run={dissolve} />
    </div>
  );
}

/** @param why text key of the reason why it cannot be done; the button stays, and says so */
function CellButton({ name, why, loading = false, run }: { name: string; why: string | null; loading?: boolean; run: () => void }) {
  const { t } = useTranslation();
  const explain = useWorkspace((workspace) => workspace.explain);
  return (
    <Tooltip title={why === null ? null : t(why)}>
      <Button
        size="small"
        className={`action-button${why === null ? '' : ' is-off'}`}
        aria-disabled={why !== null}
        loading={loading}
        onClick={() => (why === null ? run() : explain(why))}
      >
        {name}
      </Button>
    </Tooltip>
  );
}

function MoveIntoCell({ blocks, cells }: { blocks: number[]; cells: readonly CellOfGrid[] }) {
  const { t } = useTranslation();
  const [target, setTarget] = useState(NEW_CELL);
  const transact = useWorkspace((workspace) => workspace.transact);
  const to = target === NEW_CELL ? 'new' : target === NO_CELL ? null : target;
  const numbered = cells.flatMap(({ number }) =>
    number > 0 ? { value: number, label: t('panels:cells.one', { number: cellNumber(number) }) } : [],
  );
  return (
    <span className="move-row">
      <Select
        aria-label={t('panels:cells.target', { count: blocks.length })}
        value={target}
        onChange={setTarget}
        options={[{ value: NEW_CELL, label: t('panels:cells.new') }, ...numbered, { value: NO_CELL, label: t('panels:cells.none') }]}
      />
      <Button onClick={() => void transact({ type: 'cell', blocks, to })}>{t('panels:cells.move', { count: blocks.length })}</Button>
    </span>
  );
}
