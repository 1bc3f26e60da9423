// What is still to be mapped before a file can be imported.
import type { ImportKind, SourceChoice, SourceLayer } from '../../api/import-messages.ts';
import { ourFields } from './our-fields.ts';

/** A household list is joined to buildings by one of these. */
const HOUSEHOLD_KEYS = ['building', 'address', 'name', 'communityCode', 'community', 'lon'];
/** Staff are assigned to a grid by one of these. */
const STAFF_KEYS = ['grid', 'gridName'];

/**
 * Our fields that have to be mapped and are not. A class that is the same for all barriers of a file may be set instead of mapped
 * (`settings.class`).
 */
export function missingFields(
  kind: ImportKind,
  geometry: SourceLayer['geometry'],
  { fields, settings }: Pick<SourceChoice, 'fields' | 'settings'>,
): string[] {
  const given = (name: string): boolean => Boolean(fields[name]) || (name === 'class' && Boolean(settings.class));
  const missing = ourFields[kind]
    .filter(({ name, required }) => !given(name) && (required === 'always' || (required === 'without-geometry' && geometry === 'none')))
    .map(({ name }) => name);
  const keys = kind === 'households' && geometry === 'none' ? HOUSEHOLD_KEYS : kind === 'staff' ? STAFF_KEYS : [];
  return keys.length > 0 && !keys.some(given) ? [keys[0] as string, ...missing] : missing;
}
