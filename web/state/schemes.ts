// The editor of the code schemes: versions of one, a draft of the next, its codes on the grids of the open plan, ranges handed out.
import { create } from 'zustand';
import type { CodeRange, SchemeHead, SchemePreview, SchemeVersion } from '../../core/api/messages.ts';
import type { Scheme } from '../../core/codes/scheme.ts';
import { schemeRefusals } from '../../core/codes/scheme-refusal.ts';
import { DEFAULT_SCHEME } from '../../core/codes/schemes.ts';
import { schemeClient as client, type NewRange, type SchemeCopy } from '../api/scheme-client.ts';
import { attempter } from './bench.ts';
import { useWorkspace } from './store.ts';

export interface SchemeEditor {
  /** The newest version of every scheme. */
  heads: readonly SchemeHead[];
  /** Every version of the scheme in hand, newest first. */
  versions: readonly SchemeHead[];
  newest: SchemeVersion | null;
  /** The draft: what the next version would say. */
  content: Scheme | null;
  note: string;
  /** Codes by the draft; null: none could be made, or no plan is open. */
  preview: SchemePreview | null;
  ranges: readonly CodeRange[];
  working: boolean;
  /** Takes a scheme in hand, that of the open plan where none is named; a draft that was begun is kept instead. */
  open: (scheme?: string) => Promise<void>;
  edit: (content: Scheme) => void;
  explain: (note: string) => void;
  discard: () => void;
  /** The draft becomes the next version; false when the server refused. */
  save: () => Promise<boolean>;
  /** A new scheme that begins as the newest version of this one; false when the server refused. */
  copy: (copy: Omit<SchemeCopy, 'from'>) => Promise<boolean>;
  /** False when the server refused. */
  handOut: (range: Omit<NewRange, 'scheme'>) => Promise<boolean>;
  askPreview: () => Promise<void>;
}

/** A scheme with a check character at its end is the scheme of that id and a check. */
const CHECKED = /\+.*$/;

const attempt = attempter(useWorkspace.setState);

export const useSchemes = create<SchemeEditor>((set, get) => {
  async function during<T>(work: () => Promise<T>): Promise<T | null> {
    useWorkspace.getState().dismissProblem();
    set({ working: true });
    const result = await attempt(work);
    set({ working: false });
    return result;
  }

  /** Everything about a scheme; the draft begins anew. */
  async function read(scheme: string): Promise<void> {
    const all = await during(() => Promise.all([client.schemes(), client.versions(scheme), client.scheme(scheme), client.ranges(scheme)]));
    if (all === null) return;
    const [heads, versions, newest, ranges] = all;
    set({ heads, versions, newest, ranges, content: newest.content as Scheme, note: '', preview: null });
    await askPreview();
  }

  async function askPreview(): Promise<void> {
    const { newest, content } = get();
    const plan = useWorkspace.getState().plan?.id;
    if (newest === null || content === null || plan === undefined || schemeRefusals(content).length > 0) return set({ preview: null });
    const preview = await attempt(() => client.preview(newest.scheme, { content, plan }));
    if (get().content === content) set({ preview });
  }

  return {
    ...{ heads: [], versions: [], newest: null, content: null, note: '', preview: null, ranges: [], working: false, askPreview },
    open: async (scheme = useWorkspace.getState().plan?.scheme.replace(CHECKED, '') ?? DEFAULT_SCHEME) => {
      const { newest, content } = get();
      if (content === (newest?.content ?? null)) await read(scheme);
    },
    edit: (content) => set({ content }),
    explain: (note) => set({ note }),
    discard: () => set({ content: get().newest?.content as Scheme, note: '' }),
    save: async () => {
      const { newest, content, note } = get();
      if (newest === null || content === null) return false;
      const made = await during(() => client.save(newest.scheme, { base: newest.version, content, note }));
      if (made !== null) await read(made.scheme);
      return made !== null;
    },
    copy: async (copy) => {
      const { newest } = get();
      if (newest === null) return false;
      const made = await during(() => client.copy({ ...copy, from: { scheme: newest.scheme, version: newest.version } }));
      if (made !== null) await read(made.scheme);
      return made !== null;
    },
    handOut: async (range) => {
      const { newest } = get();
      if (newest === null) return false;
      const made = await during(() => client.handOut({ ...range, scheme: newest.scheme }));
      if (made !== null) set({ ranges: [...get().ranges, made] });
      return made !== null;
    },
  };
});
