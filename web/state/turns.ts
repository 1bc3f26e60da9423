// Of questions that overtake each other only the answer to the last one counts.

/** Every call begins a turn and ends those before; what it gives back tells whether the turn still lasts. */
export function turns(): () => () => boolean {
  let last = 0;
  return () => {
    const own = ++last;
    return () => own === last;
  };
}
