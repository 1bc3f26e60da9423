// Shares a number of seats out among groups by their weight (Webster's method), at least one to each.

/** Seats of each group. More groups than seats: one each. Equal claims go to the earlier group. */
export function apportion(seats: number, weights: readonly number[]): number[] {
  const shares = weights.map(() => 1);
  for (let given = weights.length; given < seats; given++) {
    let best = 0;
    const claim = (i: number): number => (weights[i] as number) / (2 * (shares[i] as number) + 1);
    for (let i = 1; i < weights.length; i++) if (claim(i) > claim(best)) best = i;
    shares[best] = (shares[best] as number) + 1;
  }
  return shares;
}
