/** What a mesh host keeps in an hour of ordinary work: it should be what it kept after the first quarter. */
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { cpuTicks, residentMiB } from '../bench/processes.ts';
import { median } from '../bench/row.ts';
import { buildHost, startNode } from '../sockets/mesh/support.ts';

const minutes = 60;
const askEveryMs = 1_000;
/** The collector gives pages back when it likes; a leak of one kilobyte a question would be 3.5 MiB. */
const slackMiB = 2;

test('three nodes for an hour, a question every second: resident memory stays flat', async () => {
  await buildHost();
  const one = await startNode({ name: 'asker' });
  const two = await startNode({ name: 'answerer', seeds: [one.address] });
  const three = await startNode({ name: 'watcher', seeds: [one.address] });
  await two.request({ command: 'announce', agents: [{ role: 'echo', capabilities: [], description: '' }] });
  await one.until('the role is here', () => one.role('echo'));
  const nodes = [one, two, three];
  const pids = nodes.map((node) => node.pid ?? 0);
  const curves = nodes.map((): number[] => []);
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
    for (const [index, pid] of pids.entries()) curves[index]?.push(residentMiB(pid));
  }
  const share = pids.map((pid, index) => (cpuTicks(pid) - (cpu[index] ?? 0)) / (minutes * 60));
  const lines = nodes.map(
    (node, index) =>
      `${node.roster()?.self.name}: ${(curves[index] ?? []).map((value) => value.toFixed(1)).join(' ')} MiB, ${share[index]?.toFixed(2)} % of a core`,
  );
  console.log(`${answered} questions answered\n${lines.join('\n')}`);
  for (const curve of curves) {
    const quarter = curve.length / 4;
    const early = median(curve.slice(quarter, 2 * quarter));
    expect(median(curve.slice(-quarter)), curve.join(' ')).toBeLessThanOrEqual(early + slackMiB);
  }
}, 4_200_000);
