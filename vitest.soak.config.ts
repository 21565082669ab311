import { defineConfig } from 'vitest/config';

// Everything that lasts longer than two minutes; run by hand, figures go into release notes.
export default defineConfig({
  test: {
    include: ['test/soak/**/*.test.ts'],
    globalSetup: ['test/interop/setup.ts'],
    testTimeout: 1_800_000,
    hookTimeout: 1_800_000,
    pool: 'forks',
    maxWorkers: 1,
    fileParallelism: false,
  },
});
