// Why an import cannot go on; the sentence names the file already, in words.
import type { Problem } from '../../../core/api/messages.ts';
import { ProblemText } from '../problem-card.tsx';

export function ImportProblem({ problem: { at: _, ...problem } }: { problem: Problem }) {
  return <ProblemText problem={problem} />;
}
