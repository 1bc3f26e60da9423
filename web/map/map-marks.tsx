// What every map sheet carries: scale, mark, unit, date, boundary note; and the coordinates under the pointer.
import type { Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { useLayout } from '../state/layout.ts';
import { useWorkspace } from '../state/store.ts';
import { useDataAttribution } from './data-attribution.ts';

interface Props {
  coordinates: Ref<HTMLSpanElement>;
  scale: Ref<HTMLSpanElement>;
}

export function MapMarks({ coordinates, scale }: Props) {
  const { t, i18n } = useTranslation();
  const mark = useWorkspace((workspace) => workspace.health?.map.sheetMark ?? '');
  const synthetic = useWorkspace((workspace) => workspace.health?.map.synthetic ?? false);
  const shown = useLayout((layout) => layout.baseMapShown);
  const attribution = useWorkspace((workspace) => workspace.health?.map.baseMap?.attribution ?? '');
  const dataBy = useDataAttribution();
  const unit = useWorkspace((workspace) => workspace.plan?.regionName ?? '');
  const date = new Intl.DateTimeFormat(i18n.language === 'en' ? 'en-GB' : 'zh-CN', { dateStyle: 'long' }).format(new Date());
  return (
    <footer className="map-marks">
      <div className="map-measures">
        <span ref={coordinates} className="map-coordinates" />
        <span ref={scale} className="map-scale" />
      </div>
      <div>
        {mark !== '' && <strong className="map-mark">{mark}</strong>} {[unit, date].filter((text) => text !== '').join(' · ')}
      </div>
      {synthetic && <div className="map-synthetic">{t('tools:map.synthetic')}</div>}
      <div>{t('tools:map.boundaryNote')}</div>
      {dataBy !== '' && <div>{dataBy}</div>}
      {shown && attribution !== '' && <div>{t('tools:map.baseMapBy', { attribution })}</div>}
    </footer>
  );
}
