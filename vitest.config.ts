// The tests in three projects: core (pure), server (database, HTTP, command line), web (a real browser). Laid out for two cores.
import { defineConfig } from 'vitest/config';

const SECOND = 1_000;
const WORKERS = 2;

if (process.env.npm_lifecycle_event === 'test:database' && !process.env.DATABASE_URL) {
  throw new Error('test:database needs DATABASE_URL: the address of a PostgreSQL server with PostGIS on which databases may be created.');
}

/** One group after the other: a browser beside property tests would only measure the shortage of cores. */
const project = (name: string, order: number, workers: number, seconds: number) => ({
  extends: true as const,
  test: {
    name,
    include: [`tests/${name}/**/*.test.ts`],
    maxWorkers: workers,
    sequence: { groupOrder: order },
    testTimeout: seconds * SECOND,
    // A server or a browser starts in it.
    hookTimeout: 2 * seconds * SECOND,
    globalSetup: name === 'web' ? ['tests/web/global-setup.ts'] : [],
  },
});

export default defineConfig({
  test: {
    environment: 'node',
    pool: 'forks',
    setupFiles: ['tests/property-seed.ts'],
    expect: { poll: { timeout: 60 * SECOND } },
    projects: [project('core', 0, WORKERS, 120), project('server', 1, WORKERS, 180), project('web', 2, 1, 300)],
  },
});
