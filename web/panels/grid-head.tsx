// Name (edited in place) and kind of the grid, and what can be done with it as a whole.
import { AimOutlined, DeleteOutlined, LockOutlined, MoreOutlined, UnlockOutlined } from '@ant-design/icons';
import { Button, Dropdown, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { GridProperties } from '../../core/api/messages.ts';
import type { GridKind } from '../../core/plan/state.ts';
import { actionOf } from '../actions/actions.ts';
import { useWorkspace } from '../state/store.ts';
import { GridSwatch } from './grid-swatch.tsx';
import { TextField } from './text-field.tsx';

const BLOCK_KINDS: readonly GridKind[] = ['urban', 'rural', 'dedicated'];

export function GridHead({ grid }: { grid: GridProperties }) {
  const { t } = useTranslation();
  const transact = useWorkspace((workspace) => workspace.transact);
  const kinds = grid.kind === 'thematic' ? ['thematic' as const] : BLOCK_KINDS;
  const describe = (set: { name: string } | { kind: GridKind }): void => void transact({ type: 'describe', grid: grid.id, set });
  return (
    <>
      <div className="grid-head">
        <GridSwatch grid={grid} />
        <TextField label={t('panels:grid.name')} value={grid.name} required maxLength={80} onSave={(name) => describe({ name })} />
        <GridMenu grid={grid} />
      </div>
      <div className="grid-line">
        <Select
          size="small"
          aria-label={t('panels:grid.kind')}
          style={{ width: 120 }}
          value={grid.kind}
          onChange={(kind: GridKind) => describe({ kind })}
          options={kinds.map((value) => ({ value, label: t(`panels:kind.${value}`) }))}
        />
        {grid.locked && (
          <span className="small quiet">
            <LockOutlined /> {t('panels:grid.locked')}
          </span>
        )}
      </div>
    </>
  );
}

function GridMenu({ grid }: { grid: GridProperties }) {
  const { t } = useTranslation();
  const transact = useWorkspace((workspace) => workspace.transact);
  const items = [
    {
      key: 'frame',
      icon: <AimOutlined />,
      label: (
        <>
          {t('shell:actions.frame')} <kbd>F</kbd>
        </>
      ),
    },
    grid.locked
      ? { key: 'unlock', icon: <UnlockOutlined />, label: t('panels:grid.unlock') }
      : { key: 'lock', icon: <LockOutlined />, label: t('panels:grid.lock') },
    { key: 'remove', icon: <DeleteOutlined />, danger: true, label: t('panels:grid.remove') },
  ];
  const act = (key: string): void => {
    if (key === 'frame') actionOf('frame').run();
    if (key === 'lock' || key === 'unlock' || key === 'remove') void transact({ type: key, grids: [grid.id] });
  };
  return (
    <Dropdown trigger={['click']} menu={{ items, onClick: ({ key }) => act(key) }}>
      <Button type="text" size="small" icon={<MoreOutlined />} aria-label={t('panels:grid.more')} />
    </Dropdown>
  );
}
