// What page and worker say to each other. The worker holds one community; every answer bears the serial of its question.

import type { DivisionProposal } from '../../core/division/proposal.ts';
import type { Mend } from '../../core/division/suggest.ts';
import type { Outcome } from '../../core/plan/failure.ts';
import type { Operation } from '../../core/plan/operation.ts';
import type { Divide } from '../../core/plan/operations/divide.ts';
import type { GridKind } from '../../core/plan/state.ts';
import type { Profile } from '../../core/rules/profile.ts';
import type { PreviewSide } from '../state/workspace.ts';
import type { CommunityCollections } from './community-state.ts';

/** The community as the page has it; replaces whatever the worker held. */
export interface HoldRequest extends CommunityCollections {
  readonly type: 'hold';
  readonly profile: Profile;
}

export type Question =
  | { readonly type: 'foresee'; readonly operation: Operation }
  | { readonly type: 'propose'; readonly operation: Divide }
  | { readonly type: 'suggest'; readonly grid: number };

export type WorkerRequest = HoldRequest | (Question & { readonly serial: number });

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

/** What each question is answered with. */
export interface AnswerTo {
  foresee: Foresight;
  propose: Outcome<DivisionProposal> | NotWorkedOut;
  suggest: readonly Mend[];
}

interface NotWorkedOut {
  readonly ok: false;
  readonly failure: { readonly code: 'no-preview' };
}

/** The answer when it could not be worked out; the console of the worker says why. */
export const NO_PREVIEW: AnswerTo = {
  foresee: { sides: [], cutBuildings: [], border: [], obstacle: 'no-preview' },
  propose: { ok: false, failure: { code: 'no-preview' } },
  suggest: [],
};

export interface WorkerAnswer {
  readonly serial: number;
  readonly answer: AnswerTo[Question['type']];
  /** Time spent in the worker, milliseconds. */
  readonly milliseconds: number;
}
