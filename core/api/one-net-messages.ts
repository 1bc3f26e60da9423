// What travels over HTTP about one net: departments' old grids beside the grids of a plan, and a plan's start from them.

/** A department with old grids in the plan's region. */
export interface OneNetDepartment {
  /** Id of core/one-net/departments.ts, or free text. */
  department: string;
  grids: number;
}

/** What of an old grid lies in one place. */
export interface OneNetPortion {
  households: number;
  areaM2: number;
  /** 0–1, by households, or by area where nobody lives. */
  share: number;
}

/** An old grid and what became of it. */
export interface OneNetRow {
  id: number;
  code: string;
  name: string;
  /** The community that holds most of it. */
  community: { code: string; name: string };
  households: number;
  areaM2: number;
  /** mapped: to one new grid. split: over several. left-out: to none. */
  verdict: 'mapped' | 'split' | 'left-out';
  /** Largest share first. */
  to: (OneNetPortion & { grid: number; code: string | null; name: string; community: string })[];
  /** In no grid of the plan. */
  left: OneNetPortion;
  /** Something of it waits for a grid. */
  leftOver: boolean;
  /** Share of its area that lies in no community. */
  outsideShare: number;
  /** West, south, east, north in degrees. */
  place: [number, number, number, number];
}

/** GET /api/plans/ID/one-net?department= */
export interface OneNetOverview {
  plan: number;
  departments: OneNetDepartment[];
  /** That of the rows; null: there are no old grids. */
  department: string | null;
  /** Left-overs first, those with most households first. */
  rows: OneNetRow[];
  counts: { grids: number; mapped: number; split: number; leftOut: number; leftOver: number; households: number; householdsLeft: number };
}

/** Properties of the features of GET /api/plans/ID/one-net/grids?department= */
export interface OldGridProperties {
  id: number;
  code: string;
  name: string;
}

/** What is not as the department had it when a community starts from its old grids. */
export interface StartConflict {
  kind: /** Several old grids have a part of a block. */
    | 'shared-block'
    /** Two old grids overlap each other. */
    | 'overlap'
    /** The grid would lie outside the band. */
    | 'size-above'
    | 'size-below'
    /** The old grid lies in other communities, too, and is one grid in each. */
    | 'several-communities'
    /** The old name would not do. */
    | 'renamed'
    /** No block of the community has most of its homes or ground in this old grid. */
    | 'vanished'
    /** Blocks that no old grid has. */
    | 'unassigned';
  /** Names of the old grids that it is about, the one that receives first. */
  grids: string[];
  /** Shared block: of each of the grids, 0–1, by households or, where nobody lives, by area. */
  shares: number[];
  /** What the sentence names: households, areaM2, blocks, limit, name … */
  values: Record<string, string | number>;
  place: [number, number, number, number] | null;
}
