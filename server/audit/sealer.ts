// Seals what the audit log received: right after the commits, at the start, and now and then; one sealer at a time in all processes.
import type { Database } from '../database/open.ts';
import { inTransaction, SYSTEM } from '../database/transaction.ts';
import { onEntry } from './announce.ts';
import { type Seal, sealsFor } from './chain.ts';
import { noteHead } from './head-file.ts';
import { insertSeals, lockChain, readHead, readUnsealed } from './store.ts';

/** Entries that are written shortly after each other are sealed together. */
const DELAY_MILLISECONDS = 200;
/** Finds entries whose commit came later than that, and those of a process that is no more. */
const ROUND_MILLISECONDS = 10_000;
/** On the embedded engine every other query waits for the transaction that seals so many. */
const BATCH = 200;

export interface SealerOptions {
  readonly database: Database;
  /** Where the newest seal is noted down outside the tables; null: nowhere. */
  readonly headFile: string | null;
}

export class Sealer {
  readonly #options: SealerOptions;
  readonly #round: NodeJS.Timeout;
  readonly #stopListening: () => void;
  #timer: NodeJS.Timeout | null = null;
  /** Passes one after the other. */
  #passes: Promise<void> = Promise.resolve();

  /** Begins with what an earlier process left unsealed. */
  constructor(options: SealerOptions) {
    this.#options = options;
    this.#stopListening = onEntry(() => this.#soon());
    this.#round = setInterval(() => this.#soon(), ROUND_MILLISECONDS).unref();
    this.#soon();
  }

  /** Seals everything that is committed by now. */
  seal(): Promise<void> {
    const pass = this.#passes.then(() => sealAll(this.#options));
    this.#passes = pass.catch(() => undefined);
    return pass;
  }

  /** Seals what is left and ends; before the database is closed. */
  async close(): Promise<void> {
    this.#stopListening();
    clearInterval(this.#round);
    if (this.#timer) clearTimeout(this.#timer);
    await this.#sealQuietly();
  }

  #soon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      void this.#sealQuietly();
    }, DELAY_MILLISECONDS).unref();
  }

  /** What cannot be sealed now waits in the database for the next pass; the work itself goes on. */
  async #sealQuietly(): Promise<void> {
    await this.seal().catch((error: Error) => console.error(`the audit log could not be sealed: ${error.message}`));
  }
}

async function sealAll({ database, headFile }: SealerOptions): Promise<void> {
  let head: Seal | null = null;
  for (;;) {
    const after: number = head?.entry ?? 0;
    const batch: Seal[] = await inTransaction(database, SYSTEM, async (db) => {
      await lockChain(db);
      const entries = await readUnsealed(db, after, BATCH);
      if (entries.length === 0) return [];
      const seals = sealsFor(entries, await readHead(db));
      await insertSeals(db, seals);
      return seals;
    });
    head = batch.at(-1) ?? head;
    if (batch.length < BATCH) break;
  }
  if (head && headFile !== null) await noteHead(headFile, head);
}
