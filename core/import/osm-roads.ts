// OpenStreetMap's kinds of roads → our classes of barriers, whether they come as its tags or as the column of a table.
import type { BarrierClass } from '../api/messages.ts';

/** 主干路, 次干路, 支路, 里弄. Paths for feet and wheels part no neighbours. */
const CLASS_OF: ReadonlyMap<string, BarrierClass> = new Map([
  ['motorway', 'main-road'],
  ['trunk', 'main-road'],
  ['primary', 'main-road'],
  ['secondary', 'secondary'],
  ['tertiary', 'street'],
  ['unclassified', 'street'],
  ['residential', 'street'],
  ['road', 'street'],
  ['living_street', 'lane'],
  ['service', 'lane'],
  ['pedestrian', 'lane'],
  ['track', 'lane'],
]);

/** The class of a road by its tag `highway`; a slip road has that of the road it leads to. null: it parts nothing, or is no road. */
export function osmRoadClass(highway: string): BarrierClass | null {
  return CLASS_OF.get(highway.replace(/_link$/, '')) ?? null;
}
