import { defineConfig } from 'vitest/config';

// Real Python nodes under load need seconds to import; one file at a time keeps their 0.2 s ping budget honest.
export default defineConfig({
  test: {
    include: ['test/interop/**/*.test.ts'],
    globalSetup: ['test/interop/setup.ts'],
    testTimeout: 240_000,
    hookTimeout: 240_000,
    pool: 'forks',
    maxWorkers: 1,
    fileParallelism: false,
  },
});
