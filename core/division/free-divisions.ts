// Divides the free blocks of a community: all together or, where so many parts are wanted, each connected part of them by its share.
import { apportion } from '../plan/apportion.ts';
import type { DivideOptions } from '../plan/operation.ts';
import type { SizeRule } from '../rules/profile.ts';
import { componentsOf } from './components.ts';
import { type Division, divideCommunity } from './divide.ts';
import type { BlockGraph } from './graph.ts';
import { sumsOf } from './sums.ts';

export interface Ground {
  /** Code of the community. */
  readonly community: string;
  readonly graph: BlockGraph;
  /** Today's part of each block, −1: none; what `keepClose` keeps close to. */
  readonly present: Int32Array;
  /** Residents' group of each block, −1: not known. */
  readonly groups?: Int32Array | undefined;
  readonly options: Omit<DivideOptions, 'level'>;
}

/** One division for all free blocks, or one for each connected part of them. */
export function freeDivisions(
  { community, graph, present, groups, options }: Ground,
  rule: SizeRule,
  isFree: (block: number) => boolean,
): Division[] {
  const { keepClose, parts, seed, effort, streets } = options;
  const divideFree = (within: (block: number) => boolean, wanted: number | null): Division =>
    divideCommunity(
      {
        community,
        graph,
        rule,
        locked: Uint8Array.from(present, (_, block) => (within(block) ? 0 : 1)),
        keepClose: keepClose > 0 ? { present, weight: keepClose } : undefined,
        groups,
      },
      { seed, effort, streets, parts: wanted },
    );
  if (parts === null) return [divideFree(isFree, null)];
  const components = componentsOf(graph, isFree);
  const shares = apportion(
    parts,
    components.map((component) => sumsOf(graph, component).households),
  );
  return components.map((component, i) => {
    const within = new Set(component);
    return divideFree((block) => within.has(block), shares[i] as number);
  });
}
