// Puts the import store together from its desks: files, preview and run; and what the hand does on the screen alone.
import { create } from 'zustand';
import { attempter } from './bench.ts';
import { type Import, type ImportBench, type ImportParts, type ImportStore, NOTHING_OPEN, OPEN_IMPORT_KEY } from './import.ts';
import { courseDesk } from './import-course.ts';
import { sourceDesk } from './import-sources.ts';
import { FILE_STEPS, previewText, sourcesWanting, stepAfter } from './import-steps.ts';

/** One store per page; its parts are handed in so that it runs without a browser. */
export function createImport(parts: ImportParts): ImportStore {
  return create<Import>((set, get) => {
    const bench: ImportBench = { ...parts, get, set, attempt: attempter(parts.workspace.setState) };
    const sources = sourceDesk(bench);
    const putAway = (): void => {
      sources.forget();
      parts.session.removeItem(OPEN_IMPORT_KEY);
      set(NOTHING_OPEN);
    };
    return {
      ...NOTHING_OPEN,
      ...sources.actions,
      ...courseDesk(bench, putAway),
      ...handActions(bench),
      leave: async () => {
        const { status } = get();
        putAway();
        if (status === null || status.phase === 'done') return;
        await bench.attempt(async () => (await parts.client.leave(status.id)) ?? true);
      },
    };
  });
}

function handActions({ get, set }: ImportBench) {
  return {
    goTo: (step) => {
      const fileStep = FILE_STEPS.find((one) => one === step);
      const [first] = fileStep === undefined ? [] : sourcesWanting(get().status?.sources ?? [], fileStep);
      set({ step, ...(first && { at: first.id }) });
      const { status, decisions, previewed, asking, preview } = get();
      if (step === 'preview' && asking === null && status !== null && previewed !== previewText(status.sources, decisions)) void preview();
    },
    goOn: () => get().goTo(stepAfter(get().step, get().status?.sources ?? [])),
    takeInHand: (at) => set({ at }),
    decide: (change) => set(({ decisions }) => ({ decisions: { ...decisions, ...change } })),
    giveMisfit: (key, to) =>
      set(({ decisions }) => {
        const { [key]: _, ...others } = decisions.misfits;
        return { decisions: { ...decisions, misfits: to === null ? others : { ...others, [key]: to } } };
      }),
  } satisfies Partial<Import>;
}
