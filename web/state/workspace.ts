// What the screen knows: one store for map, tools and panels. Panels and tools read it and call its actions; nobody else talks to the server.
import type {
  BarrierCollection, BlockCollection, BuildingCollection, CommunityProgress, GridCollection, Health, ImportStatus, PlanDetail,
  PlanSummary, Problem, StepLabel, BandState,
} from '../../core/api/messages.ts';
import type { Operation } from '../../core/plan/operation.ts';
import type { Profile } from '../../core/rules/profile.ts';
import type { Issue } from '../../core/rules/rule.ts';

export type ToolId = 'select' | 'paint' | 'split' | 'draw' | 'reshape' | 'merge' | 'divide';

/** The community being edited, whole: the small source of the map and the state of the worker. */
export interface ActiveCommunity {
  code: string;
  revision: number;
  grids: GridCollection;
  blocks: BlockCollection;
  buildings: BuildingCollection;
  barriers: BarrierCollection;
  issues: Issue[];
  undo: StepLabel | null;
  redo: StepLabel | null;
}

/** One side of what the hand is about to do. */
export interface PreviewSide {
  /** Grid id; null: not drawn; 'new': a grid that the operation makes. */
  grid: number | 'new' | null;
  /** What the screen calls it: “左”, “右”, the name of a grid. */
  label: string;
  households: number;
  population: number;
  buildings: number;
  area_m2: number;
  band: BandState;
}

export interface Preview {
  sides: PreviewSide[];
  /** Ids of buildings whose footprint the new border would run through. */
  cutBuildings: number[];
  /** Why releasing the hand would do nothing; a key of the texts. */
  obstacle: string | null;
}

export type SaveState = 'saved' | 'saving' | 'waiting' | 'failed';

export interface Workspace {
  health: Health | null;
  /** False while the server does not answer. */
  online: boolean;
  plans: PlanSummary[];
  plan: PlanDetail | null;
  profile: Profile | null;
  progress: ReadonlyMap<string, CommunityProgress>;
  /** Outlines of all grids of the plan, for the background of the map. */
  planGrids: GridCollection;
  active: ActiveCommunity | null;
  /** Code of the community that is being loaded. */
  opening: string | null;
  selectedGrid: number | null;
  tool: ToolId;
  preview: Preview | null;
  saveState: SaveState;
  /** Last refusal, shown until the next action. */
  problem: Problem | null;
  importStatus: ImportStatus | null;
  /** Where the map should go next: west, south, east, north in degrees; `serial` makes the same place twice count twice. */
  focus: { bounds: readonly [number, number, number, number]; serial: number } | null;

  start: () => Promise<void>;
  openPlan: (plan: number) => Promise<void>;
  /** Opens a community for editing; null closes it. */
  openCommunity: (code: string | null, options?: { zoom: boolean }) => Promise<void>;
  selectGrid: (grid: number | null) => void;
  chooseTool: (tool: ToolId) => void;
  showPreview: (preview: Preview | null) => void;
  focusOn: (bounds: readonly [number, number, number, number]) => void;
  /** Sends one operation for the active community, in order; resolves when the server has answered. Kept and sent again while offline. */
  transact: (operation: Operation) => Promise<'done' | 'refused'>;
}
