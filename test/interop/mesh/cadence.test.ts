/** The cadence that we tell from settings, against the framework's own keepalive loop under a virtual clock. */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { keepaliveCadence } from '#server/config/model/cadence.ts';
import { unpacked } from '../python.ts';

const script = fileURLToPath(new URL('../python/keepalive_cadence.py', import.meta.url));
const answerSchema = z.object({ seconds: z.number(), silent: z.boolean() });

/** Nodes, interval, window; each clear of the settings where the phases of the loops decide. */
const cases: (readonly [nodes: number, interval: number, window: number])[] = [];
for (const nodes of [2, 3, 5]) {
  for (const interval of [5, 30, 60, 90, 120, 140]) {
    for (const window of [0, 10, 20, 30, 40, 50, 60]) cases.push([nodes, interval, window]);
  }
}
for (const window of [65, 70, 90, 120]) cases.push([2, 90, window]);

test('every setting gives the cadence of keepalive.py, which is one file from the first release to the newest', async () => {
  const [path = '', ...others] = await Promise.all(
    ['3.0.0', '2.4.1', '1.5.1', '1.0.2'].map(async (release) => join(await unpacked(release), 'jarviscore/p2p/keepalive.py')),
  );
  const text = await readFile(path, 'utf8');
  for (const other of others) expect(await readFile(other, 'utf8'), other).toBe(text);
  const running = promisify(execFile)('python3', [script, path], { maxBuffer: 1024 * 1024 });
  running.child.stdin?.end(cases.map((entry) => JSON.stringify(entry)).join('\n'));
  const { stdout } = await running;
  const told = stdout
    .trim()
    .split('\n')
    .map((line) => answerSchema.parse(JSON.parse(line)));
  expect(told).toHaveLength(cases.length);
  const differing = cases.flatMap(([nodes, intervalSeconds, activityWindowSeconds], index) => {
    const settings = { intervalSeconds, activityWindowSeconds, backoffSeconds: 45, peers: nodes - 1, allowZeroPeers: true };
    const { effectiveSeconds } = keepaliveCadence(settings);
    const real = told[index]?.seconds;
    return effectiveSeconds === real
      ? []
      : [`${nodes} nodes, interval ${intervalSeconds}, window ${activityWindowSeconds}: ${effectiveSeconds} s, really ${real} s`];
  });
  expect(differing).toEqual([]);
}, 240_000);
