// Starts import-worker.ts in a thread, whatever loads the main thread: plain JavaScript, because a worker inherits no loader.
import { register } from 'tsx/esm/api';

register();
await import('./import-worker.ts');
