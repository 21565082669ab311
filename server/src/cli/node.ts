/** `node`: one mesh node, driven by JSON lines or watched by a person. */
import { fstatSync } from 'node:fs';
import { join } from 'node:path';
import type { NodeStatus } from '#schemas/fleet/view.ts';
import { maskSecrets } from '../log/mask.ts';
import { createMeshSupervisor, type LogLevel, type MeshSupervisor } from '../mesh/host/supervisor.ts';
import type { CliContext } from './context.ts';
import { JsonSurface } from './nodeJson.ts';
import { type NodeOptions, nodeConfig } from './nodeOptions.ts';
import { NodeRegistry } from './nodeRegistry.ts';
import { TextSurface } from './nodeText.ts';
import { openings, type RegistryOptions, registryConfig } from './registryOptions.ts';

/** Runs until a stop command, a signal, the end of standard input (with `--json`), or a failure. */
export async function nodeCommand(options: NodeOptions & RegistryOptions, context: CliContext): Promise<number> {
  const config = nodeConfig(options);
  const others = registryConfig(options, context.cwd, process.env);
  const verbose = (process.env.JARVISCORE_FLEET_LOG ?? '') === 'debug';
  const log = (level: LogLevel, text: string) => {
    if (verbose || level === 'warn' || level === 'error') context.err(`${level}: ${maskSecrets(text)}`);
  };
  let supervisor: MeshSupervisor | null = null;
  let registry: NodeRegistry | null = null;
  const ended = Promise.withResolvers<number>();
  let leaving = false;
  const leave = () => {
    if (leaving) return;
    leaving = true;
    void Promise.all([supervisor?.stop(), registry?.stop()]).then(() => {
      surface.stopped();
      ended.resolve(0);
    });
  };
  const surface =
    options.json === true
      ? new JsonSurface(
          context,
          () => supervisor,
          () => registry,
          leave,
        )
      : new TextSurface(context);
  const onStatus = (status: NodeStatus) => {
    if (status.error !== null && status.phase !== 'failed') context.err(`jarviscore-fleet: ${status.error.message}`);
  };
  supervisor = createMeshSupervisor({
    hostPath: join(context.bundleFolder, 'meshHost.js'),
    onEvent: (event) => {
      surface.event(event);
      if (event.event === 'contacted') registry?.contacted(event.address);
      else if (event.event === 'ready') registry?.meshStarted();
    },
    onRoster: (roster, delta) => {
      surface.roster(roster, delta);
      registry?.remember(delta === null ? (roster?.peers ?? []) : delta.peers);
      if (delta === null && roster !== null) registry?.tellStored();
    },
    onStatus: (status) => {
      onStatus(status);
      // Also after a crash that was one too many, long after the start.
      if (status.phase !== 'failed') return;
      context.err(`jarviscore-fleet: ${status.error?.message ?? 'The node failed.'} ${status.error?.remedy ?? ''}`.trimEnd());
      ended.resolve(status.error?.code === 'host-crashed' || status.error?.code === 'internal' ? 1 : 2);
    },
    log,
  });
  if (others !== null) {
    for (const text of openings(others)) context.err(text);
    registry = new NodeRegistry({
      hostPath: join(context.bundleFolder, 'registryHost.js'),
      config: others,
      log,
      roster: () => supervisor?.roster() ?? null,
      ask: (addresses) => void supervisor?.send({ command: 'contacts', addresses }),
      onPeers: (changed, removed) => surface.others(changed, removed),
    });
  }
  if (!config.host.startsWith('127.')) {
    context.err(
      `The mesh protocol has neither authentication nor encryption: everybody who reaches ${config.host} can join and ask.`,
    );
  }
  let signals = 0;
  const onSignal = () => {
    signals += 1;
    if (signals === 1) leave();
    else {
      supervisor?.dispose();
      registry?.dispose();
    }
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal).on('SIGHUP', onSignal);
  const refused = (await registry?.start()) ?? null;
  if (refused !== null) {
    context.err(`jarviscore-fleet: ${refused}`);
    registry?.dispose();
    return 2;
  }
  // Commands of a caller may already be there; they are read once the node runs.
  const { phase } = await supervisor.start(config);
  if (phase === 'running' && surface instanceof JsonSurface) surface.listen(process.stdin, endOfInputMeansLeave());
  const status = await ended.promise;
  process.off('SIGINT', onSignal).off('SIGTERM', onSignal).off('SIGHUP', onSignal);
  supervisor.dispose();
  registry?.dispose();
  if (surface instanceof JsonSurface) process.stdin.destroy();
  return status;
}

/**
 * A caller that dies closes its end of the pipe, and the node must not outlive it. A shell that starts a command in the
 * background gives it /dev/null, which ends at once and means nothing.
 */
function endOfInputMeansLeave(): boolean {
  try {
    return process.stdin.isTTY === true || !fstatSync(0).isCharacterDevice();
  } catch {
    return false;
  }
}
