// What travels over HTTP about imports: files and how they are read, progress, findings, what has to be decided.
import type { MultiPolygon } from 'geojson';
import type { Problem } from './messages.ts';

/** What a file of an import can hold. */
export type ImportKind =
  | 'communities'
  | 'buildings'
  | 'households'
  | 'barriers'
  | 'institutions'
  | 'department-grids'
  | 'staff'
  | 'regions';

export type SourceFormat =
  | 'geojson'
  | 'shapefile'
  | 'geopackage'
  | 'kml'
  | 'file-geodatabase'
  | 'dxf'
  | 'flatgeobuf'
  | 'csv'
  | 'xlsx'
  | 'osm';

/** Columns about persons are never stored; what the column holds. */
export type PersonalColumn = 'person-name' | 'id-number' | 'phone' | 'birth' | 'address-of-person';

export interface SourceField {
  /** As the file writes it. */
  name: string;
  type: 'text' | 'integer' | 'number' | 'date' | 'other';
  /** Some first values, as text; none of a personal column. */
  samples: string[];
  /** null: not personal. Such a column is dropped before anything is stored. */
  personal: PersonalColumn | null;
}

/** A way in which the coordinates may be meant, with the reason why it is offered. */
export interface CrsGuess {
  /** Id of core/geo/crs: `EPSG:4490` …, `GCJ-02`, `BD-09`. */
  crs: string;
  /** The file has northing or latitude first. */
  swapAxes: boolean;
  /** Key of its sentence: claimed by the file, zone number in the easting, numbers in degrees … */
  reason: string;
  /** Where the features would lie, in degrees: min longitude, min latitude, max longitude, max latitude. */
  bounds: [number, number, number, number];
}

export interface SourceLayer {
  name: string;
  features: number;
  geometry: 'point' | 'line' | 'polygon' | 'mixed' | 'none';
  fields: SourceField[];
  /** In the coordinates of the file: min x, min y, max x, max y; null: no geometry. */
  bounds: [number, number, number, number] | null;
  /** What the file says of itself: `EPSG:4490`, or the name of its coordinate system; null: nothing. */
  claimedCrs: string | null;
  /** Best first; empty: no geometry, or nothing fits the numbers. */
  crsGuesses: CrsGuess[];
  /** How texts were read, and what decided it; null: the format says it (XLSX, GeoPackage …). */
  encoding: { name: string; decidedBy: 'cpg' | 'ldid' | 'utf-8' | 'gb18030' | 'person' } | null;
  /** Row of a sheet in which the names of the fields were found; missing: it is no sheet. */
  headerRow?: number | null;
}

/** How a file is to be read. What is null has to be settled by a person before the import can run. */
export interface SourceChoice {
  kind: ImportKind | null;
  layer: string | null;
  /** null: as guessed. */
  encoding: string | null;
  /** null: not confirmed. Tables without geometry need none. */
  crs: string | null;
  swapAxes: boolean;
  /** Our field → theirs. */
  fields: Record<string, string>;
  /**
   * By kind: `county` of communities without a column for its name; `department` of old grids; `validFrom` (date) and `source` of a region
   * table; `class` of barriers without one; `attribution` of an open map; `plan` of staff.
   */
  settings: Record<string, string>;
}

/** A file that was sent for an import: what is in it and how it is to be read. */
export interface ImportSource {
  id: string;
  /** As it was sent. */
  name: string;
  bytes: number;
  /** null: unusable, `problem` says why. */
  format: SourceFormat | null;
  layers: SourceLayer[];
  choice: SourceChoice;
  /** Keys of what is still missing before it can be imported: `kind`, `layer`, `crs`, `field:code` … */
  missing: string[];
  problem: Problem | null;
}

export interface ImportProgress {
  id: string;
  phase: 'choosing' | 'reading' | 'validating' | 'building-blocks' | 'writing' | 'previewed' | 'done' | 'failed';
  /** 0–1 within the whole import. */
  fraction: number;
  /** Done and to do of the present phase, in its own unit. */
  done: number;
  total: number;
}

type ImportVerdict = 'taken' | 'mended' | 'refused';

/** One feature or row that was not simply taken. */
export interface ImportFinding {
  file: ImportKind;
  /** Name of the file as it was sent. */
  source: string;
  /** Counts from 1 in the file; the row of a sheet as the office's program numbers it. */
  feature: number;
  field: string | null;
  verdict: Exclude<ImportVerdict, 'taken'>;
  /** Stable kind, key of its sentence in the texts of the import. */
  message: string;
  values: Record<string, string | number>;
  coordinate: [number, number] | null;
}

/** Who receives a gap or an overlap: a community code, a rule, or nobody (a gap stays open). */
export type MisfitReceiver = string | 'longest-border' | 'larger' | 'open';

/** A gap between communities, or an area that more than one has. */
export interface ImportMisfit {
  /** The same in every run over the same files. */
  key: string;
  kind: 'gap' | 'overlap';
  /** Those concerned, by code; stored ones of the neighbourhood among them. */
  communities: { code: string; name: string }[];
  /** Codes of those of them that may receive it: what is stored already never changes. A gap may also stay `open`. */
  receivers: string[];
  areaM2: number;
  /** Mean width. */
  widthM: number;
  /** Degrees. */
  shape: MultiPolygon;
  /** Code of the receiver; null: open. */
  givenTo: string | null;
  /** `tolerance`: closed by itself. `person` with nobody who receives it: to stay open. null: somebody has to decide. */
  decidedBy: 'tolerance' | 'rule' | 'person' | null;
}

/** What people decided about an import; the body of a preview and of a run. */
export interface ImportDecisions {
  /** Leave refused rows out instead of stopping. */
  skipRefused: boolean;
  /** Gaps and overlaps narrower than this close by themselves, in metres; null: as usual. */
  toleranceM: number | null;
  /** By key of the misfit. */
  misfits: Record<string, MisfitReceiver>;
  /** All others above the tolerance; null: they have to be decided one by one. */
  otherMisfits: 'longest-border' | 'larger' | null;
  /** Old region code → its successor as confirmed, or null: abolished without one. */
  successors: Record<string, string | null>;
  /** Remove the stored buildings of the communities of the files that the list does not have; left out: they stay. */
  removeMissing?: boolean;
}

/** Households of one community by the files against its own register, or against what was stored before. */
export interface HouseholdComparison {
  community: string;
  name: string;
  /** Sum over the buildings after this import. */
  households: number;
  /** As the register of the community says (field `households` of the communities); null: it says nothing. */
  register: number | null;
  /** Stored before this import; null: the community is new. */
  before: number | null;
}

/** What a newer outline of a community that is there already did to its blocks and plans. */
export interface BoundaryChange {
  community: string;
  name: string;
  /** Blocks that kept their ids, were cut, and came anew. */
  kept: number;
  cut: number;
  added: number;
  gainedM2: number;
  lostM2: number;
  /** Open plans whose grids of this community changed with it. */
  plans: { id: number; name: string; assigned: number; unassigned: number }[];
  /** Settled, filed and official plans: they keep the former boundary until they are adjusted. */
  frozen: { id: number; name: string }[];
}

export interface RegionChange {
  kind: 'added' | 'removed' | 'renamed' | 'recoded';
  /** null: added, and never there before. */
  old: { code: string; name: string } | null;
  /** null: removed. */
  new: { code: string; name: string } | null;
  /** A rename or a new code is a guess by name until a person confirmed it. */
  confirmed: boolean;
  /** Other regions that could be meant. */
  candidates: { code: string; name: string }[];
  /** Plans and codes that speak of the old region. */
  plans: number;
  grids: number;
  officialCodes: number;
}

/** What newer old grids of a department mean for those of the same county that are there already. */
export interface DepartmentGridChange {
  /** Id of core/one-net/departments.ts, or free text. */
  department: string;
  county: { code: string; name: string };
  added: number;
  /** There already, just like this. */
  unchanged: number;
  /** Were there, are not in the newer file and go. */
  removed: number;
}

/** GET /api/imports/ID → progress and, when it was previewed, done or failed, the report. */
export interface ImportReport {
  counts: Record<ImportKind, Record<ImportVerdict, number>>;
  /** Rows that were there already, just like this: nothing was to be done. */
  unchanged: number;
  findings: ImportFinding[];
  /** Columns about persons that were dropped. */
  dropped: { source: string; field: string; personal: PersonalColumn }[];
  misfits: ImportMisfit[];
  registers: HouseholdComparison[];
  boundaries: BoundaryChange[];
  regions: RegionChange[];
  departmentGrids?: DepartmentGridChange[];
  /** Stored buildings of the communities of the files that the list does not have. */
  missingBuildings?: { buildings: number; households: number; removed: boolean };
  /** Regions that a plan can be made for. */
  counties: { code: string; name: string }[];
  blocks: number;
  households: number;
  population: number;
  seconds: number;
}

export interface ImportStatus extends ImportProgress {
  sources: ImportSource[];
  report: ImportReport | null;
  problem: Problem | null;
}
