// Tells the sealers of this process that a row of the audit log was written.
import { EventEmitter } from 'node:events';

const written = new EventEmitter().setMaxListeners(0);
const ENTRY = 'entry';

export function announceEntry(): void {
  written.emit(ENTRY);
}

/** Returns the function that ends it. */
export function onEntry(listener: () => void): () => void {
  written.on(ENTRY, listener);
  return () => written.off(ENTRY, listener);
}
