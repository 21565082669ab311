/**
 * Questions to real nodes that have just come alive. Until the end of their start, 5 s later, all before 2.3.0 confirm
 * and lose them; 3.0.0 answers from the start.
 */
import { afterEach, expect, test } from 'vitest';
import { startNode } from '../../sockets/mesh/support.ts';
import { killAll, startPython } from './pythonNode.ts';

afterEach(killAll);

async function asksAtOnce(release: string, loses: boolean): Promise<string> {
  const node = await startNode({ name: `asks-${release}` });
  const python = await startPython(release, ['alpha'], [node.address]);
  await node.until(`${release} alive`, () => node.peer(python.address)?.state === 'alive', 120_000);
  const aliveMs = Date.now();
  let answered = false;
  const asking = node.request({ command: 'ask', target: { role: 'alpha' }, data: { n: 1 }, timeoutMs: 60_000 }).finally(() => {
    answered = true;
  });
  const marks = () => node.peer(python.address)?.mesh?.marks.map(({ kind }) => kind) ?? [];
  const waited = await node.until(
    'waiting, or an answer',
    () => (marks().includes('starting') ? 'waited' : answered && 'did not'),
    65_000,
  );
  const answer = await asking;
  expect(answer, release).toMatchObject({ ok: true, data: { echo: { n: 1 } } });
  if (loses) {
    expect(waited, release).toBe('waited');
    expect(
      node.logs.filter((line) => line.includes(`waits for ${python.address} to start`)),
      release,
    ).toHaveLength(1);
  }
  const requests = python.events.filter((event) => event.event === 'request');
  expect(requests, `${release}: asked once`).toHaveLength(1);
  expect(marks(), release).not.toContain('starting');
  const took = Date.now() - aliveMs;
  await python.kill();
  return `${release}: answered ${took} ms after it came alive`;
}

test('nodes of 1.0.2, 1.5.1, 1.14.1 and 3.0.0 that are asked right after they came alive answer', async () => {
  const releases = [asksAtOnce('1.0.2', true), asksAtOnce('1.5.1', true), asksAtOnce('1.14.1', true), asksAtOnce('3.0.0', false)];
  console.log((await Promise.all(releases)).join('\n'));
}, 300_000);
