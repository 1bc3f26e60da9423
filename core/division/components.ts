// Connected groups of blocks, some left out.
import type { BlockGraph } from './graph.ts';

/** Groups of the blocks for which `isOpen` holds, connected among themselves; each ascending. */
export function componentsOf({ size, starts, neighbours }: BlockGraph, isOpen: (block: number) => boolean): number[][] {
  const seen = new Uint8Array(size);
  const components: number[][] = [];
  for (let first = 0; first < size; first++) {
    if (seen[first] === 1 || !isOpen(first)) continue;
    const component = [first];
    seen[first] = 1;
    for (let done = 0; done < component.length; done++) {
      const block = component[done] as number;
      for (let at = starts[block] as number; at < (starts[block + 1] as number); at++) {
        const next = neighbours[at] as number;
        if (seen[next] === 1 || !isOpen(next)) continue;
        seen[next] = 1;
        component.push(next);
      }
    }
    components.push(component.sort((a, b) => a - b));
  }
  return components;
}
