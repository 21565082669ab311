import { defineConfig } from 'vitest/config';

/** Fewer tests, for test/mutation/sample.config.mjs: folders, as a glob. */
const folders = process.env.MUTATION_TESTS ?? 'test/{unit,property,simulation}';

/** What kills mutants: tests that need no bundle and no socket, because a mutant is in neither. */
export default defineConfig({
  test: {
    include: [`${folders}/**/*.test.ts`],
    exclude: [
      'test/unit/{packaging,client,fuzz,contributing,catalogue}/**',
      'test/unit/mesh/hostBundle.test.ts',
      // Judges the text of the sources, which Stryker has filled with its switches.
      'test/unit/config/regex/**',
    ],
    // Stryker itself ends what takes too long, by what the test took before.
    testTimeout: 300_000,
    pool: 'forks',
    maxWorkers: 1,
  },
});
