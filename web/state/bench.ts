// What the parts of the store share: the client, the state, and one way to tell of a failure or of something done.
import type { StoreApi } from 'zustand';
import type { Client } from '../api/client.ts';
import { problemOf, ServerUnreachable, SIGN_IN_NEEDED } from '../api/problem.ts';
import type { Workspace } from './workspace.ts';

export interface WorkspaceParts {
  client: Client;
  /** Keeps unsent work and the last plan over a reload of the page. */
  storage: Pick<Storage, 'getItem' | 'setItem'>;
  /** Keeps what belongs to the reader for good. */
  preferences: Pick<Storage, 'getItem' | 'setItem'>;
  /** Loads the page anew. */
  reload: () => void;
}

export interface Bench extends WorkspaceParts {
  get: StoreApi<Workspace>['getState'];
  set: StoreApi<Workspace>['setState'];
  subscribe: StoreApi<Workspace>['subscribe'];
  /** Runs a request; a failure becomes the problem on the screen, a missing server the offline bar; both give null. */
  attempt: <T>(work: () => Promise<T>) => Promise<T | null>;
  notify: Workspace['explain'];
  nextSerial: () => number;
}

export function createBench(parts: WorkspaceParts, { getState: get, setState: set, subscribe }: StoreApi<Workspace>): Bench {
  let serial = 0;
  const nextSerial = (): number => ++serial;
  return {
    ...parts,
    get,
    set,
    subscribe,
    nextSerial,
    notify: (key, values = {}) => set({ notice: { key, values, serial: nextSerial() } }),
    attempt: attempter(set),
  };
}

/** The way of `attempt`, for stores beside the workspace. */
export function attempter(set: StoreApi<Workspace>['setState']): Bench['attempt'] {
  return async (work) => {
    try {
      return await work();
    } catch (error) {
      const problem = problemOf(error);
      if (error instanceof ServerUnreachable) set({ online: false });
      else if (problem.code === SIGN_IN_NEEDED) set(signedOut);
      else set({ problem });
      return null;
    }
  };
}

/** The server knows of no session any more; what is on the screen stays below the sign-in screen. */
export const signedOut = ({ session }: Workspace): Partial<Workspace> => ({ session: session && { ...session, account: null } });

export const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
