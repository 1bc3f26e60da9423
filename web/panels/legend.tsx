// Legend of the map: kinds by hue, state by form; and whether there is a base map below.
import { DownOutlined, UpOutlined } from '@ant-design/icons';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BandState } from '../../core/api/messages.ts';
import { KINDS } from '../map/palette.ts';
import { NARROW_WIDTH_PX } from '../state/layout.ts';
import { useWorkspace } from '../state/store.ts';
import { BandMark } from './band-mark.tsx';
import { BaseMapSwitch } from './base-map-switch.tsx';
import { GridSwatch } from './grid-swatch.tsx';
import { OldGridSwitch } from './one-net-switch.tsx';
import './legend.css';

const BANDS: readonly BandState[] = ['in', 'below', 'above', 'excused', 'free'];

export function Legend() {
  const { t } = useTranslation();
  const [open, setOpen] = useState(() => window.innerWidth >= NARROW_WIDTH_PX);
  return (
    <aside className="legend" aria-label={t('panels:legend.title')}>
      <div className="legend-top">
        <button type="button" className="legend-head" aria-expanded={open} onClick={() => setOpen(!open)}>
          {t('panels:legend.title')} {open ? <DownOutlined /> : <UpOutlined />}
        </button>
        <BaseMapSwitch />
      </div>
      {open && (
        <div className="legend-rows">
          <LegendLists />
          <OldGridSwitch />
        </div>
      )}
    </aside>
  );
}

/** Kinds, and states. */
export function LegendLists() {
  const { t } = useTranslation();
  const knowsCells = useWorkspace(({ profile }) => (profile?.cell ?? null) !== null);
  return (
    <>
      <ul>
        {KINDS.map((kind) => (
          <li key={kind}>
            <GridSwatch grid={{ kind, shade: 0 }} /> {t(`panels:kind.${kind}`)}
          </li>
        ))}
        <li>
          <span className="grid-swatch is-undrawn" /> {t('panels:legend.undrawn')}
        </li>
        {knowsCells && (
          <li>
            <span className="cell-swatch" /> {t('panels:cells.title')}
          </li>
        )}
      </ul>
      <ul>
        {BANDS.map((band) => (
          <li key={band}>
            <BandMark band={band} /> {t(`panels:band.${band}`)}
          </li>
        ))}
        <li>
          <span className="band-mark is-error">✕</span> {t('panels:legend.error')}
        </li>
      </ul>
    </>
  );
}
