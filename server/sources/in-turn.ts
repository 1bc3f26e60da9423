// Files that many people send at once are looked into one after the other: each thread may take gigabytes.
/** Threads at a time. */
const AT_ONCE = 2;

let busy = 0;
const waiting: (() => void)[] = [];

/** Begins the work when it is its turn, in the order of the calls. */
export async function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
  if (busy >= AT_ONCE) await new Promise<void>((begin) => waiting.push(begin));
  else busy += 1;
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    // Whoever is next takes the place over.
    if (next) next();
    else busy -= 1;
  }
}
