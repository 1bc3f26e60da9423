// Roughly where China lies: enough to tell a likely place from an unlikely one.

/** Longitudes from west to east by latitude, from `south` up to the next; generous by about half a degree, islands and sea included. */
const BANDS = [
  { south: 3, west: 107, east: 119 },
  { south: 18, west: 106, east: 121 },
  { south: 20.5, west: 97.5, east: 123 },
  { south: 24, west: 97, east: 124.5 },
  { south: 26.5, west: 84, east: 124.5 },
  { south: 28, west: 80, east: 124 },
  { south: 30, west: 78, east: 124 },
  { south: 36, west: 73, east: 125 },
  { south: 39.5, west: 73, east: 129.5 },
  { south: 42, west: 79, east: 132 },
  { south: 44.5, west: 79, east: 135.5 },
  { south: 49.5, west: 115, east: 135.5 },
] as const;
const NORTH = 54;

/** Degrees. */
export function isInChina(longitude: number, latitude: number): boolean {
  if (!(latitude < NORTH)) return false;
  const band = BANDS.findLast(({ south }) => latitude >= south);
  return band !== undefined && longitude >= band.west && longitude <= band.east;
}
