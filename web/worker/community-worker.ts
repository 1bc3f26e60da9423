// The worker: holds the community that is open and answers, off the main thread, what an operation or a division would do to it.
import { proposeDivision } from '../../core/division/proposal.ts';
import { suggestMends } from '../../core/division/suggest.ts';
import { communityState } from './community-state.ts';
import { foresee, type HeldCommunity, holdCommunity } from './foresee.ts';
import { type AnswerTo, NO_PREVIEW, type Question, type WorkerAnswer, type WorkerRequest } from './messages.ts';

let held: HeldCommunity | null = null;

function answerTo(community: HeldCommunity, question: Question): AnswerTo[Question['type']] {
  switch (question.type) {
    case 'foresee':
      return foresee(community, question.operation);
    case 'propose':
      return proposeDivision(community.state, question.operation, community.profile);
    case 'suggest':
      return suggestMends(community.state, community.profile, question.grid);
  }
}

/** A question that fails must not silence the ones after it; the server still judges the operation itself. */
function attempt(community: HeldCommunity, question: Question): AnswerTo[Question['type']] {
  try {
    return answerTo(community, question);
  } catch (error) {
    console.error(error);
    return NO_PREVIEW[question.type];
  }
}

self.addEventListener('message', ({ data }: MessageEvent<WorkerRequest>) => {
  if (data.type === 'hold') {
    held = holdCommunity(communityState(data), data.profile);
    return;
  }
  if (held === null) return;
  const begun = performance.now();
  const answer: WorkerAnswer = { serial: data.serial, answer: attempt(held, data), milliseconds: performance.now() - begun };
  self.postMessage(answer);
});
