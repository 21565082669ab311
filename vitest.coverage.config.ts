import { defineConfig } from 'vitest/config';

/**
 * The lane of "npm test" with coverage, for scripts/coverage.ts. Counting makes code two to five times slower, so tests get
 * more time here, and a test that judges speed may fail: the figures are reported all the same.
 */
export default defineConfig({
  test: {
    include: ['test/{unit,property,simulation,lsp,sockets}/**/*.test.ts'],
    setupFiles: ['test/coverageSetup.ts'],
    testTimeout: 180_000,
    hookTimeout: 180_000,
    pool: 'forks',
    maxWorkers: 2,
    coverage: {
      enabled: true,
      provider: 'v8',
      include: ['server/src/**/*.ts', 'schemas/**/*.ts'],
      reporter: ['json', 'text-summary'],
      reportsDirectory: '.cache/coverage/vitest',
      reportOnFailure: true,
    },
  },
});
