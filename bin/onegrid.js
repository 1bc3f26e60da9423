#!/usr/bin/env node
// Starts the command line; the TypeScript behind it is read as it stands, without a build step.
import { register } from 'tsx/esm/api';

register();
await import('../server/cli/main.ts');
