// A file of an import with all that has to be known to read it.
import { basename } from 'node:path';
import type { ImportKind, SourceChoice } from '../../core/api/import-messages.ts';
import { ourFields } from '../../core/import/fields/our-fields.ts';
import { GROUND_KINDS, type GroundKind } from '../../core/import/validate.ts';

export interface SourceToRead {
  readonly path: string;
  /** As it was sent; findings name it. */
  readonly name: string;
  readonly choice: SourceChoice;
}

/** GeoJSON with our own field names, in longitude and latitude. */
export type GroundPaths = Readonly<Partial<Record<GroundKind, string | undefined>>>;

/** For files that are known to be clean GeoJSON, such as the demo county. */
export function groundSources(paths: GroundPaths): SourceToRead[] {
  return GROUND_KINDS.flatMap((kind) => {
    const path = paths[kind];
    return path === undefined ? [] : [{ path, name: basename(path), choice: cleanChoice(kind) }];
  });
}

/** Our fields under their own names, in longitude and latitude. */
export function cleanChoice(kind: ImportKind): SourceChoice {
  const fields = Object.fromEntries(ourFields[kind].map(({ name }) => [name, name]));
  return { kind, layer: null, encoding: null, crs: 'EPSG:4490', swapAxes: false, fields, settings: {} };
}
