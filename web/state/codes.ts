// Codes: the registry searched, and the card of one code, which may be any text that was ever pasted.
import { create } from 'zustand';
import type { CodeExplanationAnswer, CodeRecord, CodeSummary } from '../../core/api/messages.ts';
import { normalCode } from '../../core/codes/explain.ts';
import { lifecycleClient } from '../api/lifecycle-client.ts';
import { problemOf, ServerRefused } from '../api/problem.ts';
import { attempter } from './bench.ts';
import { useLayout } from './layout.ts';
import { useWorkspace } from './store.ts';

export interface CodesStore {
  /** The code on the card, as the registry writes it. */
  code: string | null;
  /** null: it is being looked up, or was never issued. */
  record: CodeRecord | null;
  /** What the text says by each scheme; null: being looked up. */
  explanation: CodeExplanationAnswer | null;
  /** Found in the registry for what is being typed. */
  found: readonly CodeSummary[];
  search: (text: string) => void;
  /** Opens the card. */
  look: (code: string) => Promise<void>;
}

/** As few characters tell too little. */
const LEAST_SEARCHED = 6;
const SEARCH_DELAY_MS = 200;
const NOT_FOUND = 404;
/** Digits and capital letters, at least as many as a community has. */
const CODE = /^[0-9A-Z]{12,30}$/;

const attempt = attempter(useWorkspace.setState);

/** The text as a code, where it looks like one; null: it does not. */
export function codeIn(text: string): string | null {
  const code = normalCode(text);
  return CODE.test(code) && /^\d{6}/.test(code) ? code : null;
}

export const useCodes = create<CodesStore>()((set, get) => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wanted = '';

  /** null: there is no such code. */
  async function lookUp(code: string): Promise<CodeRecord | null> {
    try {
      return await lifecycleClient.code(code);
    } catch (error) {
      if (error instanceof ServerRefused && problemOf(error).status === NOT_FOUND) return null;
      throw error;
    }
  }

  return {
    code: null,
    record: null,
    explanation: null,
    found: [],
    search: (text) => {
      wanted = normalCode(text);
      clearTimeout(timer);
      if (!/^[0-9A-Z]+$/.test(wanted) || wanted.length < LEAST_SEARCHED) return set({ found: [] });
      const query = wanted;
      timer = setTimeout(async () => {
        const found = await attempt(() => lifecycleClient.codes(query));
        if (wanted === query) set({ found: found ?? [] });
      }, SEARCH_DELAY_MS);
    },
    look: async (text) => {
      const code = normalCode(text);
      set({ code, record: null, explanation: null });
      useLayout.getState().openDialog('code');
      const answers = await attempt(() => Promise.all([lookUp(code), lifecycleClient.explanation(code)]));
      if (answers === null || get().code !== code) return;
      const [record, explanation] = answers;
      set({ record, explanation });
    },
  };
});
