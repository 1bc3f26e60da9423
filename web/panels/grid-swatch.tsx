// A patch in the colour that the grid has on the map.
import type { GridProperties } from '../../core/api/messages.ts';
import { borderColour, gridColour } from '../map/palette.ts';
import './grid-swatch.css';

export function GridSwatch({ grid: { kind, shade } }: { grid: Pick<GridProperties, 'kind' | 'shade'> }) {
  const fill = gridColour(kind, shade);
  const background =
    kind === 'thematic' ? `repeating-linear-gradient(45deg, ${fill} 0 2px, #fff 2px 5px)` : `color-mix(in srgb, ${fill} 40%, #fff)`;
  return <span className="grid-swatch" style={{ background, borderColor: borderColour(kind) }} />;
}
