// The scale bar: a round length near the width that there is room for, in the reader's units.
import i18next from 'i18next';
import type { View } from './view.ts';

const MAX_PX = 120;
const EQUATOR_M = 40_075_016.686;
const WORLD_PX = 512;
const KILOMETRE_M = 1_000;

/** Length in metres (1, 2 or 5 times a power of ten) and its width on the screen. */
export function scaleOf(view: View): { metres: number; pixels: number } {
  const metresPerPixel = (EQUATOR_M * Math.cos((view.latitude * Math.PI) / 180)) / (WORLD_PX * 2 ** view.zoom);
  const most = metresPerPixel * MAX_PX;
  const power = 10 ** Math.floor(Math.log10(most));
  const metres = power * (most >= 5 * power ? 5 : most >= 2 * power ? 2 : 1);
  return { metres, pixels: metres / metresPerPixel };
}

export function drawScaleBar(element: HTMLElement, view: View): void {
  const { metres, pixels } = scaleOf(view);
  element.style.width = `${Math.round(pixels)}px`;
  element.textContent = scaleText(metres);
}

/** “200 米”, “5 公里” */
export const scaleText = (metres: number): string =>
  metres < KILOMETRE_M ? `${metres} ${i18next.t('tools:map.metres')}` : `${metres / KILOMETRE_M} ${i18next.t('tools:map.kilometres')}`;
