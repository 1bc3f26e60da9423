// Makes PGlite answer an extended query as PostgreSQL does: once, with one "ready for query" at the end.
//
// After a failed message PGlite says "ready for query" at once, and again at the Sync that follows. A client takes the second one for the
// end of its next statement, and from then on every answer for that of the statement before. So the messages of a statement go to PGlite
// together, and of two "ready for query" at the end only the last is passed on.
import type { PGlite } from '@electric-sql/pglite';

/** Messages that open an extended query and wait for its Sync: Parse, Bind, Close, Describe, Execute. */
const WAITING = new Set([...'PBCDE'].map((letter) => letter.charCodeAt(0)));
/** Messages that are over when "ready for query" comes: Sync, Query. */
const ANSWERED = new Set([...'SQ'].map((letter) => letter.charCodeAt(0)));
/** A start-up message begins with its length, and that is below 2^24; the others begin with the letter of their type. */
const STARTUP = 0;
/** Z, length 5, state of the transaction. */
const READY = [0x5a, 0, 0, 0, 5] as const;
const READY_BYTES = 6;

/** Right for one connection at a time, which is all that the pool opens. */
export function batchMessages(db: PGlite): void {
  const run = db.execProtocolRawStream.bind(db);
  let batch: Uint8Array[] = [];
  db.execProtocolRawStream = async (message, options) => {
    // A client that went away in the middle of a statement leaves its beginning behind.
    if (message[0] === STARTUP) batch = [];
    batch.push(message);
    if (WAITING.has(message[0] as number)) return;
    const whole = batch.length === 1 ? message : new Uint8Array(Buffer.concat(batch));
    batch = [];
    const answer = new Answer(options.onRawData);
    await run(whole, { ...options, onRawData: (data) => answer.add(data) });
    const ready = answer.end();
    // PGlite swallows what breaks inside it, and the client would wait for ever.
    if (!ready && ANSWERED.has(message[0] as number)) throw new Error('the engine gave no answer');
  };
}

/** Passes an answer on as it comes, but for the end of it. */
class Answer {
  readonly #pass: (data: Uint8Array) => void;
  #held: Buffer = Buffer.alloc(0);

  constructor(pass: (data: Uint8Array) => void) {
    this.#pass = pass;
  }

  add(data: Uint8Array): void {
    // A copy: the engine writes its next answer into the same memory.
    const all = Buffer.concat([this.#held, data]);
    const surplus = Math.max(0, all.length - 2 * READY_BYTES);
    if (surplus > 0) this.#pass(all.subarray(0, surplus));
    this.#held = all.subarray(surplus);
  }

  /** Passes on what is left; false: it did not end with "ready for query". */
  end(): boolean {
    const twice = isReady(this.#held, 0) && isReady(this.#held, READY_BYTES);
    const rest = twice ? this.#held.subarray(READY_BYTES) : this.#held;
    if (rest.length > 0) this.#pass(rest);
    return isReady(rest, rest.length - READY_BYTES);
  }
}

function isReady(data: Buffer, at: number): boolean {
  return at >= 0 && data.length >= at + READY_BYTES && READY.every((byte, i) => data[at + i] === byte);
}
