// What the server answers to a question of one panel: asked when the panel opens, forgotten when it goes.
import { useEffect, useState } from 'react';

/** `before`: until the answer is there. `ask` is a function that stays the same. */
export function useAnswer<Answer>(ask: () => Promise<Answer>, before: Answer): Answer {
  const [answer, setAnswer] = useState(before);
  useEffect(() => {
    let wanted = true;
    void ask().then((read) => wanted && setAnswer(read));
    return () => {
      wanted = false;
    };
  }, [ask]);
  return answer;
}
