/** The command line's node among real agents, driven by JSON lines as a script would. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import * as z from 'zod';
import { killAll, startPython } from './pythonNode.ts';

const cli = fileURLToPath(new URL('../../../dist/cli.js', import.meta.url));
const lineSchema = z.looseObject({ event: z.string() });
type Line = z.infer<typeof lineSchema>;

afterEach(killAll);

function startCli(...options: string[]) {
  const child = spawn(process.execPath, [cli, 'node', '--json', ...options], { stdio: ['pipe', 'pipe', 'pipe'] });
  const lines: Line[] = [];
  const waiting = new Set<() => void>();
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(lineSchema.parse(JSON.parse(line)));
    for (const check of [...waiting]) check();
  });
  return {
    lines,
    exit: once(child, 'exit'),
    send: (command: object) => child.stdin.write(`${JSON.stringify(command)}\n`),
    line(what: string, fits: (line: Line) => boolean, timeoutMs: number): Promise<Line> {
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(check);
          reject(
            new Error(`Not within ${timeoutMs} ms: ${what}\n${lines.map((line) => JSON.stringify(line)).join('\n')}\n${errors}`),
          );
        }, timeoutMs);
        const check = () => {
          const found = lines.find(fits);
          if (found === undefined) return;
          clearTimeout(timer);
          waiting.delete(check);
          resolve(found);
        };
        waiting.add(check);
        check();
      });
    },
    kill: () => child.kill('SIGKILL'),
  };
}

test('node --json answers a real agent by its role, and gets a real agent’s answer', async () => {
  const node = startCli('--name', 'script');
  try {
    const ready = await node.line('ready', (line) => line.event === 'ready', 10_000);
    expect(ready).toMatchObject({
      address: expect.stringMatching(/^127\.0\.0\.1:\d+$/),
      zmq: expect.stringMatching(/^127\.0\.0\.1:\d+$/),
    });
    const address = z.string().parse(ready.address);
    node.send({ command: 'announce', id: 1, agents: [{ role: 'scribe', capabilities: [] }] });
    await node.line('announced', (line) => line.event === 'result' && line.id === 1 && line.ok === true, 5_000);

    const python = await startPython('3.0.0', ['alpha'], [address]);
    await python.event(
      'our role in list_roles()',
      (event) => event.event === 'roles' && event.roles?.includes('scribe') === true,
      60_000,
    );
    await python.event('started', (event) => event.event === 'started', 30_000);
    python.send({ command: 'ask', id: 'p', role: 'scribe', data: { query: 'hello?' }, timeout: 20 });
    const question = await node.line('its question', (line) => line.event === 'message', 20_000);
    expect(question).toMatchObject({
      type: 'PEER_REQUEST',
      from: { node: python.address },
      to: { role: 'scribe' },
      data: { query: 'hello?' },
    });
    node.send({ command: 'respond', correlationId: question.correlationId, data: { response: 'hello' } });
    const answer = await python.event('our answer', (event) => event.event === 'answer' && event.id === 'p', 20_000);
    expect(answer.data).toEqual({ response: 'hello' });

    node.send({ command: 'ask', id: 'q', role: 'alpha', data: 'what do you do?', timeout: 20 });
    const result = await node.line('its answer', (line) => line.event === 'result' && line.id === 'q', 20_000);
    expect(result).toMatchObject({
      ok: true,
      error: null,
      data: { response: 'alpha heard you', echo: { query: 'what do you do?', from: 'scribe' } },
    });

    node.send({ command: 'snapshot' });
    const snapshot = await node.line(
      'a snapshot with both roles',
      (line) => line.event === 'snapshot' && JSON.stringify(line.roles) === '["alpha","scribe"]',
      5_000,
    );
    expect(snapshot.peers).toMatchObject([
      { id: python.address, state: 'alive', kind: 'jarviscore', agents: [{ role: 'alpha' }] },
    ]);

    node.send({ command: 'stop' });
    await node.line('stopped', (line) => line.event === 'stopped', 5_000);
    expect(await node.exit).toEqual([0, null]);
    await python.kill();
  } finally {
    node.kill();
  }
}, 180_000);
