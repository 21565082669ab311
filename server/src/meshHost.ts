/**
 * The mesh host process: one mesh node behind an IPC channel. Forked by the language server and by `node`; a process
 * of its own, because Python peers give a PONG 0.36 s and a crash of the ZeroMQ addon must not take diagnostics along.
 */
import { constants, setPriority } from 'node:os';
import type { HostEvent } from '#schemas/fleet/mesh.ts';
import { createBundle, unbundle } from './mesh/host/bundle.ts';
import { createChannel } from './mesh/host/channel.ts';
import { readCommand } from './mesh/host/commands.ts';
import { createHost } from './mesh/host/host.ts';

/**
 * A checker that keeps all cores busy must not delay a PONG. Windows lets everybody ask for this; elsewhere it takes a
 * privilege, and without it the node only is as fast as the machine lets it be.
 */
function comeFirst(): void {
  try {
    setPriority(constants.priority.PRIORITY_ABOVE_NORMAL);
  } catch {
    // Not allowed here.
  }
}

function run(): void {
  if (process.send === undefined) {
    process.stderr.write('This is a part of jarviscore-fleet and is started by it; use `jarviscore-fleet node`.\n');
    process.exitCode = 2;
    return;
  }
  comeFirst();
  const bundle = createBundle<HostEvent>((events, done) => {
    if (process.connected) process.send?.(events, undefined, undefined, () => done());
  });
  const channel = createChannel(bundle.add, () => host.resync());
  let ending = false;
  const host = createHost((event) => {
    if (event.event !== 'failed') return channel.send(event);
    // The reason has to be out before the process is.
    ending = true;
    bundle.add(event, () => process.exit(1));
  });

  const end = async () => {
    if (ending) return;
    ending = true;
    await host.stop();
    const exit = () => process.exit(0);
    if (!process.connected) exit();
    bundle.add({ event: 'stopped' }, exit);
  };

  function obey(raw: unknown): void {
    const command = readCommand(raw);
    if (command === null) {
      channel.send({ event: 'log', level: 'error', text: 'The mesh host got a command it does not understand; it was dropped.' });
    } else if (command.command === 'start') void host.start(command.config);
    else if (command.command === 'stop') void end();
    else host.command(command);
  }

  process.on('message', (raw) => {
    for (const each of unbundle(raw)) obey(each);
  });
  // The parent is gone, whatever it died of: leave the mesh, leave no orphan.
  process.on('disconnect', () => void end());
  process.on('SIGTERM', () => void end());
  // Ctrl-C in a terminal reaches parent and child alike; whether the node ends is the parent's decision.
  for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => {});
}

run();
