// Digests of bytes: SM3 (GB/T 32905) and SHA-256, hexadecimal. Runs in Node only, as all of this room does.
import { createHash } from 'node:crypto';

export const sm3 = (bytes: Uint8Array): string => createHash('sm3').update(bytes).digest('hex');
export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
