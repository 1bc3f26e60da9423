// Why an operation cannot be done: a value, turned into a sentence at the edge.

export type PlanFailureCode =
  | 'unknown-block'
  | 'unknown-grid'
  | 'grid-locked'
  | 'line-misses-community'
  | 'line-misses-grid'
  | 'line-does-not-split'
  | 'line-tangled'
  | 'line-ends-off-border'
  | 'polygon-outside-community'
  | 'polygon-self-intersects'
  | 'merge-needs-two'
  | 'kind-needs-area'
  | 'kind-has-area'
  | 'nothing-to-divide'
  | 'kinds-differ'
  | 'parts-exceed-blocks'
  | 'profile-without-cells'
  | 'cells-need-grids'
  | 'grid-fits-one-cell'
  | 'too-many-cells'
  | 'cell-across-grids'
  | 'nothing-to-change'
  | 'nothing-to-undo'
  | 'nothing-to-redo';

export interface PlanFailure {
  readonly code: PlanFailureCode;
  /** The ids or coordinates (degrees) that the sentence names. */
  readonly at?: { readonly grid?: number; readonly block?: number; readonly coordinate?: readonly [number, number] };
}

export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: PlanFailure };

export const succeed = <T>(value: T): Outcome<T> => ({ ok: true, value });
export const fail = <T>(code: PlanFailureCode, at?: PlanFailure['at']): Outcome<T> => ({
  ok: false,
  failure: at === undefined ? { code } : { code, at },
});
