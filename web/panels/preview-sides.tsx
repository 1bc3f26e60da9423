// What the hand is about to do, side by side, or why it would do nothing.
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/format.ts';
import { useWorkspace } from '../state/store.ts';
import { BandMark } from './band-mark.tsx';

export function PreviewSides() {
  const { t } = useTranslation();
  const { count } = useFormat();
  const preview = useWorkspace((workspace) => workspace.preview);
  if (preview === null) return null;
  return (
    <section className="panel-section preview-sides">
      <h3>{t('panels:preview.title')}</h3>
      {preview.obstacle !== null && <p className="small quiet">{t(preview.obstacle)}</p>}
      {preview.sides.map((side) => (
        <div key={`${side.grid} ${side.label}`} className="grid-line">
          <span className="clip">{side.label}</span>
          <span>
            {t('panels:unit.householdsOf', { count: count(side.households) })} <BandMark band={side.band} />
          </span>
        </div>
      ))}
      {preview.cutBuildings.length > 0 && (
        <p className="small row-errors">{t('panels:preview.cutBuildings', { count: preview.cutBuildings.length })}</p>
      )}
    </section>
  );
}
