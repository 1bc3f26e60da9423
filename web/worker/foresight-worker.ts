// The worker: holds the community that is open and answers what an operation would do to it, off the main thread.
import { communityState } from './community-state.ts';
import { foresee, type HeldCommunity, holdCommunity } from './foresee.ts';
import type { Foresight, WorkerAnswer, WorkerRequest } from './messages.ts';

let held: HeldCommunity | null = null;

/** A preview that fails must not silence the ones after it; the server still judges the operation itself. */
function attempt(work: () => Foresight): Foresight {
  try {
    return work();
  } catch (error) {
    console.error(error);
    return { sides: [], cutBuildings: [], border: [], obstacle: 'no-preview' };
  }
}

self.addEventListener('message', ({ data }: MessageEvent<WorkerRequest>) => {
  if (data.type === 'hold') {
    held = holdCommunity(communityState(data), data.profile);
    return;
  }
  const community = held;
  if (community === null) return;
  const begun = performance.now();
  const foresight = attempt(() => foresee(community, data.operation));
  const answer: WorkerAnswer = { serial: data.serial, foresight, milliseconds: performance.now() - begun };
  self.postMessage(answer);
});
