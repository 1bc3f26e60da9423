// Progress on standard error: one line that rewrites itself on a terminal, a line per phase elsewhere.
/** `fraction`: 0–1 of the phase or of the whole. */
export function progressWriter(stream: NodeJS.WriteStream): (progress: { phase: string; fraction: number }) => void {
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
