// What goes into a filing package (DESIGN §9): settled plans of one city, with everything that a province needs to judge them.
import type { Feature, LineString, MultiPolygon, Point, Polygon } from 'geojson';
import type { z } from 'zod';
import type {
  BarrierProperties,
  BuildingProperties,
  CodeLineage,
  GridProperties,
  InstitutionProperties,
  PlanSummary,
  SignOff,
} from '../api/messages.ts';
import type { schemeSchema } from '../codes/scheme.ts';
import type { LayoutGrid } from '../export/layout.ts';
import type { StepId } from '../lifecycle/lifecycle.ts';
import type { ProfileContent } from '../rules/profile.ts';
import type { Issue } from '../rules/rule.ts';

/** Geometry is GeoJSON in degrees on the lattice. Properties beyond those named here are left out of the package. */
export interface FilingContents {
  readonly city: { readonly code: string; readonly name: string };
  readonly created: FilingOrigin;
  /** 审图号 or 内部用图, on every map. */
  readonly sheetMark: string;
  /** The data say of themselves that they are made up. */
  readonly synthetic: boolean;
  /** The rules that all plans of the package follow. */
  readonly profile: { readonly version: number; readonly content: ProfileContent };
  readonly scheme: { readonly version: number; readonly content: z.input<typeof schemeSchema> };
  /** The newest seal of the audit log where the package was made: kept elsewhere, it shows later that nothing up to it was cut off. */
  readonly auditHead: { readonly position: number; readonly digest: string };
  /** Which table of regions the communities come from. */
  readonly regionTable: string;
  readonly plans: readonly FilingPlan[];
}

export interface FilingOrigin {
  /** YYYY-MM-DD */
  readonly day: string;
  readonly person: string;
  readonly organ: string;
}

/** One settled plan. Two plans of a package have no community in common. */
export interface FilingPlan {
  readonly plan: Pick<PlanSummary, 'id' | 'name' | 'region' | 'regionName' | 'parent'>;
  /** SM3 of the content that was signed, hexadecimal. */
  readonly digest: string;
  /** Every grid with its code; cells as the layout has them. */
  readonly grids: readonly FilingGrid[];
  readonly communities: readonly FilingCommunity[];
  readonly buildings: readonly FilingBuilding[];
  readonly barriers: readonly Feature<LineString, BarrierProperties>[];
  readonly institutions: readonly Feature<Polygon, InstitutionProperties>[];
  readonly signatures: readonly FilingSignature[];
  /** Open and excused issues of the plan. */
  readonly checks: readonly FilingCheck[];
  /** Codes that this plan ends or gives for the first time in place of others. */
  readonly changes: readonly FilingChange[];
}

export type FilingGrid = Feature<MultiPolygon, LayoutGrid & Pick<GridProperties, 'party' | 'staff'>>;

/** `outline`: exactly what its blocks cover, vertex by vertex (core/coverage/outline.ts), or the tiling cannot be proved. */
export interface FilingCommunity {
  readonly code: string;
  readonly name: string;
  readonly town: string;
  readonly county: string;
  readonly outline: MultiPolygon;
}

/** Footprint, or a point where no footprint is known; `point` is where it is counted. Never a name of a person. */
export type FilingBuilding = Feature<Polygon | Point, Pick<BuildingProperties, 'id' | 'households' | 'population' | 'use' | 'point'>>;

export interface FilingSignature extends SignOff {
  readonly step: StepId;
}

/** What a check found. `grid`: its code; null: the community as a whole. `reason`: why it may stand; empty: none was given. */
export interface FilingCheck extends Pick<Issue, 'check' | 'severity' | 'community' | 'message' | 'values' | 'measured' | 'limit'> {
  readonly grid: string | null;
  readonly reason: string;
}

/** `from` null: a grid where none was; `to` null: nothing follows it, and `reason` says why. */
export interface FilingChange {
  readonly community: string;
  readonly from: string | null;
  /** Name of the former grid. */
  readonly fromName: string;
  readonly to: string | null;
  readonly kind: CodeLineage['kind'] | 'new' | 'end';
  readonly reason: string;
}
