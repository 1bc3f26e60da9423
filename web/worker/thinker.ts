// Asks a worker of its own about the open community, so that long thought keeps no pointer waiting.
import type { Workspace } from '../state/workspace.ts';
import { holdOf } from './hold.ts';
import type { AnswerTo, Question } from './messages.ts';
import type { WorkerClient } from './worker-client.ts';

export interface Thinker {
  /** null: a newer question overtook it, the community has changed since, or none is open. */
  readonly ask: <Asking extends Question>(question: Asking) => Promise<AnswerTo[Asking['type']] | null>;
}

/** @param makeClient starts the worker; called when it is first asked */
export function createThinker(workspace: () => Workspace, makeClient: () => WorkerClient): Thinker {
  let client: WorkerClient | null = null;
  let held: Pick<Workspace, 'active' | 'profile'> = { active: null, profile: null };
  const isHeld = ({ active, profile }: Workspace): boolean => active === held.active && profile === held.profile;
  return {
    ask: async (question) => {
      const now = workspace();
      const community = holdOf(now);
      if (community === null) return null;
      client ??= makeClient();
      if (!isHeld(now)) client.hold(community);
      held = now;
      const answer = await client.ask(question);
      return isHeld(workspace()) ? answer : null;
    },
  };
}
