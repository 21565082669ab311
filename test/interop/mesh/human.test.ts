/** The framework's own `jarviscore human` as a partner: a person answers a question of ours in their inbox. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { freePort } from '../../sockets/mesh/freePort.ts';
import { startNode } from '../../sockets/mesh/support.ts';
import { venv } from '../python.ts';

const cleanups: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

/** Runs `jarviscore ARGS` to its end in `cwd`; its output. */
async function jarviscore(program: string, cwd: string, ...args: string[]): Promise<string> {
  const child = spawn(program, args, { cwd, stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    text += part;
  });
  await once(child, 'exit');
  return text;
}

// `human` came with 2.3.0.
test.each(['2.4.1', '3.0.0'])(
  'a person who joined with %s gets our question, and we their answer',
  async (release) => {
    const program = join(dirname(await venv(release)), 'jarviscore');
    const [port, folder] = [await freePort(), await mkdtemp(join(tmpdir(), 'human-'))];
    const node = await startNode({ name: 'asker' });
    const joining = [
      'human',
      'join',
      'alice',
      '--capabilities',
      'review',
      '--seed',
      node.address,
      '--port',
      String(port),
      '--no-terminal',
    ];
    const person = spawn(program, joining, { cwd: folder, stdio: ['ignore', 'ignore', 'ignore'] });
    cleanups.push(async () => {
      if (person.exitCode === null && person.signalCode === null) {
        person.kill('SIGKILL');
        await once(person, 'exit');
      }
      await rm(folder, { recursive: true, force: true });
    });
    const address = `127.0.0.1:${port}`;
    await node.until('alice', () => node.peer(address)?.state === 'alive' && node.role('alice')?.gone === false, 60_000);
    expect(node.peer(address)?.agents).toMatchObject([
      { role: 'alice', capabilities: expect.arrayContaining(['review', 'human']) },
    ]);

    const asking = node.request({ command: 'ask', target: { role: 'alice' }, data: 'Does this look good?', timeoutMs: 90_000 });
    let item: string | undefined;
    // A node that is still starting is asked when it can answer, about five seconds after it came; each look is a Python of
    // its own, which takes half a second here and many seconds elsewhere.
    for (const endMs = Date.now() + 60_000; item === undefined && Date.now() < endMs; )
      item = /^(\S+) {2}for /m.exec(await jarviscore(program, folder, 'human', 'inbox', 'alice'))?.[1];
    expect(item, 'our question in the inbox').toBeDefined();
    const begunMs = Date.now();
    const said = await jarviscore(program, folder, 'human', 'answer', item ?? '', 'looks good', '--by', 'alice');
    expect(said).toContain(`${item}: answered`);
    expect(await asking).toMatchObject({
      ok: true,
      data: { status: 'success', output: { response: 'looks good', decision: 'answered', answered_by: 'alice' } },
    });
    console.log(`${release}: the person's answer came ${Date.now() - begunMs} ms after they began to type it`);
  },
  240_000,
);
