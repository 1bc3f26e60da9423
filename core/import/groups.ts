// Joins numbers into groups.

/** Disjoint sets of the numbers below `count`; each is alone at first. */
export class Groups {
  readonly #parents: number[];

  constructor(count: number) {
    this.#parents = Array.from({ length: count }, (_, i) => i);
  }

  rootOf(item: number): number {
    let root = item;
    while (this.#parents[root] !== root) root = this.#parents[root] as number;
    while (this.#parents[item] !== root) {
      const next = this.#parents[item] as number;
      this.#parents[item] = root;
      item = next;
    }
    return root;
  }

  join(a: number, b: number): void {
    this.#parents[this.rootOf(a)] = this.rootOf(b);
  }
}
