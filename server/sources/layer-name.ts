// The name of the only layer of a file: the file's own, without its endings.
import { basename } from 'node:path';

export const layerName = (name: string): string => basename(name).replace(/(\.(geo)?json|\.osm|\.gdb)?\.\w{1,7}$/i, '') || name;
