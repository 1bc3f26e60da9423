// The layer that was chosen among those of a file; none chosen: the first.
import { unusable } from '../source-file.ts';

const MAX_NAMED = 20;

/** Throws UnusableFile when the file has no such layer. */
export function chosenLayer<Layer extends { readonly name: string }>(layers: readonly Layer[], name: string | null): Layer {
  const layer = name === null ? layers[0] : layers.find((candidate) => candidate.name === name);
  if (layer) return layer;
  const known = layers.slice(0, MAX_NAMED).map((candidate) => candidate.name);
  throw unusable('file-layer-unknown', { layer: name ?? '', known: known.join('、') });
}
