/**
 * Started next to each workbench server: ends everything that carries the run id once its standard input closes.
 * That also happens when the test runner is killed with SIGKILL and no handler can run.
 */
import { rmSync } from 'node:fs';
import { endAll } from './processes.ts';

const [runId = '', root = ''] = process.argv.slice(2);
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => {});
process.stdin.resume().once('close', async () => {
  await endAll(runId);
  if (!process.env.WORKBENCH_KEEP) rmSync(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
});
