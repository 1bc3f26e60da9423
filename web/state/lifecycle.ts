// The way of the open plan from draft to official: how far it is, what the reader can do, what happened; read anew when the plan changes.
import { create } from 'zustand';
import type { LifecycleStatus } from '../../core/api/messages.ts';
import { lifecycleClient, type StepRequest } from '../api/lifecycle-client.ts';
import { attempter } from './bench.ts';
import { useLayout } from './layout.ts';
import { useWorkspace } from './store.ts';
import type { Workspace } from './workspace.ts';

export interface LifecycleStore {
  /** null: it is being read. */
  status: LifecycleStatus | null;
  /** What is being done right now. */
  working: StepRequest['action'] | 'adjusting' | null;
  read: () => Promise<void>;
  /** Takes, signs or returns; false when the server refused. */
  take: (step: StepRequest) => Promise<boolean>;
  /** A draft for these communities of the open official plan, which is opened then; false when the server refused. */
  adjust: (wanted: { name: string; communities: readonly string[] }) => Promise<boolean>;
}

const attempt = attempter(useWorkspace.setState);

export const useLifecycle = create<LifecycleStore>()((set, get) => {
  /** Answers overtake each other: only that to the newest question counts. */
  let questions = 0;
  const openPlan = (): number | undefined => useWorkspace.getState().plan?.id;

  async function during<T>(working: LifecycleStore['working'], work: () => Promise<T>): Promise<T | null> {
    useWorkspace.getState().dismissProblem();
    set({ working });
    const result = await attempt(work);
    set({ working: null });
    return result;
  }

  useWorkspace.subscribe((now, before) => {
    if (now.plan?.id !== before.plan?.id) set({ status: null });
    if (now.plan !== before.plan) void get().read();
  });

  return {
    status: null,
    working: null,
    read: async () => {
      const plan = openPlan();
      if (plan === undefined) return;
      const question = ++questions;
      const status = await attempt(() => lifecycleClient.status(plan));
      if (status !== null && openPlan() === plan && question === questions) set({ status });
    },
    take: async (step) => {
      const plan = openPlan();
      if (plan === undefined) return false;
      const seen = get().status?.digest;
      const wanted = step.action === 'sign' && seen !== undefined ? { ...step, digest: seen } : step;
      const status = await during(step.action, () => lifecycleClient.take(plan, wanted));
      if (status === null || openPlan() !== plan) return false;
      questions += 1;
      set({ status });
      useWorkspace.getState().chooseTool('select');
      await Promise.all([useWorkspace.getState().refreshPlans(), useWorkspace.getState().refreshPlan()]);
      return true;
    },
    adjust: async (wanted) => {
      const plan = openPlan();
      if (plan === undefined) return false;
      const made = await during('adjusting', () => lifecycleClient.adjust(plan, wanted));
      if (made === null) return false;
      useLayout.getState().openDialog(null);
      await useWorkspace.getState().openMadePlan(made.id);
      return true;
    },
  };
});

/** Why the plan was returned, while it is still to be mended; null: it was not. */
export function returnOf({ plan }: Pick<Workspace, 'plan'>, status: LifecycleStatus | null): LifecycleStatus['history'][number] | null {
  if (plan?.state !== 'returned' || status?.plan !== plan.id) return null;
  return status.history.find(({ action }) => action === 'return') ?? null;
}
