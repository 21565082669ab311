import { loadavg } from 'node:os';
import { afterEach, expect, test } from 'vitest';
import { killAll } from '../interop/mesh/pythonNode.ts';
import { busyChecker, percentileText } from './busyChecker.ts';

afterEach(killAll);

test('while the checker works through 5,000 files for 10 minutes, probes are answered and nobody suspects us', async () => {
  const { rounds, pong, control, accusations, view } = await busyChecker(5_000, 10 * 60_000);
  const load = loadavg()
    .map((value) => value.toFixed(1))
    .join(' ');
  console.log(
    `${rounds} rounds; PONG ${percentileText(pong)}; a process that only echoes, at the same time: ${percentileText(control)}; load ${load}`,
  );
  expect(rounds).toBeGreaterThan(1);
  expect(accusations).toEqual([]);
  expect(view.node.restarts).toBe(0);
  expect(view.peers.filter((peer) => peer.seen).map((peer) => peer.state)).toEqual(['alive', 'alive']);
  expect(pong.p999, `a process that only echoes took ${control.p999.toFixed(2)} ms`).toBeLessThanOrEqual(20);
});
