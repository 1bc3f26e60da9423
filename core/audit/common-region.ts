// The smallest region that several places lie in, for rows of the audit log that speak of all of them.

const LEVELS = [12, 9, 6, 4, 2] as const;

/** Code of that region; '*' where they have not even the province in common, or where there are none. */
export function commonRegion(codes: readonly string[]): string {
  const [first] = codes;
  const level = LEVELS.find(
    (digits) => first !== undefined && first.length >= digits && codes.every((code) => code.startsWith(first.slice(0, digits))),
  );
  return first === undefined || level === undefined ? '*' : first.slice(0, level);
}
