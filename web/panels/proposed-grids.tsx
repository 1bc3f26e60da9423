// The grids of a proposed layout as a list, named and counted as on the map.
import { useTranslation } from 'react-i18next';
import type { ProposedLayout } from '../../core/api/messages.ts';
import { useFormat } from '../i18n/format.ts';
import { boundsOfGrid } from '../state/bounds.ts';
import { useWorkspace } from '../state/store.ts';
import { BandMark } from './band-mark.tsx';
import { GridSwatch } from './grid-swatch.tsx';

export function ProposedGrids({ layout }: { layout: ProposedLayout }) {
  const { t } = useTranslation();
  const { count } = useFormat();
  const focusOn = useWorkspace((workspace) => workspace.focusOn);
  return (
    <section className="panel-section">
      <h3>{t('tools:divide.grids', { count: layout.grids.features.length })}</h3>
      <ul className="grid-list">
        {layout.grids.features.map((grid) => {
          const { id, name, households, band } = grid.properties;
          return (
            <li key={id} data-testid="proposed-grid">
              <button type="button" className="row-button" onClick={() => focusOn(boundsOfGrid(grid))}>
                <GridSwatch grid={grid.properties} />
                <span className="clip">{name}</span>
                {id < 0 && <span className="small quiet">{t('tools:divide.new')}</span>}
                <span className="count">{t('panels:unit.householdsOf', { count: count(households) })}</span>
                <BandMark band={band} />
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
