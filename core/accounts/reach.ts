// How far somebody reaches: the prefix of a region code, or everything. The database says the same in sql/009.

export const EVERYWHERE = '*';

/** Whether the region of that code lies within the reach. */
export function reaches(reach: string, code: string): boolean {
  return reach === EVERYWHERE || code.startsWith(reach);
}
