// Proofs that a community cannot be divided legally. Each carries all that verify.ts needs to follow it.

/**
 * So many parts complying by households and so many by persons cannot share these blocks out. Give each block, or fractions of it, to
 * the ones or to the others: u · their households + v · their persons stays below what the bounds ask for, with [u, v] = across.
 */
export interface Refutation {
  readonly byHouseholds: number;
  readonly byPersons: number;
  readonly across: readonly [number, number];
}

/** No number of legal grids makes up exactly these blocks. */
interface Gap {
  readonly blocks: readonly number[];
  readonly households: number;
  readonly persons: number;
  /** Households to add or to take away until the sum fits by households alone; null: no such number. */
  readonly add: number | null;
  readonly remove: number | null;
  readonly refutations: readonly Refutation[];
}

/** Blocks are positions in the graph of the community. */
export type Certificate =
  /** One block lies above the band by every measure: it is an exception, whatever else is done. */
  | { readonly kind: 'oversize-unit'; readonly block: number; readonly households: number; readonly persons: number }
  /** total-gap: of the whole community; component-gap: of a part that locked grids cut off. */
  | ({ readonly kind: 'total-gap' | 'component-gap' } & Gap)
  /** What is left around exceptional blocks. */
  | ({ readonly kind: 'stranded'; readonly around: readonly number[] } & Gap)
  /**
   * No legal grid can hold the block. Grids beyond it lie within the pockets behind it; what they leave over there has to join the
   * block, and no combination of such leftovers makes a legal grid with it. Where not everything behind the block is listed, every
   * combination is too large.
   */
  | {
      readonly kind: 'bottleneck';
      readonly block: number;
      readonly pockets: readonly (readonly number[])[];
      readonly households: number;
      readonly persons: number;
    }
  /** So few blocks that every division of them was tried. */
  | { readonly kind: 'exhausted'; readonly blocks: readonly number[]; readonly households: number; readonly persons: number };
