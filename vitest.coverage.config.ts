import { defineConfig } from 'vitest/config';

const lanes = {
  fast: { include: ['test/{unit,property,simulation,lsp,sockets}/**/*.test.ts'], maxWorkers: 2 },
  interop: {
    include: ['test/interop/**/*.test.ts'],
    globalSetup: ['test/interop/setup.ts'],
    maxWorkers: 1,
    fileParallelism: false,
  },
};

/**
 * A lane with coverage, named by `--mode`, for scripts/coverage.ts. Counting makes code two to five times slower, so tests
 * get more time here, and a test that judges speed may fail: the figures are reported all the same.
 */
export default defineConfig(({ mode }) => {
  const lane = mode === 'interop' ? 'interop' : 'fast';
  return {
    test: {
      ...lanes[lane],
      setupFiles: ['test/coverageSetup.ts'],
      provide: { children: `.cache/coverage/${lane}/children` },
      testTimeout: lane === 'fast' ? 180_000 : 600_000,
      hookTimeout: lane === 'fast' ? 180_000 : 600_000,
      pool: 'forks',
      coverage: {
        enabled: true,
        provider: 'v8',
        include: ['server/src/**/*.ts', 'schemas/**/*.ts'],
        reporter: ['json', 'text-summary'],
        reportsDirectory: `.cache/coverage/${lane}/vitest`,
        reportOnFailure: true,
      },
    },
  };
});
