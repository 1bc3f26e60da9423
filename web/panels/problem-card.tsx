// Why the server refused: what, where, what to do. Stays until the next action or until it is closed.
import { CloseOutlined, ExclamationCircleFilled } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../core/api/messages.ts';
import { useWorkspace } from '../state/store.ts';
import './problem-card.css';

/** Half the side of the box shown around a coordinate. */
const PLACE_DEGREES = 0.001;

export function ProblemCard() {
  const { t } = useTranslation();
  const problem = useWorkspace((workspace) => workspace.problem);
  const dismiss = useWorkspace((workspace) => workspace.dismissProblem);
  if (problem === null) return null;
  return (
    <div className="problem-card" role="alert">
      <ExclamationCircleFilled className="problem-mark" />
      <ProblemText problem={problem} />
      <PlaceButton problem={problem} />
      <Button type="text" size="small" icon={<CloseOutlined />} aria-label={t('shell:close')} onClick={dismiss} />
    </div>
  );
}

/** The sentence of the server, else ours; then what to do. */
export function ProblemText({ problem }: { problem: Problem }) {
  const { t, i18n } = useTranslation();
  const known = i18n.exists(`errors:${problem.code}.what`);
  const what = problem.detail || (known ? t(`errors:${problem.code}.what`) : t('errors:unknown.what', { code: problem.code }));
  const todo = i18n.exists(`errors:${problem.code}.do`) ? t(`errors:${problem.code}.do`) : '';
  const { file, feature, field } = problem.at ?? {};
  const where = [
    file === undefined ? '' : t('errors:at.file', { file }),
    feature === undefined ? '' : t('errors:at.feature', { feature }),
    field === undefined ? '' : t('errors:at.field', { field }),
  ]
    .filter(Boolean)
    .join(t('errors:at.joint'));
  return (
    <div className="problem-text">
      <strong>{what}</strong>
      {where !== '' && <span className="small">{where}</span>}
      {todo !== '' && <span className="small quiet">{todo}</span>}
    </div>
  );
}

function PlaceButton({ problem }: { problem: Problem }) {
  const { t } = useTranslation();
  const focusOn = useWorkspace((workspace) => workspace.focusOn);
  const selectGrid = useWorkspace((workspace) => workspace.selectGrid);
  const { coordinate, grid } = problem.at ?? {};
  if (coordinate === undefined && grid === undefined) return null;
  const show = (): void => {
    if (coordinate !== undefined) {
      const [x, y] = coordinate;
      focusOn([x - PLACE_DEGREES, y - PLACE_DEGREES, x + PLACE_DEGREES, y + PLACE_DEGREES]);
    }
    if (grid !== undefined) selectGrid(grid);
  };
  return (
    <Button size="small" onClick={show}>
      {t('panels:checks.show')}
    </Button>
  );
}
