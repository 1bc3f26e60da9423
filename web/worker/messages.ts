// What page and worker say to each other. The worker holds one community; every answer bears the serial of its question.

import type { Operation } from '../../core/plan/operation.ts';
import type { GridKind } from '../../core/plan/state.ts';
import type { Profile } from '../../core/rules/profile.ts';
import type { PreviewSide } from '../state/workspace.ts';
import type { CommunityCollections } from './community-state.ts';

/** The community as the page has it; replaces whatever the worker held. */
export interface HoldRequest extends CommunityCollections {
  readonly type: 'hold';
  readonly profile: Profile;
}

export interface ForeseeRequest {
  readonly type: 'foresee';
  readonly serial: number;
  readonly operation: Operation;
}

export type WorkerRequest = HoldRequest | ForeseeRequest;

/** Where a side lies of the drawn line, as the screen shows it. */
export type LineSide = 'left' | 'right' | 'above' | 'below';

/** A side before the page has put its label into the reader's language. */
export interface ForeseenSide extends PreviewSide {
  readonly lineSide: LineSide | null;
  readonly kind: GridKind;
  /** Outline in degrees, as GeoJSON MultiPolygon coordinates; empty where no grid is meant. */
  readonly outline: number[][][][];
}

export interface Foresight {
  readonly sides: readonly ForeseenSide[];
  readonly cutBuildings: readonly number[];
  /** Pieces of border that the operation makes, in degrees. */
  readonly border: readonly (readonly [number, number, number, number])[];
  /** Why nothing would happen: the code of the failure. */
  readonly obstacle: string | null;
}

export interface WorkerAnswer {
  readonly serial: number;
  readonly foresight: Foresight;
  /** Time spent in the worker, milliseconds. */
  readonly milliseconds: number;
}
