// Progress of an import on standard error: one line that rewrites itself on a terminal, a line per phase elsewhere.
import type { ImportProgress } from '../../core/api/messages.ts';

export function progressWriter(stream: NodeJS.WriteStream): (progress: Omit<ImportProgress, 'id'>) => void {
  let last = '';
  return ({ phase, fraction }) => {
    const line = stream.isTTY ? `${phase} ${Math.round(fraction * 100)} %` : phase;
    if (line === last) return;
    last = line;
    stream.write(stream.isTTY ? `\r\u001b[K${line}` : `${line}\n`);
  };
}

/** Ends the line that rewrites itself. */
export function endProgress(stream: NodeJS.WriteStream): void {
  if (stream.isTTY) stream.write('\n');
}
