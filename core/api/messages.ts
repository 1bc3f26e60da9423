// What the server answers and the interface reads, resource by resource. Geometry is GeoJSON in degrees.
import type { Feature, FeatureCollection, LineString, MultiPolygon, Point, Polygon } from 'geojson';
import type { Permission, Role } from '../accounts/roles.ts';
import type { Certificate } from '../division/certificate.ts';
import type { ScatteredGroup } from '../division/group-grids.ts';
import type { StepId } from '../lifecycle/lifecycle.ts';
import type { PlanState } from '../lifecycle/state.ts';
import type { DivisionRequest, RecordedOperation } from '../plan/operation.ts';
import type { GridKind, StaffMember } from '../plan/state.ts';
import type { BandState } from '../rules/band.ts';
import type { ProfileContent } from '../rules/profile.ts';
import type { CheckId, Issue, Place, Severity } from '../rules/rule.ts';
import type { ImportProgress } from './import-messages.ts';
import type { StartConflict } from './one-net-messages.ts';

export type { BandState };

/** Error body (RFC 9457, application/problem+json). `detail` is in the reader's language; `code` is stable. */
export interface Problem {
  type: 'about:blank';
  title: string;
  status: number;
  code: string;
  detail: string;
  /** Where in the data: file, feature number (from 1), field, coordinate in degrees, path in the JSON. */
  at?: {
    file?: string;
    feature?: number;
    field?: string;
    coordinate?: readonly [number, number];
    path?: string;
    grid?: number;
    block?: number;
  };
  /** 409 stale-base: newest revision of the community. */
  revision?: number;
  /** 429 locked-out: when sign-in is possible again. */
  until?: string;
}

/** GET /api/health */
export interface Health {
  status: 'ready' | 'loading';
  version: string;
  database: { engine: 'embedded' | 'server'; postgresql: string; postgis: string };
  /** While the demo county or a start-up import is loading. */
  loading: ImportProgress | null;
  /** Interface configuration: no key ever in the bundle. `synthetic`: data say of themselves that they are made up; every map says so. */
  map: { baseMap: BaseMap | null; sheetMark: string; synthetic: boolean };
}

export interface BaseMap {
  kind: 'xyz' | 'wmts' | 'pmtiles';
  url: string;
  attribution: string;
}

export type RegionLevel = 'province' | 'city' | 'county' | 'town' | 'community';

/**
 * GET /api/regions?parent=CODE → Region[] right below it, ?within=CODE → all below it; with &on=DATE those of that day, else those that hold
 * and, with &ended=true, those that have ended. GET /api/regions/CODE → Region with outline.
 */
export interface Region {
  code: string;
  name: string;
  level: RegionLevel;
  parent: string | null;
  /** Communities only. */
  kind: 'urban' | 'rural' | null;
  households: number;
  population: number;
  buildings: number;
  /** west, south, east, north in degrees. */
  /** null: known by name only, from a table of codes. */
  bounds: [number, number, number, number] | null;
  /** First day, YYYY-MM-DD; null: longer than anybody remembers. */
  validFrom: string | null;
  /** First day on which it is no more; null: it holds. */
  validTo: string | null;
  /** Code of the region that took its place, as confirmed by a person. */
  successor: string | null;
  /** Its name up to the day before validFrom; null: it had no other, or was not there. */
  formerName: string | null;
  outline?: MultiPolygon;
}

/** GET /api/region-tables → RegionTable[], newest first: the tables of region codes that were taken in. */
export interface RegionTable {
  id: number;
  /** YYYY-MM-DD */
  validFrom: string;
  source: string;
  rows: number;
  added: number;
  removed: number;
  renamed: number;
  recoded: number;
  /** Who took it in, and when. */
  actor: string;
  at: string;
}

/** GET /api/plans → PlanSummary[] */
export interface PlanSummary {
  id: number;
  name: string;
  region: string;
  regionName: string;
  profile: string;
  /** The version of the profile that it follows. */
  profileVersion: number;
  scheme: string;
  state: PlanState;
  /** draft or returned; the others are frozen. */
  editable: boolean;
  /** The official plan that it was branched from (适时调整); null: a plan of its own. */
  parent: number | null;
  createdAt: string;
}

/** GET /api/waiting: a plan whose next step is the asker's. */
export interface WaitingPlan {
  plan: PlanSummary;
  step: StepId;
  /** Of the step, as the profile calls it. */
  name: { zh: string; en: string };
}

/** One community of a plan: what the tree shows. */
export interface CommunityProgress {
  code: string;
  name: string;
  town: string;
  kind: 'urban' | 'rural';
  revision: number;
  blocks: number;
  blocksAssigned: number;
  households: number;
  householdsAssigned: number;
  grids: number;
  gridsCoded: number;
  errors: number;
  warnings: number;
  /** Warnings that a written reason covers. */
  excused: number;
  bounds: [number, number, number, number];
  /** A place within, where its name can stand. */
  inside: [number, number];
}

/** GET /api/plans/ID */
export interface PlanDetail extends PlanSummary {
  towns: { code: string; name: string; inside: [number, number] }[];
  communities: CommunityProgress[];
  /** Whom the data of its communities have to be attributed to, on every map. */
  attributions: string[];
}

/** POST /api/plans/ID/grids/ID/clearances ({role, name, cleared}) answers all of the grid. */
export interface Clearance {
  role: string;
  name: string;
  organ: string;
  person: string;
  at: string;
}

export interface GridProperties {
  id: number;
  community: string;
  kind: GridKind;
  name: string;
  code: string | null;
  codeState: 'provisional' | 'filed' | 'official' | 'retired' | null;
  reason: string;
  party: string;
  /** Phones are masked for those who neither edit the grid nor work in its county. */
  staff: StaffMember[];
  /** Statements that hold: somebody of the organ looked at this person and found nothing against them. */
  clearances: Clearance[];
  locked: boolean;
  households: number;
  population: number;
  buildings: number;
  blocks: number;
  /** How many cells it holds. */
  cells: number;
  area_m2: number;
  /** free: no band for this kind. */
  band: BandState;
  /** Colour class of the adjacency colouring, 0–5; neighbours differ. */
  shade: number;
}
export type GridFeature = Feature<MultiPolygon, GridProperties>;
export type GridCollection = FeatureCollection<MultiPolygon, GridProperties>;

export interface BlockProperties {
  id: number;
  community: string;
  grid: number | null;
  /** Number of its cell within the grid, from 1; 0: it belongs to the grid as a whole. */
  cell: number;
  households: number;
  population: number;
  buildings: number;
}
export type BlockFeature = Feature<Polygon, BlockProperties>;
/** GET /api/plans/ID/blocks?community=CODE; `revision` is the base for the next operation. */
export interface BlockCollection extends FeatureCollection<Polygon, BlockProperties> {
  revision: number;
  undo: StepLabel | null;
  redo: StepLabel | null;
}

export interface BuildingProperties {
  id: number;
  block: number;
  households: number;
  population: number;
  use: string;
  name: string;
  /** Residents' or villagers' group; empty: not known. */
  group: string;
  /** The counting point in degrees. */
  point: [number, number];
}
/** Footprint, or a point where no footprint is known. */
export type BuildingFeature = Feature<Polygon | Point, BuildingProperties>;
export type BuildingCollection = FeatureCollection<Polygon | Point, BuildingProperties>;

export type BarrierClass = 'river' | 'railway' | 'main-road' | 'secondary' | 'street' | 'lane' | 'wall';
export interface BarrierProperties {
  id: number;
  class: BarrierClass;
  name: string;
}
/** GET /api/plans/ID/barriers?community=CODE: barriers near the community, for snapping. */
export type BarrierCollection = FeatureCollection<LineString, BarrierProperties>;

export interface InstitutionProperties {
  id: number;
  name: string;
  use: string;
  /** People who work there; null: not known. */
  staff: number | null;
}
/** GET /api/plans/ID/institutions?community=CODE: places near the community that may become dedicated grids. */
export type InstitutionCollection = FeatureCollection<Polygon, InstitutionProperties>;

/** `divide-cells`: a division of grids into cells. */
export type OperationName = RecordedOperation['type'] | 'divide-cells';

/** What the next undo or redo would do: the interface says “撤销:切分 第三网格”. */
export interface StepLabel {
  operation: OperationName;
  /** Name of the grid it was about, where there is one. */
  grid: string | null;
}

/** Answer to POST /api/plans/ID/operations; also the data of the `operation` event of live updates. */
export interface OperationAnswer {
  community: string;
  revision: number;
  /** Id of the row in the history. */
  operation: number;
  /** Grids made or touched, with fresh outlines and counts. */
  grids: GridFeature[];
  /** Ids of grids that no longer exist. */
  removed: number[];
  /** Blocks made or changed in shape or in grid (this community and, for received vertices, neighbours), and ids of blocks that were split. */
  blocks: { changed: BlockFeature[]; removed: number[] };
  /** Buildings that moved to a finer block: building id → block id. */
  rehoused: [number, number][];
  /** All issues of the community after the operation. */
  issues: Issue[];
  progress: CommunityProgress;
  undo: StepLabel | null;
  redo: StepLabel | null;
  actor: string;
}

/** Somebody who looks at a plan; the data of the `presence` event are everybody who does, in the order of `number`. */
export interface Person {
  /** The browser tab. */
  tab: string;
  /** Smallest free one when they came, from 1: tells those apart who give no name. */
  number: number;
  /** Empty: none was given. */
  name: string;
  /** The community that is open there. */
  community: string | null;
}

/** GET /api/plans/ID/operations?community=CODE, newest first. */
export interface OperationRecord {
  id: number;
  community: string;
  revision: number;
  at: string;
  actor: string;
  operation: RecordedOperation;
  reason: string;
}

/** GET /api/plans/ID/checks */
export interface CheckReport {
  plan: number;
  profile: string;
  profileVersion: number;
  counts: Record<Severity, number>;
  /** Not drawn is no failure. */
  communities: { drawn: number; begun: number; empty: number };
  issues: Issue[];
}

/** GET /api/profiles → the newest version of each; GET /api/profiles/ID/versions → all of one, newest first. */
export interface ProfileHead {
  profile: string;
  version: number;
  name: { zh: string; en: string };
  source: { zh: string; en: string };
  note: string;
  at: string;
  /** `shipped`: came with the program. */
  actor: string;
}

/** GET /api/profiles/ID?version=; the newest where none is named. POST /api/profiles and /api/profiles/ID answer it, too. */
export interface ProfileVersion extends ProfileHead {
  content: ProfileContent;
}

/** POST /api/profiles/ID/preview: what a plan would look like under that content, beside what it looks like now. */
export interface ProfilePreview {
  plan: number;
  /** Open issues, as CheckReport counts them, of every check that finds any before or after. */
  counts: { check: CheckId; severity: Severity; before: number; after: number }[];
  /** Grids that stand otherwise against the band; the first of each kind of change with their places. */
  grids: {
    before: BandState;
    after: BandState;
    count: number;
    grids: { grid: number; community: string; name: string; households: number; population: number; place: Place | null }[];
  }[];
  /** Codes of the communities where anything changes. */
  communities: string[];
  /** Issues that come, go (or are excused), or weigh otherwise, by check; the first of each kind of change. */
  changes: { check: CheckId; change: 'comes' | 'goes' | 'graver' | 'milder'; count: number; issues: Issue[] }[];
}

/** What a layout of one community, or of several together, comes to. */
export interface LayoutCounts {
  grids: number;
  /** Within their band, or free of one, or excused by a reason. */
  within: number;
  /** Border between grids, metres, and the share of it that follows barriers (0–1). */
  borderM: number;
  onBarriers: number;
}

/** Why a community has no legal division, or not one that follows its groups; `values` are named by the sentence `tools:divide.why.<kind>`. */
export interface DivisionObstacle {
  kind: Certificate['kind'] | ScatteredGroup['kind'];
  households: number;
  persons: number;
  /** Households to add or to take away until it would fit; null: no such number. */
  add: number | null;
  remove: number | null;
  place: Place | null;
}

/** What automatic division proposes for one community, beside what it has. */
export interface CommunityProposal {
  community: string;
  name: string;
  /** Revision that was divided; accepting refuses when the community has changed since. */
  base: number;
  before: LayoutCounts;
  after: LayoutCounts;
  /** Households (and blocks) that would be in another grid than today, or in one for the first time. */
  householdsMoved: number;
  blocksMoved: number;
  obstacles: DivisionObstacle[];
  /** Of a start from a department's old grids: what is not as the department had it. */
  conflicts?: StartConflict[];
  /** unchanged: the layout is already what would be proposed. stale: changed since. refused: nothing to divide, see problem. */
  state: 'proposed' | 'unchanged' | 'accepted' | 'stale' | 'refused';
  problem: Problem | null;
}

/** POST /api/plans/ID/divisions (200 when done at once, else 202), GET and DELETE …/divisions/ID */
export interface DivisionStatus {
  id: string;
  state: 'running' | 'done' | 'cancelled' | 'failed';
  /** Communities. */
  done: number;
  total: number;
  request: DivisionRequest;
  communities: CommunityProposal[];
  problem: Problem | null;
}

/** POST /api/plans/ID/divisions/ID/accept (body: {communities?: string[]}): codes of the communities. */
export interface DivisionAcceptance {
  /** Accepted by this request or an earlier one. */
  accepted: string[];
  /** Changed since they were divided, and left alone. */
  stale: string[];
  refused: { community: string; problem: Problem }[];
}

/** GET /api/plans/ID/divisions/ID/layout?community=CODE: the proposed grids; new ones have negative ids. */
export interface ProposedLayout {
  community: string;
  grids: GridCollection;
  /** Block id → grid id of the proposal. */
  gridOf: [block: number, grid: number][];
}

/** POST /api/plans/ID/codes (body: {community?: string}) */
export interface CodesAnswer {
  issued: { grid: number; code: string; community: string }[];
  total: number;
}

/** GET /api/codes/CODE */
export interface CodeRecord {
  code: string;
  scheme: string;
  state: CodeState;
  /** Plan and grid that bear it now; null: none does, or it came with a package from elsewhere. */
  plan: number | null;
  grid: number | null;
  community: string;
  issuedAt: string;
  /** What it came from and what became of it. */
  predecessors: CodeLineage[];
  successors: CodeLineage[];
  /** Why it ended where it has no successor (abolished; unused: it never became official); empty: it has not ended, or has one. */
  ending: string;
  segments: { source: string; value: string; meaning: { zh: string; en: string } }[];
}

/** Somebody who is signed in, or the stand-in of the demo mode. */
export interface SessionAccount {
  /** null: the stand-in. */
  id: number | null;
  /** What one signs in with. */
  login: string;
  name: string;
  organ: string;
  /** Prefix of the regions that are theirs; `*`: all. */
  region: string;
  regionName: string;
  roles: Role[];
  permissions: Permission[];
}

/** GET /api/session; POST (sign in: {login, password, code?} or {demo: login}) and DELETE (sign out) answer it, too. */
export interface Session {
  account: SessionAccount | null;
  /** Demo mode: accounts that can be taken with one click; null: there are real accounts. */
  demo: Omit<SessionAccount, 'permissions'>[] | null;
  /** Path that leads to single sign-on; null: not set up. */
  singleSignOn: string | null;
  /** `enter` wants the code before the session counts; `enrol` shows the secret until a code proves that it arrived, and never again. */
  secondFactor: { need: 'enter' } | { need: 'enrol'; address: string } | null;
  /** Somebody else has set the password: it has to be changed (POST /api/session/password) before the session counts. */
  passwordChange: boolean;
  /** Minutes without a request after which the session ends. */
  idleMinutes: number;
}

/** GET /api/accounts */
export interface AccountRecord {
  id: number;
  login: string;
  name: string;
  organ: string;
  region: string;
  roles: Role[];
  disabled: boolean;
  /** Until when sign-in is refused after too many failures; null: it is not. */
  lockedUntil: string | null;
  /** Has a second factor. */
  secondFactor: boolean;
  createdAt: string;
  lastSignIn: string | null;
}

/** A signature under a step, by whom and of what. */
export interface SignOff {
  person: string;
  organ: string;
  at: string;
  /** SM3 of the plan's content that was signed, hexadecimal. */
  digest: string;
}

/** One thing that happened to a plan. */
export interface StepRecord {
  id: number;
  step: StepId | 'return' | 'supersede';
  action: 'take' | 'sign' | 'return';
  from: PlanState;
  to: PlanState;
  person: string;
  organ: string;
  at: string;
  reason: string;
  /** `submit`: why what the checks still warned of may stand. */
  reasons: RecordedReason[];
  digest: string;
}

/** One reason for all warnings of a check, and how many they were. */
export interface RecordedReason {
  check: CheckId;
  count: number;
  reason: string;
}

/** GET and POST /api/plans/ID/steps ({step, action, reason?, reasons?: {check: reason}}) */
export interface LifecycleStatus {
  plan: number;
  state: PlanState;
  /** SM3 of the content as it stands. */
  digest: string;
  steps: {
    id: StepId;
    name: { zh: string; en: string };
    role: Role;
    organs: string[];
    /** done, next (can be taken from the present state) or later. */
    standing: 'done' | 'next' | 'later';
    /** Signatures that hold for the content as it stands. */
    signatures: SignOff[];
    /** Why the asker cannot take or sign it now; null: they can. Key of a sentence. */
    refusal: StepRefusal | null;
  }[];
  /** Whether the asker may return the plan now. */
  mayReturn: boolean;
  /** While it can be edited: open warnings, each kind of which needs a reason to be submitted. */
  warnings: { check: CheckId; count: number }[];
  /** Newest first. */
  history: StepRecord[];
}
export type StepRefusal = 'not-your-role' | 'not-your-region' | 'not-your-organ' | 'signed-already' | 'not-yet' | 'done' | 'goes-by-filing';

/** What became of a grid of the former layout in the new one, or the other way round. */
export type GridFate = 'unchanged' | 'moved' | 'split' | 'merged' | 'redrawn' | 'new' | 'retired';

/** One line of a comparison: grids that belong together, former and present. */
export interface ComparedGrids {
  fate: GridFate;
  community: string;
  former: { grid: number; name: string; code: string | null; households: number; area_m2: number }[];
  present: { grid: number; name: string; code: string | null; households: number; area_m2: number }[];
  /** Households and area that changed their grid within this line. */
  householdsMoved: number;
  areaMovedM2: number;
}

/** GET /api/plans/ID/comparison?with=PLAN (default: the plan it was branched from) */
export interface PlanComparison {
  plan: number;
  with: number;
  counts: Record<GridFate, number>;
  lines: ComparedGrids[];
}

/** GET /api/codes?query= and /api/codes/CODE */
export type CodeState = 'provisional' | 'filed' | 'official' | 'retired';
export interface CodeSummary {
  code: string;
  scheme: string;
  state: CodeState;
  community: string;
  communityName: string | null;
  gridName: string | null;
  issuedAt: string;
}

/** GET /api/codes/CODE/explanation: what a text says by each scheme, whether it was ever issued or not. */
export interface CodeExplanationAnswer {
  /** As the books would have it: half-width capitals without spaces. */
  code: string;
  issued: boolean;
  /** Those that could have made it first. */
  schemes: {
    scheme: string;
    name: { zh: string; en: string };
    /** Why it is no code of that scheme; null: it is one. */
    failure: 'length' | 'characters' | 'literal' | 'type' | 'check' | 'reserved' | null;
    community: string | null;
    /** null: not known here. */
    communityName: string | null;
    /** null: the scheme does not tell kinds apart. */
    kind: GridKind | null;
    sequence: number | null;
    cell: number | null;
    segments: CodeRecord['segments'];
  }[];
}

/** GET /api/plans/ID/codes: how far the issuing has come that is running; null: none is. */
export interface CodesProgress {
  done: number;
  total: number;
}

/** What became of a code: successors, or why there is none. */
export interface CodeLineage {
  code: string;
  kind: 'split' | 'merge' | 'recode' | 'redraw';
  at: string;
}

/** GET /api/code-ranges */
export interface CodeRange {
  id: number;
  scheme: string;
  /** Regions (prefix) that take their numbers from it. */
  region: string;
  first: number;
  last: number;
  note: string;
  at: string;
  actor: string;
}

/** GET /api/schemes and …/ID/versions */
export interface SchemeHead {
  scheme: string;
  version: number;
  name: { zh: string; en: string };
  source: { zh: string; en: string };
  note: string;
  at: string;
  actor: string;
}
export interface SchemeVersion extends SchemeHead {
  content: unknown;
}

/** POST /api/schemes/ID/preview: codes that real grids would get. */
export interface SchemePreview {
  codes: { grid: number; name: string; community: string; present: string | null; proposed: string }[];
  /** Why codes cannot be made of it; null: they can. */
  problem: Problem | null;
}

/** One thing that verification found in a filing package. */
export interface PackageFinding {
  severity: Severity;
  /** File within the package; null: the package as a whole. */
  file: string | null;
  /** Stable kind; key of its sentence. */
  message: string;
  values: Record<string, string | number>;
  /** In both languages, for the command line and the receipt. */
  sentence: { zh: string; en: string };
  /** Byte, line, feature or code: where in the file. */
  at: string | null;
}

/** GET /api/filings (packages sent by one's city), /api/inbox (packages received) */
export interface FilingRecord {
  id: number;
  /** SM3 of the whole package, hexadecimal. */
  digest: string;
  city: string;
  cityName: string;
  direction: 'sent' | 'received';
  state: 'filed' | 'received' | 'refused' | 'accepted' | 'returned' | 'partly-accepted';
  at: string;
  actor: string;
  bytes: number;
  /** The plans (counties) in it, and what was decided about each. */
  parts: {
    /** Number of the plan in the installation that made the package. */
    plan: number;
    region: string;
    regionName: string;
    grids: number;
    households: number;
    decision: 'open' | 'accepted' | 'returned';
    remarks: string;
  }[];
  findings: PackageFinding[];
}

/** What the province answers, as JSON and on paper; takes in the codes of the city's own installation. */
export interface FilingReceipt {
  format: 1;
  package: string;
  city: string;
  cityName: string;
  decidedAt: string;
  decidedBy: string;
  organ: string;
  parts: { plan: number; region: string; regionName: string; decision: 'accepted' | 'returned'; remarks: string; codes: number }[];
  /** SM3 of the receipt without this field. */
  digest: string;
}

/** GET /api/audit?from=&to=&action=&actor=&query=&before= newest first */
export interface AuditRecord {
  id: number;
  at: string;
  actor: string;
  account: number | null;
  organ: string;
  region: string;
  action: string;
  subject: string;
  detail: Record<string, string | number | boolean | null>;
  /** Network address that it came from, where that matters (sign-in, refusal). */
  address: string | null;
  /** Place in the chain, and its digest; null: not sealed yet. */
  position: number | null;
  digest: string | null;
}

/** GET /api/audit/head: the newest seal of the chain, to be noted down elsewhere; position 0 and zeros: nothing is sealed yet. */
export interface AuditHead {
  position: number;
  digest: string;
}

/** GET /api/layout?region=CODE&date=2026-03-01: GridCollection of what was official on that day; GET /api/layout/dates?region= */
export interface OfficialDate {
  /** Day on which the official layout of the region changed. */
  date: string;
  plan: number;
  planName: string;
  communities: number;
}
