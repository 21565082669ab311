import { defineConfig } from 'vitest/config';

// One workbench at a time: a real VS Code server and browser take 1.2 GB and both cores.
export default defineConfig({
  test: {
    include: ['test/workbench/ui/**/*.test.ts'],
    testTimeout: 240_000,
    hookTimeout: 240_000,
    pool: 'forks',
    maxWorkers: 1,
    fileParallelism: false,
  },
});
