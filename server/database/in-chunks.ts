// Many rows in several statements, so that the server answers others in between and whoever waits hears how far it is.

/** Some ten milliseconds of encoding. */
const ROWS_PER_STATEMENT = 2_000;

type OnRows = (rows: number) => void;

/** Calls `write` for rows `start` up to, not including, `end`, one piece after the other; what `onRows` throws after a piece stops it. */
export async function inPieces(count: number, write: (start: number, end: number) => Promise<unknown>, onRows?: OnRows): Promise<void> {
  for (let start = 0; start < count; start += ROWS_PER_STATEMENT) {
    const end = Math.min(count, start + ROWS_PER_STATEMENT);
    await write(start, end);
    onRows?.(end - start);
  }
}

/** The same for rows that lie in a list. */
export function inChunks<Row>(rows: readonly Row[], write: (chunk: readonly Row[]) => Promise<unknown>, onRows?: OnRows): Promise<void> {
  return inPieces(rows.length, (start, end) => write(rows.slice(start, end)), onRows);
}
