// The hand's operations on their way out and everybody's results on their way in.
import type { OperationAnswer } from '../../core/api/messages.ts';
import type { Operation } from '../../core/plan/operation.ts';
import { applyToGrids, applyToReport } from './apply-answer.ts';
import { type Bench, signedOut } from './bench.ts';
import { type CommunityDesk, NO_BLOCKS } from './community.ts';
import { createOperationQueue, type OperationQueue, POSSIBLE } from './operation-queue.ts';
import type { ActiveCommunity, Workspace } from './workspace.ts';

export interface OperationDesk {
  transact: Workspace['transact'];
  /** An operation of another screen, or one of ours that came back by the live updates. */
  receive: (answer: OperationAnswer) => void;
  queue: OperationQueue;
}

export function operationDesk(bench: Bench, community: CommunityDesk): OperationDesk {
  const { get, set, notify } = bench;

  function apply(plan: number, answer: OperationAnswer): void {
    const { progress, planGrids, report, selectedGrid, selectedBlocks } = get();
    if (get().plan?.id !== plan) return;
    community.receive(answer);
    const known = progress.get(answer.community);
    if (known !== undefined && known.revision >= answer.revision) return;
    set({
      progress: new Map(progress).set(answer.community, answer.progress),
      planGrids: applyToGrids(planGrids, answer),
      report: report === null ? null : applyToReport(report, answer.community, answer.issues),
    });
    if (selectedGrid !== null && answer.removed.includes(selectedGrid)) set({ selectedGrid: null });
    if (answer.blocks.removed.some((block) => selectedBlocks.has(block))) set({ selectedBlocks: NO_BLOCKS });
  }

  /** What the hand made or kept is what it goes on with. */
  function follow(answer: OperationAnswer, operation: Operation, before: ActiveCommunity | null): void {
    if (operation.type === 'merge') set({ selectedGrid: operation.into });
    if (operation.type === 'carve' || (operation.type === 'assign' && operation.to === 'new')) {
      const known = new Set(before?.grids.features.map((grid) => grid.properties.id));
      const made = answer.grids.find((grid) => !known.has(grid.properties.id));
      if (made !== undefined) set({ selectedGrid: made.properties.id });
    }
    if (operation.type === 'assign') set({ selectedBlocks: NO_BLOCKS });
    const step = operation.type === 'undo' ? before?.undo : operation.type === 'redo' ? before?.redo : null;
    if (step)
      notify(operation.type === 'undo' ? 'shell:notices.undone' : 'shell:notices.redone', {
        operation: step.operation,
        grid: step.grid ?? '',
      });
  }

  const person = (): string => get().owner?.login ?? '';
  const queue = createOperationQueue(bench.client, bench.storage, person, {
    state: (saveState, unsent) => set({ saveState, unsent }),
    away: () => set({ online: false }),
    signedOut: () => set(signedOut),
    done: (item, answer) => {
      if (answer === null) return void community.reload(item.community);
      const before = shownBefore.get(item.operation) ?? null;
      apply(item.plan, answer);
      if (get().active?.code === item.community) follow(answer, item.operation, before);
    },
    refused: (item, problem, dropped) => {
      set({ problem, preview: null });
      if (problem.code === 'stale-base') {
        notify('shell:notices.reloaded', { community: get().progress.get(item.community)?.name ?? item.community });
        void community.reload(item.community);
      } else if (dropped > 0) notify('shell:notices.dropped', { count: dropped });
    },
  });
  /** The community as the hand saw it when it began the operation; the live updates may overtake the answer. */
  const shownBefore = new WeakMap<Operation, ActiveCommunity>();

  return {
    queue,
    transact: async (operation, possible = POSSIBLE) => {
      const { plan, active } = get();
      if (plan === null || active === null) return 'refused';
      set({ problem: null });
      shownBefore.set(operation, active);
      return queue.add({ plan: plan.id, community: active.code, base: active.revision, operation }, possible);
    },
    receive: (answer) => {
      const { plan, active, unsent, ownChanges } = get();
      if (plan === null) return;
      const own = unsent > 0 || ownChanges.has(answer.community);
      const news = active?.code === answer.community && answer.revision > active.revision && !own;
      apply(plan.id, answer);
      if (news) notify('shell:notices.changedByOther', { actor: answer.actor });
    },
  };
}
