// The course of the import in hand: preview and run are asked for, watched, cancelled, and taken up again by a page loaded anew.
import type { ImportStatus } from '../../core/api/import-messages.ts';
import { ServerRefused } from '../api/problem.ts';
import { pause } from './bench.ts';
import { type Import, type ImportBench, NOTHING_OPEN, OPEN_IMPORT_KEY } from './import.ts';
import { isRunning, previewText } from './import-steps.ts';

const POLL_MS = 400;
const NOT_FOUND = 404;

/** @param putAway drops the import in hand on this page */
export function courseDesk(
  { workspace, client, session, isShown, get, set, attempt }: ImportBench,
  putAway: () => void,
): Pick<Import, 'resume' | 'preview' | 'run' | 'cancel'> {
  /** What was asked for last, until the server has begun with it: only then it can be cancelled. */
  let starting: Promise<unknown> = Promise.resolve();

  /** Watches until nothing is running any more. */
  async function follow(id: string): Promise<void> {
    while (get().status?.id === id) {
      const now = await read(id);
      if (get().status?.id !== id) return;
      if (now === 'gone') return putAway();
      if (now !== null) set({ status: now });
      if (now !== null && !isRunning(now.phase)) return;
      await pause(POLL_MS);
    }
  }

  async function read(id: string): Promise<ImportStatus | 'gone' | null> {
    return attempt(async () => {
      try {
        return await client.status(id);
      } catch (error) {
        if (error instanceof ServerRefused && error.problem.status === NOT_FOUND) return 'gone';
        throw error;
      }
    });
  }

  async function ask(what: 'preview' | 'run'): Promise<void> {
    const { status, decisions } = get();
    if (status === null) return;
    workspace.getState().dismissProblem();
    const text = previewText(status.sources, decisions);
    const beginning: ImportStatus = { ...status, phase: 'reading', fraction: 0, done: 0, total: 0, report: null, problem: null };
    set({ asking: what, step: what, status: beginning, ...(what === 'preview' && { previewed: null }) });
    const request = attempt(() => client[what](status.id, decisions));
    starting = request;
    const begun = await request;
    set({ status: begun ?? status });
    if (begun === null) return set({ asking: null });
    await follow(status.id);
    if (what === 'preview' && get().status?.phase === 'previewed') set({ previewed: text });
    await ended(what);
  }

  /** Nothing is running any more. */
  async function ended(what: 'preview' | 'run'): Promise<void> {
    set({ asking: null });
    const { status } = get();
    if (what === 'preview' || status === null) return;
    // Whoever folded the sheet away is told.
    if (!isShown()) workspace.getState().explain(`import:phase.${status.phase}`);
    if (status.phase === 'done') await afterwards();
  }

  /** The installation holds other data now. */
  async function afterwards(): Promise<void> {
    const { start, plans, refreshPlans, refreshPlan } = workspace.getState();
    if (plans.length === 0) await start();
    else await Promise.all([refreshPlans(), refreshPlan()]);
  }

  return {
    resume: async () => {
      const id = session.getItem(OPEN_IMPORT_KEY);
      if (get().status !== null || id === null) return;
      const status = await read(id);
      if (get().status !== null) return;
      if (status === 'gone') return session.removeItem(OPEN_IMPORT_KEY);
      if (status === null) return;
      const running = isRunning(status.phase);
      set({ ...NOTHING_OPEN, status, step: running || status.phase === 'done' ? 'run' : 'files', sending: get().sending });
      if (!running) return;
      set({ asking: 'run' });
      await follow(id);
      await ended('run');
      // It was a preview, made of decisions that this page does not know.
      if (get().status?.phase === 'previewed') set({ step: 'preview' });
    },
    preview: () => ask('preview'),
    run: () => ask('run'),
    cancel: async () => {
      const { status, asking: before } = get();
      if (status === null) return;
      set({ asking: 'cancel' });
      await starting;
      const answer = await attempt(() => client.cancel(status.id));
      if (answer === null) set(({ asking }) => (asking === 'cancel' ? { asking: before } : {}));
    },
  };
}
