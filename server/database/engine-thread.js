// Starts engine.ts in a worker thread, whatever loads the main thread: plain JavaScript, because a worker inherits no loader.
import { register } from 'tsx/esm/api';

register();
await import('./engine.ts');
