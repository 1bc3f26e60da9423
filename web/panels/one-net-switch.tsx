// In the legend: the dashed outlines of a department's old grids, on and off.
import { Checkbox } from 'antd';
import { useTranslation } from 'react-i18next';
import { useOneNet } from '../state/one-net.ts';
import './one-net.css';

export function OldGridSwitch() {
  const { t } = useTranslation();
  const department = useOneNet(({ oldGrids, overview }) => (oldGrids === null ? null : (overview?.department ?? null)));
  const shown = useOneNet((state) => state.shown);
  const toggleShown = useOneNet((state) => state.toggleShown);
  if (department === null) return null;
  return (
    <Checkbox className="old-grid-switch" checked={shown} onChange={toggleShown}>
      <span className="old-grid-dash" /> {t('one-net:layer', { department })}
    </Checkbox>
  );
}
