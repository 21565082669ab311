import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/editors/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    pool: 'forks',
    maxWorkers: 1,
    fileParallelism: false,
  },
});
