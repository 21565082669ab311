/** A stopped process of this machine behind a silent member. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, describe, expect, test } from 'vitest';
import type { LocalProcess } from '#schemas/fleet/mesh.ts';
import type { LivePeer } from '#schemas/fleet/peer.ts';
import { findLocalProcess, isLocalHost, kernelAddress, socketInodes, stateLetter } from '#server/mesh/host/localProcess.ts';
import { createProcessWatch, type ProcessWatch } from '#server/mesh/host/processWatch.ts';

test('addresses and states as the kernel writes them', () => {
  expect(kernelAddress('127.0.0.1', 7_946)).toBe('0100007F:1F0A');
  expect(stateLetter('42 (a (b) T) S 1 42')).toBe('S');
  expect(stateLetter('42 (python3) T 1 42')).toBe('T');
  expect(isLocalHost('127.3.2.1')).toBe(true);
  expect(isLocalHost('192.0.2.1')).toBe(false);
  const table = [
    '   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops',
    '  10: 0100007F:1F0A 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 111 2 0 0',
    '  11: 00000000:1F0A 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 222 2 0 0',
    '  12: 0200007F:1F0A 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 333 2 0 0',
    '',
  ].join('\n');
  expect(socketInodes(table, '127.0.0.1', 7_946)).toEqual(new Set(['111', '222']));
});

test.runIf(process.platform === 'linux')('a process that is stopped is found by its port, and found running again', async () => {
  const script = "const s = require('dgram').createSocket('udp4'); s.bind(0, '0.0.0.0', () => console.log(s.address().port))";
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    const address = `127.0.0.1:${Number(line.toString())}`;
    expect(await findLocalProcess(address)).toEqual({ pid: child.pid, stopped: false });
    child.kill('SIGSTOP');
    const deadline = Date.now() + 5_000;
    // The signal is delivered when the scheduler comes to it.
    while ((await findLocalProcess(address))?.stopped !== true && Date.now() < deadline);
    expect(await findLocalProcess(address)).toEqual({ pid: child.pid, stopped: true });
    expect(await findLocalProcess('127.0.0.1:1')).toBeNull();
    expect(await findLocalProcess('192.0.2.1:7946')).toBeNull();
  } finally {
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
});

describe('the watch', () => {
  const watches: ProcessWatch[] = [];
  afterEach(() => {
    for (const watch of watches.splice(0)) watch.stop();
  });

  function setUp(processes: Map<string, LocalProcess>) {
    const told: [string, LocalProcess | null][] = [];
    const asked: string[] = [];
    const watch = createProcessWatch(
      (address, process) => told.push([address, process]),
      async (address) => {
        asked.push(address);
        return processes.get(address) ?? null;
      },
    );
    watches.push(watch);
    const member = (id: string, silent: boolean) =>
      ({ id, state: silent ? 'suspect' : 'alive', localOpinion: silent ? 'No answer.' : null }) as LivePeer;
    return {
      told,
      asked,
      follow: (id: string, silent: boolean) => watch.follow({ peers: [member(id, silent)], removed: [] }),
      watch,
    };
  }

  test('looks only after members that fell silent, and takes it back when they speak', async () => {
    const stopped = { pid: 42, stopped: true };
    const { told, asked, follow } = setUp(new Map([['127.0.0.1:1', stopped]]));
    follow('127.0.0.1:1', false);
    expect(asked).toEqual([]);
    follow('127.0.0.1:1', true);
    await expect.poll(() => told).toEqual([['127.0.0.1:1', stopped]]);
    follow('127.0.0.1:1', false);
    expect(told.at(-1)).toEqual(['127.0.0.1:1', null]);
  });

  test('a crowd of silent members is not all looked after', async () => {
    const { asked, follow } = setUp(new Map());
    const running = Array.from({ length: 100 }, (_unused, index) => `127.0.0.1:${index + 1}`);
    for (const address of running) follow(address, true);
    await expect.poll(() => asked.length).toBeGreaterThanOrEqual(32);
    expect(new Set(asked).size).toBeLessThanOrEqual(32);
  });
});
