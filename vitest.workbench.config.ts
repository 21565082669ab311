import { defineConfig } from 'vitest/config';

const ui = 'test/workbench/ui';
/** What the package without the ZeroMQ addon has to pass; the other files watch a local node. */
const withoutNode = [
  ...['editing', 'otherFleets', 'walkthrough'].map((name) => `${ui}/${name}.test.ts`),
  'test/workbench/withoutNode/**/*.test.ts',
];

// One workbench at a time: a real VS Code server and browser take 1.2 GB and both cores.
export default defineConfig({
  test: {
    include: process.env.FLEET_TEST_WITHOUT_NODE ? withoutNode : [`${ui}/**/*.test.ts`],
    testTimeout: 240_000,
    hookTimeout: 240_000,
    pool: 'forks',
    maxWorkers: 1,
    fileParallelism: false,
  },
});
