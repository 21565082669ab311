/**
 * The registry host process: known nodes in SQLite, relay hub, CircuitForge coordinator, behind an IPC channel. A process
 * of its own, so that neither a slow disk nor a flood of frames delays the mesh's PONGs or the editor's diagnostics.
 */
import { type RegistryEvent, registryCommandSchema } from '#schemas/registry/host.ts';
import { Registry } from './registry/host/registry.ts';
import { packageVersion } from './version.ts';

/** Deltas on their way to the supervisor before they are dropped for one snapshot. */
const maxBacklog = 256;

function run(): void {
  if (process.send === undefined) {
    process.stderr.write('This is a part of jarviscore-fleet and is started by it; use `jarviscore-fleet node --relay …`.\n');
    process.exitCode = 2;
    return;
  }
  let backlog = 0;
  let dropped = false;
  const post = (event: RegistryEvent, done: () => void) => {
    if (process.connected) process.send?.(event, undefined, undefined, () => done());
  };
  const registry = new Registry(
    (event) => {
      // A supervisor that stands in a debugger must not fill this process's memory.
      if ((event.event === 'delta' || event.event === 'log') && (backlog >= maxBacklog || dropped)) {
        if (event.event === 'delta') dropped = true;
        return;
      }
      backlog += 1;
      post(event, () => {
        backlog -= 1;
        if (!dropped || backlog > 0) return;
        dropped = false;
        registry.resync();
      });
    },
    `jarviscore-fleet/${packageVersion(__dirname)}`,
  );

  let ending = false;
  const end = () => {
    if (ending) return;
    ending = true;
    registry.stop();
    const exit = () => process.exit(0);
    if (!process.connected) exit();
    post({ event: 'stopped' }, exit);
  };

  process.on('message', (raw) => {
    const parsed = registryCommandSchema.safeParse(raw);
    if (!parsed.success) {
      const text = 'The registry host got a command it does not understand; it was dropped.';
      post({ event: 'log', level: 'error', text }, () => {});
    } else if (parsed.data.command === 'start') void registry.start(parsed.data.config);
    else if (parsed.data.command === 'stop') end();
    else registry.command(parsed.data);
  });
  // The parent is gone, whatever it died of: close the file and the sockets, leave no orphan.
  process.on('disconnect', end);
  process.on('SIGTERM', end);
  // Ctrl-C in a terminal reaches parent and child alike; whether the registry ends is the parent's decision.
  for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => {});
}

run();
