/**
 * What a mesh host keeps in an hour of ordinary work: it should be what it kept after the first quarter. Resident memory
 * alone does not tell: V8 collects its old objects only every half hour at this pace.
 */
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { cpuTicks, residentMiB } from '../bench/processes.ts';
import { median } from '../bench/row.ts';
import { buildHost, startNode, type TestNode } from '../sockets/mesh/support.ts';

const minutes = 60;
const askEveryMs = 1_000;
/** A leak of one kilobyte a question would be 1.7 MiB between the quarters that are compared. */
const slackMiB = 0.5;

/** The host, with a way to say what is left of its heap after a full collection. */
const telling = `
require('node:v8').setFlagsFromString('--expose-gc');
const collect = require('node:vm').runInNewContext('gc');
process.on('SIGUSR2', () => {
  collect();
  console.log('kept ' + process.memoryUsage().heapUsed);
});
require('./meshHost.cjs');
`;

async function keptMiB(node: TestNode): Promise<number> {
  const from = node.logs.length;
  process.kill(node.pid ?? 0, 'SIGUSR2');
  const kept = await node.until('what it keeps', () => /kept (\d+)/.exec(node.logs.slice(from).join(' '))?.[1], 30_000);
  return Number(kept) / 2 ** 20;
}

test('three nodes for an hour, a question every second: what they keep stays flat', async () => {
  const hostPath = join(dirname(await buildHost()), 'tellingHost.cjs');
  await writeFile(hostPath, telling);
  const one = await startNode({ name: 'asker' }, { hostPath });
  const two = await startNode({ name: 'answerer', seeds: [one.address] }, { hostPath });
  const three = await startNode({ name: 'watcher', seeds: [one.address] }, { hostPath });
  await two.request({ command: 'announce', agents: [{ role: 'echo', capabilities: [], description: '' }] });
  await one.until('the role is here', () => one.role('echo'));
  const nodes = [one, two, three];
  const pids = nodes.map((node) => node.pid ?? 0);
  const curves = nodes.map((): number[] => []);
  const resident = nodes.map((): number[] => []);
  const begunMs = Date.now();
  const cpu = pids.map(cpuTicks);
  let answered = 0;
  let seen = 0;
  const question = async () => {
    const data = { query: 'x'.repeat(500) };
    const asked = one.request({ command: 'ask', target: { role: 'echo' }, data, timeoutMs: 30_000 });
    const correlationId = await two.until(
      'the question',
      () => {
        const event = two.events.slice(seen).find((said) => said.event === 'message');
        return event?.event === 'message' ? event.correlationId : null;
      },
      30_000,
    );
    seen = two.events.length;
    two.send({ command: 'respond', id: null, correlationId, data: { response: 'y'.repeat(500) } });
    return asked;
  };
  for (let minute = 0; minute < minutes; minute += 1) {
    while (Date.now() < begunMs + (minute + 1) * 60_000) {
      expect(await question()).toMatchObject({ ok: true });
      answered += 1;
      await pause(askEveryMs);
    }
    for (const [index, node] of nodes.entries()) {
      resident[index]?.push(residentMiB(pids[index] ?? 0));
      curves[index]?.push(await keptMiB(node));
    }
    for (const { events } of nodes) events.length = 0;
    seen = 0;
  }
  const share = pids.map((pid, index) => (cpuTicks(pid) - (cpu[index] ?? 0)) / (minutes * 60));
  const text = (values: readonly number[] = []) => values.map((value) => value.toFixed(1)).join(' ');
  const lines = nodes.map(
    (node, index) =>
      `${node.roster()?.self.name}: keeps ${text(curves[index])} MiB, resident ${text(resident[index])} MiB, ${share[index]?.toFixed(2)} % of a core`,
  );
  console.log(`${answered} questions answered\n${lines.join('\n')}`);
  for (const curve of curves) {
    const quarter = curve.length / 4;
    const early = median(curve.slice(quarter, 2 * quarter));
    expect(median(curve.slice(-quarter)), curve.join(' ')).toBeLessThanOrEqual(early + slackMiB);
  }
}, 4_200_000);
