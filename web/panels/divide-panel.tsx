// Right, while A is in hand: what is to be divided and how, what the proposal comes to beside today's layout, and what stands in its way.
import { CloseOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { ofRegion } from '../state/division.ts';
import { useDivision } from '../state/division-store.ts';
import { useWorkspace } from '../state/store.ts';
import { DivideComparison } from './divide-comparison.tsx';
import { DivideObstacles } from './divide-obstacles.tsx';
import { DivideOptionFields } from './divide-options.tsx';
import { DivideRun, DivideRunList } from './divide-run.tsx';
import { OneNetConflicts } from './one-net-conflicts.tsx';
import { ProposedGrids } from './proposed-grids.tsx';
import './divide-panel.css';

export function DividePanel() {
  const { t } = useTranslation();
  const region = useDivision(({ scope }) => ofRegion(scope));
  const department = useDivision((division) => division.department);
  const proposal = useDivision((division) => division.proposal);
  const layout = useDivision((division) => division.layout);
  const obstacle = useDivision((division) => division.obstacle);
  const chooseTool = useWorkspace((workspace) => workspace.chooseTool);
  return (
    <div data-testid="divide-panel">
      <section className="panel-section">
        <div className="grid-line">
          <strong className="community-name">
            {department === null ? t('tools:name.divide') : t('one-net:start.title', { department })}
          </strong>
          <Button
            type="text"
            size="small"
            icon={<CloseOutlined />}
            aria-label={t('tools:divide.leave')}
            onClick={() => chooseTool('select')}
          />
        </div>
      </section>
      <DivideOptionFields />
      {region && <DivideRun />}
      {obstacle !== null && (
        <section className="panel-section">
          <p className="small quiet">{t(obstacle)}</p>
        </section>
      )}
      {proposal !== null && <DivideComparison proposal={proposal} />}
      {proposal !== null && <DivideObstacles proposal={proposal} />}
      {proposal?.conflicts !== undefined && <OneNetConflicts conflicts={proposal.conflicts} />}
      {layout !== null && <ProposedGrids layout={layout} />}
      {region && <DivideRunList />}
    </div>
  );
}
