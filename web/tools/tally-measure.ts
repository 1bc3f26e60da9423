// How long the hand waits for its counts, for whoever observes the page.

/** Name of the measure from the page receiving a pointer move to counts shown; a PerformanceObserver for `measure` receives every one. */
export const TALLY_MEASURE = 'onegrid-tally';

/** Observers have received it by then; kept, the entries would pile up for hours. */
export function measureTally(movedAt: number): void {
  performance.measure(TALLY_MEASURE, { start: movedAt, end: performance.now() });
  performance.clearMeasures(TALLY_MEASURE);
}
