// The regions that a new plan may be made of, in the order in which they are offered.
import type { Region } from '../../core/api/messages.ts';

export type OfferedRegion = Pick<Region, 'code' | 'name'>;

/** Those that hold data, the ones just imported first; these alone while nothing is known. */
export function offeredRegions(known: readonly OfferedRegion[], imported: readonly OfferedRegion[]): readonly OfferedRegion[] {
  if (known.length === 0) return imported;
  const isImported = ({ code }: OfferedRegion): boolean => imported.some((one) => one.code === code);
  return [...known.filter(isImported), ...known.filter((region) => !isImported(region))];
}
