import { spawnSync } from 'node:child_process';
import { constants, getPriority } from 'node:os';
import { expect, test } from 'vitest';
import { startNode } from './support.ts';

const wanted = constants.priority.PRIORITY_ABOVE_NORMAL;

test('the host comes before the checker where the system lets it, and starts all the same where not', async () => {
  const attempt = spawnSync(process.execPath, ['-e', `require('node:os').setPriority(${wanted})`]);
  const node = await startNode();
  expect(getPriority(node.pid ?? 0)).toBe(attempt.status === 0 ? wanted : getPriority());
});
