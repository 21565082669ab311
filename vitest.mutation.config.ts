import { defineConfig } from 'vitest/config';

/** What kills mutants: tests that need no bundle and no socket, because a mutant is in neither. */
export default defineConfig({
  test: {
    include: ['test/{unit,property,simulation}/**/*.test.ts'],
    exclude: ['test/unit/{packaging,client,fuzz,contributing,catalogue}/**', 'test/unit/mesh/hostBundle.test.ts'],
    testTimeout: 30_000,
    pool: 'forks',
    maxWorkers: 1,
  },
});
