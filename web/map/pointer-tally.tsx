// The counts that walk with the pointer while a line is drawn or a brush moved.
import { forwardRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/format.ts';
import { useWorkspace } from '../state/store.ts';
import type { PreviewSide } from '../state/workspace.ts';
import { bandText } from '../tools/describe.ts';

export const PointerTally = forwardRef<HTMLDivElement>(function PointerTally(_props, ref) {
  const { t } = useTranslation();
  const preview = useWorkspace((workspace) => workspace.preview);
  const shown = preview !== null && (preview.sides.length > 0 || preview.obstacle !== null);
  return (
    <div ref={ref} className="pointer-tally" data-testid="pointer-tally" hidden={!shown} role="status">
      {preview?.sides.map((side) => (
        <Side key={`${side.grid} ${side.label}`} side={side} />
      ))}
      {preview !== null && preview.obstacle !== null && <div className="pointer-obstacle">{t(preview.obstacle)}</div>}
      {preview !== null && preview.cutBuildings.length > 0 && (
        <div className="pointer-cut">✕ {t('tools:cutBuildings', { count: preview.cutBuildings.length })}</div>
      )}
    </div>
  );
});

function Side({ side }: { side: PreviewSide }) {
  const { t } = useTranslation();
  const format = useFormat();
  const profile = useWorkspace((workspace) => workspace.profile);
  return (
    <div className={`pointer-side is-${side.band}`} data-testid="tally-side">
      <span className="pointer-label">{side.label === '' ? t('tools:side.new') : side.label}</span>
      <span className="pointer-count">{t('tools:count.households', { value: format.count(side.households) })}</span>
      <span className="pointer-persons">{t('tools:count.persons', { value: format.count(side.population) })}</span>
      <span className="pointer-band">{bandText(t, side, profile)}</span>
    </div>
  );
}
