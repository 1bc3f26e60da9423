// Hatches, drawn here because nothing may be fetched: one for ground that is not drawn yet, one for thematic grids.
import type { Map as MapLibreMap } from 'maplibre-gl';
import { COLOUR, gridColour } from './palette.ts';

export const UNDRAWN_PATTERN = 'hatch-undrawn';
export const THEMATIC_PATTERN = 'hatch-thematic';

const PIXEL_RATIO = 2;

/** Adds both hatches; to be called once the style is loaded. */
export function addPatterns(map: MapLibreMap): void {
  add(map, UNDRAWN_PATTERN, hatch(10, 1, COLOUR.undrawnHatch, 'rising'));
  add(map, THEMATIC_PATTERN, hatch(8, 1.5, gridColour('thematic', 0), 'falling'));
}

function add(map: MapLibreMap, name: string, image: ImageData): void {
  if (!map.hasImage(name)) map.addImage(name, image, { pixelRatio: PIXEL_RATIO });
}

/** A seamless tile of diagonal lines; size and width in CSS pixels. */
function hatch(size: number, width: number, colour: string, direction: 'rising' | 'falling'): ImageData {
  const pixels = size * PIXEL_RATIO;
  const canvas = new OffscreenCanvas(pixels, pixels);
  const context = canvas.getContext('2d') as OffscreenCanvasRenderingContext2D;
  context.strokeStyle = colour;
  context.lineWidth = width * PIXEL_RATIO;
  context.lineCap = 'square';
  for (const offset of [-pixels, 0, pixels]) {
    context.beginPath();
    context.moveTo(offset, direction === 'rising' ? pixels : 0);
    context.lineTo(offset + pixels, direction === 'rising' ? 0 : pixels);
    context.stroke();
  }
  return context.getImageData(0, 0, pixels, pixels);
}
