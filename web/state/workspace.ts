// What the screen knows: one store for map, tools and panels. They read it and call its actions; nobody else talks to the server.
import type {
  BandState,
  BarrierCollection,
  BlockCollection,
  BuildingCollection,
  CheckReport,
  CommunityProgress,
  GridCollection,
  Health,
  InstitutionCollection,
  OperationRecord,
  Person,
  PlanDetail,
  PlanSummary,
  Problem,
  ProfileHead,
  Region,
  StepLabel,
} from '../../core/api/messages.ts';
import type { Operation } from '../../core/plan/operation.ts';
import type { Profile } from '../../core/rules/profile.ts';
import type { Issue } from '../../core/rules/rule.ts';
import type { NewPlan } from '../api/client.ts';
import type { SessionState } from './session.ts';

export type ToolId = 'select' | 'paint' | 'split' | 'draw' | 'reshape' | 'merge' | 'divide';

/** The community being edited, whole: the small source of the map and the state of the worker. */
export interface ActiveCommunity {
  code: string;
  revision: number;
  grids: GridCollection;
  blocks: BlockCollection;
  buildings: BuildingCollection;
  barriers: BarrierCollection;
  institutions: InstitutionCollection;
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

/** A short word about something that has happened; `key` is a text with its topic, `shell:notices.undone`. */
export interface Notice {
  key: string;
  values: Readonly<Record<string, string | number>>;
  serial: number;
}

export interface Workspace extends SessionState {
  health: Health | null;
  /** False while the server does not answer. */
  online: boolean;
  /** False until the plans are known. */
  started: boolean;
  plans: PlanSummary[];
  plan: PlanDetail | null;
  /** The version of the rules that the plan follows. */
  profile: Profile | null;
  progress: ReadonlyMap<string, CommunityProgress>;
  /** Outlines of all grids of the plan, for the background of the map. */
  planGrids: GridCollection;
  active: ActiveCommunity | null;
  /** Code of the community that is being loaded. */
  opening: string | null;
  selectedGrid: number | null;
  /** Blocks chosen for “move to…”, in the list or on the map. */
  selectedBlocks: ReadonlySet<number>;
  tool: ToolId;
  preview: Preview | null;
  saveState: SaveState;
  /** Operations that the server has not answered yet. */
  unsent: number;
  /** Communities that this page has asked the server to change otherwise than by an operation: their news are no surprise. */
  ownChanges: ReadonlySet<string>;
  /** Check list of the whole plan; that of the open community is kept fresh in it. */
  report: CheckReport | null;
  /** Why nothing can be edited now although the plan could be: a text with its topic; null: nothing stands in the way. */
  blocked: string | null;
  /** What the whole plan is being put through right now; it can take a while. */
  busy: 'checking' | 'coding' | null;
  notice: Notice | null;
  /** Last refusal, shown until the next action. */
  problem: Problem | null;
  /** Who else looks at the plan. */
  others: readonly Person[];
  /** This page as the others see it; null: they do not. */
  self: Person | null;
  /** What the reader wants to be called; empty: by a number. */
  ownName: string;
  /** Where the map should go next: west, south, east, north in degrees; `serial` makes the same place twice count twice. */
  focus: { bounds: readonly [number, number, number, number]; serial: number } | null;

  start: () => Promise<void>;
  openPlan: (plan: number) => Promise<void>;
  /** Reads the list of plans anew. */
  refreshPlans: () => Promise<void>;
  /** Reads the open plan anew: its state has changed. */
  refreshPlan: () => Promise<void>;
  /** Opens a plan that was just made, which the list of plans does not hold yet. */
  openMadePlan: (plan: number) => Promise<void>;
  /** Opens a community for editing; null closes it. */
  openCommunity: (code: string | null, options?: { zoom: boolean }) => Promise<void>;
  /** A grid of another community opens that community, too. */
  selectGrid: (grid: number | null) => void;
  selectBlocks: (blocks: ReadonlySet<number>) => void;
  chooseTool: (tool: ToolId) => void;
  showPreview: (preview: Preview | null) => void;
  focusOn: (bounds: readonly [number, number, number, number]) => void;
  /**
   * Sends one operation for the active community, in order; resolves when the server has answered. Kept and sent again while offline.
   * Where it is still being judged whether it is `possible`, it counts as unsent meanwhile, and is not sent if it is not.
   */
  transact: (operation: Operation, possible?: Promise<boolean>) => Promise<'done' | 'refused'>;
  checkAll: () => Promise<void>;
  /** Issues codes for the whole plan; resolves to how many, or null when the server refused. */
  issueCodes: () => Promise<number | null>;
  history: (community: string) => Promise<OperationRecord[]>;
  /** Address of the layout file of the open plan. */
  exportAddress: () => string | null;
  /** Fills an empty installation with the demo county and opens it. */
  loadDemo: () => Promise<void>;
  /** Makes a plan and opens it; false when the server refused. */
  createPlan: (plan: NewPlan) => Promise<boolean>;
  /** Rules that a plan can be made under: the newest version of each. */
  profiles: () => Promise<ProfileHead[]>;
  /** Regions that a plan can be made for: counties, or the town of whoever works for one. */
  planRegions: () => Promise<Region[]>;
  /** Shows a notice, as why a tool cannot be used now. */
  explain: (key: string, values?: Notice['values']) => void;
  dismissProblem: () => void;
  nameSelf: (name: string) => void;
}
