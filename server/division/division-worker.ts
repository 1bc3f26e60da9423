// Divides communities in a thread of its own, one message each.
import { parentPort } from 'node:worker_threads';
import type { CommunityProposal } from '../../core/api/messages.ts';
import { type Division, type DivisionOptions, type DivisionTask, divideCommunity } from '../../core/division/divide.ts';
import { type Draft, draftDivision } from '../../core/division/draft.ts';
import { type DivisionProposal, layoutCounts, proposeDivision } from '../../core/division/proposal.ts';
import { planChange } from '../../core/plan/apply.ts';
import type { Change } from '../../core/plan/change.ts';
import type { Outcome, PlanFailure } from '../../core/plan/failure.ts';
import type { Adopt } from '../../core/plan/operations/adopt.ts';
import type { Divide } from '../../core/plan/operations/divide.ts';
import type { CommunityState } from '../../core/plan/state.ts';
import type { Profile } from '../../core/rules/profile.ts';

interface CommunityToDivide {
  readonly state: CommunityState;
  readonly operation: Divide;
  readonly profile: Profile;
}

interface CommunityToLayOut extends Omit<CommunityToDivide, 'operation'> {
  readonly operation: Divide | Adopt;
}

/** The proposal for one community; `layout` is JSON text (ProposedLayout), because it is kept and sent, never read. */
export type ProposalMade =
  | (Omit<DivisionProposal, 'layout'> & { readonly layout: string | null; readonly failure: null })
  | { readonly before: CommunityProposal['before']; readonly failure: PlanFailure };

/** What a thread can be asked, and what it answers. */
export interface DivisionWork {
  /** A community of some files, in which nothing is drawn yet. */
  draft: { given: Omit<CommunityToDivide, 'operation'>; made: Draft };
  /** A graph in, parts out. */
  divide: { given: { readonly task: DivisionTask; readonly options: DivisionOptions }; made: Division };
  /** The operation `divide`. */
  plan: { given: CommunityToDivide; made: Outcome<Change> };
  /** The same, or a layout that is given, beside what there is now. */
  propose: { given: CommunityToLayOut; made: ProposalMade };
}

export type DivisionRequest = {
  [Kind in keyof DivisionWork]: { id: number; kind: Kind; given: DivisionWork[Kind]['given'] };
}[keyof DivisionWork];

export interface DivisionAnswer {
  readonly id: number;
  readonly made: DivisionWork[keyof DivisionWork]['made'];
}

function work(request: DivisionRequest): DivisionAnswer['made'] {
  switch (request.kind) {
    case 'draft':
      return draftDivision(request.given.state, request.given.profile);
    case 'divide':
      return divideCommunity(request.given.task, request.given.options);
    case 'plan':
      return planChange(request.given.state, request.given.operation, request.given.profile);
    case 'propose':
      return propose(request.given);
  }
}

function propose({ state, operation, profile }: CommunityToLayOut): ProposalMade {
  const proposed = proposeDivision(state, operation, profile);
  if (!proposed.ok) return { before: layoutCounts(state, profile), failure: proposed.failure };
  const { layout, ...proposal } = proposed.value;
  return { ...proposal, layout: layout && JSON.stringify(layout), failure: null };
}

parentPort?.on('message', (request: DivisionRequest) => {
  parentPort?.postMessage({ id: request.id, made: work(request) } satisfies DivisionAnswer);
});
