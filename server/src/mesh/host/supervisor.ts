/**
 * The parent's side of the mesh host process: starts it, restarts it after a crash, keeps its roster, and makes sure
 * that it ends. The language server and the command line use the same one.
 */
import type { ChildProcess } from 'node:child_process';
import type {
  AnnouncedAgent,
  HostCommand,
  HostEvent,
  Json,
  NodeConfig,
  NodeError,
  RosterDelta,
  RosterSnapshot,
  Strategy,
  Target,
} from '#schemas/fleet/mesh.ts';
import type { NodeStatus } from '#schemas/fleet/view.ts';
import { forkHost } from '../../host/forkHost.ts';
import { applyDelta } from './applyDelta.ts';
import { type Bundle, createBundle, unbundle } from './bundle.ts';
import { readEvent } from './events.ts';
import { createProcessWatch } from './processWatch.ts';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

export interface SupervisorOptions {
  /** Absolute path of the bundled `dist/meshHost.js`. */
  readonly hostPath: string;
  /** Every valid event of the host, in order, after `status` and `roster()` reflect it. */
  onEvent?(event: HostEvent): void;
  /** Phase, error or restart count changed; `self` and `seeds` of the status change with the roster. */
  onStatus?(status: NodeStatus): void;
  /** The roster changed; `delta` is null where the whole was replaced. Null roster: no host runs. */
  onRoster?(roster: RosterSnapshot | null, delta: RosterDelta | null): void;
  log?(level: LogLevel, text: string): void;
  /** Milliseconds a host may take until `ready`. Default 15,000. */
  readonly startTimeoutMs?: number;
  /** Milliseconds a host may take to leave the mesh before it is killed. Default 4,000. */
  readonly stopTimeoutMs?: number;
  /** First pause before a restart after a crash; doubles up to 30 s. Default 500. */
  readonly restartDelayMs?: number;
}

/** A command that is answered, without the id that the supervisor assigns. */
export type HostRequest =
  | { readonly command: 'announce'; readonly agents: AnnouncedAgent[] }
  | {
      readonly command: 'ask';
      readonly target: Target;
      readonly data: Json;
      readonly timeoutMs: number;
      readonly strategy?: Strategy;
    }
  | { readonly command: 'notify'; readonly target: Target; readonly data: Json }
  | { readonly command: 'respond'; readonly correlationId: string; readonly data: Json }
  | { readonly command: 'readmit'; readonly peer: string }
  | { readonly command: 'forget'; readonly peer: string }
  | { readonly command: 'messages'; readonly after: number | null }
  | { readonly command: 'payload'; readonly seq: number };

export interface HostResult {
  readonly ok: boolean;
  readonly data: Json;
  readonly error: string | null;
}

export interface MeshSupervisor {
  readonly status: NodeStatus;
  /** Of the host process; null: none runs. For measuring it. */
  readonly pid: number | null;
  /** The last known roster with all deltas applied; null while no host runs. */
  roster(): RosterSnapshot | null;
  /** Resolves once the node runs (`phase` running) or cannot (`phase` failed, `error` says why). A running node is stopped first. */
  start(config: NodeConfig): Promise<NodeStatus>;
  /** Leaves the mesh and ends the process, at the latest after `stopTimeoutMs`. Safe in any phase. */
  stop(): Promise<NodeStatus>;
  /** Sends a command with ids of the caller's own; its result arrives through `onEvent`. False: no host runs. */
  send(command: HostCommand): boolean;
  /** Sends a command and waits for its result. Never rejects: a host that ends answers `ok: false`. */
  request(request: HostRequest): Promise<HostResult> & { cancel(): void };
  /** Kills the process at once; for the parent's own exit. */
  dispose(): void;
}

const longestRestartDelayMs = 30_000;
/** A host that ran this long is healthy again: the next crash starts from the shortest pause. */
const healthyAfterMs = 60_000;
const crashesBeforeGivingUp = 5;

const idPrefix = 's#';

interface Run {
  readonly child: ChildProcess;
  readonly commands: Bundle<HostCommand>;
  readonly config: NodeConfig;
  readonly ended: Promise<void>;
  startedAt: number;
  ready: boolean;
  /** What the host itself gave as the reason for ending. */
  failure: NodeError | null;
  wanted: boolean;
}

export function createMeshSupervisor(options: SupervisorOptions): MeshSupervisor {
  const log = options.log ?? (() => {});
  const startTimeoutMs = options.startTimeoutMs ?? 15_000;
  const stopTimeoutMs = options.stopTimeoutMs ?? 4_000;
  const restartDelayMs = options.restartDelayMs ?? 500;

  let status: NodeStatus = {
    phase: 'stopped',
    since: new Date().toISOString(),
    self: null,
    seeds: [],
    error: null,
    restarts: 0,
  };
  let run: Run | null = null;
  let wantedConfig: NodeConfig | null = null;
  let agents: AnnouncedAgent[] | null = null;
  let snapshot: RosterSnapshot | null = null;
  let restartTimer: NodeJS.Timeout | null = null;
  let crashesInARow = 0;
  let lastPort: number | null = null;
  let nextId = 1;
  let generation = 0;
  const pending = new Map<string, (result: HostResult) => void>();
  const startWaiters = new Set<() => void>();

  const processes = createProcessWatch((peer, process) => run !== null && post(run, { command: 'process', peer, process }));

  function setStatus(change: Partial<NodeStatus>): void {
    const phaseChanged = change.phase !== undefined && change.phase !== status.phase;
    status = { ...status, ...change, since: phaseChanged ? new Date().toISOString() : status.since };
    options.onStatus?.(status);
    if (status.phase !== 'starting') {
      for (const waiter of [...startWaiters]) waiter();
    }
  }

  function setRoster(next: RosterSnapshot | null, delta: RosterDelta | null): void {
    snapshot = next;
    const self = next?.self ?? null;
    const seeds = next?.seeds ?? [];
    if (self !== status.self || seeds !== status.seeds) status = { ...status, self, seeds };
    options.onRoster?.(next, delta);
  }

  function failPending(reason: string): void {
    const waiting = [...pending.values()];
    pending.clear();
    for (const resolve of waiting) resolve({ ok: false, data: null, error: reason });
  }

  function post(target: Run, command: HostCommand): boolean {
    if (!target.child.connected) return false;
    target.commands.add(command);
    return true;
  }

  function receive(from: Run, raw: unknown): void {
    if (from !== run) return;
    const event = readEvent(raw);
    if (event === null) {
      log('error', 'The mesh host sent an event that this version does not understand; it was dropped.');
      return;
    }
    switch (event.event) {
      case 'ready':
        from.ready = true;
        from.startedAt = Date.now();
        lastPort = Number(event.address.slice(event.address.lastIndexOf(':') + 1));
        if (agents !== null && agents.length > 0) post(from, { command: 'announce', id: `${idPrefix}${nextId++}`, agents });
        break;
      case 'failed':
        from.failure = event.error;
        break;
      case 'snapshot':
        setRoster(event.snapshot, null);
        if (from.ready && status.phase === 'starting') setStatus({ phase: 'running', error: null });
        break;
      case 'delta': {
        const next = snapshot === null ? null : applyDelta(snapshot, event.delta);
        if (next === null) post(from, { command: 'snapshot' });
        else setRoster(next, event.delta);
        processes.follow(event.delta);
        break;
      }
      case 'result': {
        const resolve = pending.get(String(event.id));
        if (resolve !== undefined) {
          pending.delete(String(event.id));
          resolve({ ok: event.ok, data: event.data, error: event.error });
        }
        break;
      }
      case 'log':
        log(event.level, event.text);
        break;
    }
    const internal = event.event === 'result' && typeof event.id === 'string' && event.id.startsWith(idPrefix);
    if (!internal) options.onEvent?.(event);
  }

  function spawn(config: NodeConfig): Run {
    const child = forkHost(options.hostPath, (text) => log('debug', `mesh host: ${text}`));
    const started: Run = {
      child,
      // The callback keeps an EPIPE of a host that is just ending from being thrown at the parent.
      commands: createBundle((commands, done) => void (child.connected && child.send(commands, done))),
      config,
      startedAt: Date.now(),
      ready: false,
      failure: null,
      wanted: true,
      ended: new Promise((resolve) => {
        let done = false;
        const finish = (how: string) => {
          if (done) return;
          done = true;
          clearTimeout(startTimer);
          resolve();
          onEnd(started, how);
        };
        child.once('error', (error) => {
          if (child.pid === undefined) finish(`could not be started: ${error.message}`);
        });
        child.once('exit', (code, signal) => {
          finish(signal === null ? `ended with exit code ${code}` : `was ended by ${signal}`);
        });
      }),
    };
    const startTimer = setTimeout(() => {
      if (started.ready) return;
      started.failure = {
        code: 'internal',
        message: `The mesh host was not ready after ${startTimeoutMs / 1000} s and was ended.`,
        remedy: 'Start the node again; if it happens again, look at the log.',
      };
      child.kill('SIGKILL');
    }, startTimeoutMs);
    child.on('message', (raw) => {
      for (const each of unbundle(raw)) receive(started, each);
    });
    run = started;
    post(started, { command: 'start', config });
    return started;
  }

  function onEnd(ended: Run, how: string): void {
    if (ended !== run) return;
    run = null;
    processes.stop();
    failPending(`The mesh node ${ended.wanted ? 'crashed' : 'was stopped'} before it answered.`);
    setRoster(null, null);
    if (!ended.wanted) return;
    if (ended.failure !== null) {
      const retryElsewhere = ended.failure.code === 'port-taken' && wantedConfig?.port === null && ended.config.port !== null;
      if (retryElsewhere && wantedConfig !== null) {
        spawn(wantedConfig);
        return;
      }
      wantedConfig = null;
      setStatus({ phase: 'failed', error: ended.failure });
      return;
    }
    if (ended.ready && Date.now() - ended.startedAt >= healthyAfterMs) crashesInARow = 0;
    crashesInARow += 1;
    const message = `The mesh host ${how}.`;
    log('error', message);
    if (crashesInARow > crashesBeforeGivingUp || wantedConfig === null) {
      wantedConfig = null;
      setStatus({
        phase: 'failed',
        error: {
          code: 'host-crashed',
          message: `${message} It crashed ${crashesInARow} times in a row and was not started again.`,
          remedy: 'Look at the log for the cause, then start the node again.',
        },
      });
      return;
    }
    const delayMs = Math.min(longestRestartDelayMs, restartDelayMs * 2 ** (crashesInARow - 1));
    setStatus({
      phase: 'starting',
      restarts: status.restarts + 1,
      lastCrash: { at: new Date().toISOString(), message },
      error: {
        code: 'host-crashed',
        message: `${message} It starts again in ${delayMs / 1000} s.`,
        remedy: 'Nothing needs to be done unless it happens again; the log has the details.',
      },
    });
    // The old address again: peers hold it for suspect or dead, and a refutation brings it back in one round trip.
    const config = ended.ready ? { ...wantedConfig, port: lastPort ?? wantedConfig.port } : wantedConfig;
    restartTimer = setTimeout(() => {
      restartTimer = null;
      spawn(config);
    }, delayMs);
  }

  async function end(): Promise<void> {
    if (restartTimer !== null) {
      clearTimeout(restartTimer);
      restartTimer = null;
    }
    wantedConfig = null;
    const ending = run;
    if (ending === null) return;
    ending.wanted = false;
    if (!ending.ready || !post(ending, { command: 'stop' })) ending.child.kill('SIGKILL');
    const killTimer = setTimeout(() => {
      log('warn', `The mesh host did not leave within ${stopTimeoutMs} ms and was killed.`);
      ending.child.kill('SIGKILL');
    }, stopTimeoutMs);
    await ending.ended;
    clearTimeout(killTimer);
  }

  return {
    get status() {
      return status;
    },
    get pid() {
      return run?.child.pid ?? null;
    },
    roster: () => snapshot,

    async start(config) {
      const mine = ++generation;
      if (run !== null || restartTimer !== null) {
        setStatus({ phase: 'stopping' });
        await end();
        if (mine !== generation) return status;
      }
      wantedConfig = config;
      crashesInARow = 0;
      lastPort = null;
      const { lastCrash: _forgotten, ...rest } = status;
      status = rest;
      setStatus({ phase: 'starting', error: null, restarts: 0 });
      const settled = new Promise<void>((resolve) => {
        const waiter = () => {
          startWaiters.delete(waiter);
          resolve();
        };
        startWaiters.add(waiter);
      });
      spawn(config);
      await settled;
      return status;
    },

    async stop() {
      const mine = ++generation;
      if (run === null && restartTimer === null) {
        if (status.phase !== 'stopped') setStatus({ phase: 'stopped', error: null });
        return status;
      }
      setStatus({ phase: 'stopping', error: null });
      await end();
      if (mine === generation) setStatus({ phase: 'stopped', error: null });
      return status;
    },

    send(command) {
      if (command.command === 'announce') agents = command.agents;
      return run?.ready === true && post(run, command);
    },

    request(request) {
      const id = `${idPrefix}${nextId++}`;
      const answer = new Promise<HostResult>((resolve) => {
        pending.set(id, resolve);
        if (request.command === 'announce') agents = request.agents;
        if (run === null || !run.ready || !post(run, { ...request, id })) {
          pending.delete(id);
          resolve({ ok: false, data: null, error: 'The mesh node is not running.' });
        }
      });
      return Object.assign(answer, {
        cancel() {
          if (pending.has(id) && run !== null) post(run, { command: 'cancel', id: `${idPrefix}${nextId++}`, request: id });
        },
      });
    },

    dispose() {
      generation += 1;
      if (restartTimer !== null) clearTimeout(restartTimer);
      restartTimer = null;
      wantedConfig = null;
      if (run !== null) {
        run.wanted = false;
        run.child.kill('SIGKILL');
      }
    },
  };
}
