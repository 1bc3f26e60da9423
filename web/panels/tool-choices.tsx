// What the chosen tool lets one choose: the kind that is drawn, what the brush gives to.
import { Segmented, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { GridKind } from '../../core/plan/state.ts';
import { useWorkspace } from '../state/store.ts';
import { toolOptions } from '../tools/tool-options.ts';
import { DivideBar } from './divide-bar.tsx';
import { GridSwatch } from './grid-swatch.tsx';

const KINDS: readonly GridKind[] = ['dedicated', 'urban', 'rural', 'thematic'];

export function ToolChoices() {
  const tool = useWorkspace((workspace) => workspace.tool);
  if (tool === 'draw') return <CarveKind />;
  if (tool === 'paint') return <PaintTarget />;
  if (tool === 'divide') return <DivideBar />;
  return null;
}

function CarveKind() {
  const { t } = useTranslation();
  const kind = toolOptions((options) => options.carveKind);
  const choose = toolOptions((options) => options.chooseCarveKind);
  return (
    <div className="tool-choices">
      <span className="quiet">{t('panels:tool.carveKind')}</span>
      <Segmented
        size="small"
        value={kind}
        onChange={choose}
        options={KINDS.map((value) => ({ value, label: t(`panels:kind.${value}`) }))}
      />
    </div>
  );
}

function PaintTarget() {
  const { t } = useTranslation();
  const target = toolOptions((options) => options.paintTarget);
  const choose = toolOptions((options) => options.choosePaintTarget);
  const grids = useWorkspace((workspace) => workspace.active?.grids.features);
  const known = typeof target !== 'number' || grids?.some(({ properties }) => properties.id === target);
  return (
    <div className="tool-choices">
      <span className="quiet">{t('panels:tool.paintTarget')}</span>
      <Select
        size="small"
        aria-label={t('panels:tool.paintTarget')}
        style={{ width: 200 }}
        value={known ? target : 'pressed'}
        onChange={choose}
        options={[
          { value: 'pressed', label: t('panels:tool.paintPressed') },
          { value: 'new', label: t('panels:tool.paintNew') },
          ...(grids ?? []).map(({ properties }) => ({
            value: properties.id,
            label: (
              <>
                <GridSwatch grid={properties} /> {properties.name}
              </>
            ),
          })),
        ]}
      />
    </div>
  );
}
