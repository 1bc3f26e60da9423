// For threads over files, once they import it: the heap grows in small steps; left alone it grows to a multiple of what half a million
// buildings need.
import { setFlagsFromString } from 'node:v8';

/** How much a heap grows before it is cleared, in percent. */
const HEAP_GROWING_PERCENT = 10;

setFlagsFromString(`--heap-growing-percent=${HEAP_GROWING_PERCENT}`);
