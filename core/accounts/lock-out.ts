// When sign-in is refused after too many failures, and until when.

export const MAX_FAILURES = 5;
export const FAILURE_WINDOW_MINUTES = 15;
export const LOCK_MINUTES = 15;

const MINUTE = 60_000;
/** Failures older than this can no longer keep anybody out. */
export const FAILURES_COUNT_MINUTES = FAILURE_WINDOW_MINUTES + LOCK_MINUTES;

/** The end of the lock that these failures of one login brought about; null: there is none. While it lasts, no failures are added. */
export function lockedUntil(failures: readonly Date[], now: Date): Date | null {
  const times = failures.map((failure) => failure.getTime()).sort((a, b) => b - a);
  const [newest, fifth] = [times[0], times[MAX_FAILURES - 1]];
  if (newest === undefined || fifth === undefined || newest - fifth >= FAILURE_WINDOW_MINUTES * MINUTE) return null;
  const end = newest + LOCK_MINUTES * MINUTE;
  return now.getTime() < end ? new Date(end) : null;
}
