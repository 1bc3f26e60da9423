// Plans that wait for whoever is signed in; asked for again when a plan moves on and when the reader comes back to the page.
import { create } from 'zustand';
import type { WaitingPlan } from '../../core/api/messages.ts';
import { lifecycleClient } from '../api/lifecycle-client.ts';
import { useWorkspace } from './store.ts';

export interface WaitingStore {
  plans: readonly WaitingPlan[];
  read: () => Promise<void>;
}

/** Work that others hand over is seen within this time. */
const ASK_MILLISECONDS = 60_000;

export const useWaiting = create<WaitingStore>()((set, get) => {
  const mayRead = (): boolean => useWorkspace.getState().owner?.permissions.includes('read') === true;
  const readIfSeen = (): void => {
    if (document.visibilityState === 'visible') void get().read();
  };

  useWorkspace.subscribe((now, before) => {
    if (now.owner !== before.owner || now.plan?.state !== before.plan?.state) void get().read();
  });
  document.addEventListener('visibilitychange', readIfSeen);
  setInterval(readIfSeen, ASK_MILLISECONDS);

  return {
    plans: [],
    read: async () => {
      if (!mayRead()) return set({ plans: [] });
      // What cannot be asked now is asked again; the bar of the server tells of the trouble.
      set({ plans: await lifecycleClient.waiting().catch(() => get().plans) });
    },
  };
});
