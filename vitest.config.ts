import { defineConfig } from 'vitest/config';

/** Test files that start processes, servers or warehouses of their own. */
const integration = [
  'test/cli/**/*.test.ts',
  'test/routes/**/*.test.ts',
  'test/lib/server/**/*.test.ts',
  'test/start.test.ts',
  'test/run/ci.test.ts',
];

/** Builds the empty studio that tests copy. */
const prepared = 'test/lib/server/import/prepared-folder.ts';

const soak = process.env.SEVENSTEPS_SOAK === '1';

/** One project: a name, its files, and how long one test may take on a busy two-core machine. */
const project = (
  name: string,
  include: string[],
  minutes: number,
  more: { exclude?: string[]; globalSetup?: string } = {},
) => ({
  extends: true as const,
  test: { name, include, testTimeout: minutes * 60_000, hookTimeout: minutes * 60_000, ...more },
});

export default defineConfig({
  test: {
    // DuckDB is a native library with one instance per process: each file gets a process of its own.
    pool: 'forks',
    // Browser tests wait for half of their time: a third worker uses two cores meanwhile.
    maxWorkers: 3,
    // No test may lean on the one before it; the seed makes a failing order come again.
    sequence: { shuffle: true, seed: 20260101 },
    // How long a busy machine may take to show what a test waits for.
    expect: { poll: { timeout: 30_000 } },
    env: { UV_THREADPOOL_SIZE: '16', TZ: 'Asia/Shanghai' },
    projects: [
      project(
        'unit',
        ['test/*.test.ts', 'test/{bench,data,generate,oracle,run}/**/*.test.ts', 'test/lib/**/*.test.ts'],
        1,
        { exclude: integration },
      ),
      project('property', ['test/property/**/*.test.ts'], soak ? 180 : 5, { globalSetup: prepared }),
      project('queries', ['test/queries/**/*.test.ts'], 2),
      project('integration', integration, 2, { globalSetup: prepared }),
      project('browser', ['test/browser/**/*.test.ts'], 4, { globalSetup: 'test/browser/sample-server.ts' }),
      project('soak', soak ? ['test/soak/**/*.test.ts'] : [], 180),
    ],
  },
});
