/** The parent's side of the registry host process: starts it, restarts it after a crash, keeps its roster, ends it. */
import type { ChildProcess } from 'node:child_process';
import type { Json } from '#schemas/fleet/mesh.ts';
import {
  type RegistryCommand,
  type RegistryConfig,
  type RegistryDelta,
  type RegistryEvent,
  type RegistrySnapshot,
  registryEventSchema,
} from '#schemas/registry/host.ts';
import type { KnownNode, NodeKey } from '#schemas/registry/knownNode.ts';
import { forkHost } from '../../host/forkHost.ts';
import { applyRegistryDelta } from './applyDelta.ts';

export interface RegistrySupervisorOptions {
  /** Absolute path of the bundled `dist/registryHost.js`. */
  readonly hostPath: string;
  /** The roster changed; `delta` is null where the whole was replaced, the snapshot where no host runs. */
  onRoster?(snapshot: RegistrySnapshot | null, delta: RegistryDelta | null): void;
  log?(level: 'debug' | 'info' | 'warn' | 'error', text: string): void;
  /** Milliseconds a host may take to end before it is killed. Default 3,000. */
  readonly stopTimeoutMs?: number;
  /** First pause before a restart after a crash; doubles up to 30 s. Default 500. */
  readonly restartDelayMs?: number;
}

export type RegistryRequest =
  | { readonly command: 'forget'; readonly node: NodeKey }
  | {
      readonly command: 'invoke';
      readonly peer: string;
      readonly action: string;
      readonly input: Json;
      readonly timeoutMs: number;
    }
  | { readonly command: 'agents'; readonly agents: { id: string; name: string }[] };

export interface RegistryResult {
  readonly ok: boolean;
  readonly data: Json;
  readonly error: string | null;
}

const longestRestartDelayMs = 30_000;
/** A host that ran this long is healthy again: the next crash starts from the shortest pause. */
const healthyAfterMs = 60_000;

export class RegistrySupervisor {
  readonly #options: RegistrySupervisorOptions;
  readonly #pending = new Map<string, (result: RegistryResult) => void>();
  #config: RegistryConfig | null = null;
  #child: ChildProcess | null = null;
  #ended: Promise<void> = Promise.resolve();
  #snapshot: RegistrySnapshot | null = null;
  #agents: { id: string; name: string }[] = [];
  #restartTimer: NodeJS.Timeout | null = null;
  #crashes = 0;
  #startedAt = 0;
  #nextId = 1;
  #onReady: (() => void) | null = null;
  /** Counts starts and stops: whoever waited for an earlier one to end sees that it was overtaken. */
  #generation = 0;

  constructor(options: RegistrySupervisorOptions) {
    this.#options = options;
  }

  /** The last known roster with all deltas applied; null while no host runs. */
  get snapshot(): RegistrySnapshot | null {
    return this.#snapshot;
  }

  /** Of the host process; null: none runs. */
  get pid(): number | null {
    return this.#child?.pid ?? null;
  }

  /** Resolves once every source runs or has failed (`snapshot.sources` says which), or the host could not be started. */
  async start(config: RegistryConfig): Promise<void> {
    const mine = ++this.#generation;
    await this.#end();
    if (mine !== this.#generation) return;
    this.#config = config;
    this.#crashes = 0;
    const ready = new Promise<void>((resolve) => {
      this.#onReady = resolve;
    });
    this.#spawn(config);
    await Promise.race([ready, this.#ended]);
  }

  /** Writes what waits, closes everything, ends the process. Safe at any time. */
  async stop(): Promise<void> {
    this.#generation += 1;
    await this.#end();
  }

  async #end(): Promise<void> {
    this.#config = null;
    if (this.#restartTimer !== null) clearTimeout(this.#restartTimer);
    this.#restartTimer = null;
    const child = this.#child;
    if (child === null) return;
    if (!this.#post({ command: 'stop' })) child.kill('SIGKILL');
    const timer = setTimeout(() => child.kill('SIGKILL'), this.#options.stopTimeoutMs ?? 3_000);
    await this.#ended;
    clearTimeout(timer);
  }

  /** Kills the process at once; for the parent's own exit. */
  dispose(): void {
    this.#generation += 1;
    this.#config = null;
    if (this.#restartTimer !== null) clearTimeout(this.#restartTimer);
    this.#child?.kill('SIGKILL');
  }

  /** Facts about mesh peers, for the store. */
  remember(nodes: readonly KnownNode[]): void {
    if (nodes.length > 0) this.#post({ command: 'remember', nodes: [...nodes] });
  }

  /** Asks for the whole roster: what was remembered since the last one is not told by deltas. */
  refresh(): void {
    this.#post({ command: 'snapshot' });
  }

  /** Never rejects: a host that ends answers `ok: false`. */
  request(request: RegistryRequest): Promise<RegistryResult> {
    if (request.command === 'agents') this.#agents = request.agents;
    const id = String(this.#nextId++);
    return new Promise((resolve) => {
      this.#pending.set(id, resolve);
      if (this.#post({ ...request, id })) return;
      this.#pending.delete(id);
      resolve({ ok: false, data: null, error: 'No relay hub, coordinator or store runs here.' });
    });
  }

  #post(command: RegistryCommand): boolean {
    if (this.#child?.connected !== true) return false;
    // The callback keeps an EPIPE of a host that is just ending from being thrown at the parent.
    this.#child.send(command, () => {});
    return true;
  }

  #spawn(config: RegistryConfig): void {
    const child = forkHost(this.#options.hostPath, (text) => this.#options.log?.('debug', `registry host: ${text}`));
    this.#child = child;
    this.#startedAt = Date.now();
    child.on('message', (raw) => this.#receive(child, raw));
    this.#ended = new Promise((resolve) => {
      let done = false;
      const finish = (how: string) => {
        if (done) return;
        done = true;
        resolve();
        this.#ending(child, how);
      };
      child.once('error', (error) => {
        if (child.pid === undefined) finish(`could not be started: ${error.message}`);
      });
      child.once('exit', (code, signal) => finish(signal === null ? `ended with exit code ${code}` : `was ended by ${signal}`));
    });
    this.#post({ command: 'start', config });
  }

  #receive(from: ChildProcess, raw: unknown): void {
    if (from !== this.#child) return;
    const parsed = registryEventSchema.safeParse(raw);
    if (!parsed.success) {
      this.#options.log?.('error', 'The registry host sent an event that this version does not understand; it was dropped.');
      return;
    }
    this.#event(parsed.data);
  }

  #event(event: RegistryEvent): void {
    switch (event.event) {
      case 'ready':
        if (this.#agents.length > 0) this.#post({ command: 'agents', id: null, agents: this.#agents });
        break;
      case 'snapshot':
        this.#setSnapshot(event.snapshot, null);
        this.#onReady?.();
        this.#onReady = null;
        break;
      case 'delta': {
        // Before the first snapshot there is nothing to apply it to, and that snapshot has it in it.
        if (this.#snapshot === null) break;
        const next = applyRegistryDelta(this.#snapshot, event.delta);
        if (next === null) this.#post({ command: 'snapshot' });
        else this.#setSnapshot(next, event.delta);
        break;
      }
      case 'result': {
        const resolve = this.#pending.get(String(event.id));
        this.#pending.delete(String(event.id));
        resolve?.({ ok: event.ok, data: event.data, error: event.error });
        break;
      }
      case 'log':
        this.#options.log?.(event.level, event.text);
        break;
      case 'failed':
        this.#options.log?.('error', `${event.error.message} ${event.error.remedy}`);
        break;
      case 'stopped':
        break;
      default:
        event satisfies never;
    }
  }

  #setSnapshot(snapshot: RegistrySnapshot | null, delta: RegistryDelta | null): void {
    this.#snapshot = snapshot;
    this.#options.onRoster?.(snapshot, delta);
  }

  #ending(child: ChildProcess, how: string): void {
    if (child !== this.#child) return;
    this.#child = null;
    const waiting = [...this.#pending.values()];
    this.#pending.clear();
    for (const resolve of waiting) resolve({ ok: false, data: null, error: 'The registry host ended before it answered.' });
    // The ports it had, so that nodes that connected to chosen ones find it again.
    const config = this.#config === null ? null : withPorts(this.#config, this.#snapshot);
    this.#setSnapshot(null, null);
    if (config === null) return;
    if (Date.now() - this.#startedAt >= healthyAfterMs) this.#crashes = 0;
    this.#crashes += 1;
    const delayMs = Math.min(longestRestartDelayMs, (this.#options.restartDelayMs ?? 500) * 2 ** (this.#crashes - 1));
    this.#options.log?.('error', `The registry host ${how}. It starts again in ${delayMs / 1000} s.`);
    this.#restartTimer = setTimeout(() => {
      this.#restartTimer = null;
      this.#spawn(config);
    }, delayMs);
  }
}

function withPorts(config: RegistryConfig, snapshot: RegistrySnapshot | null): RegistryConfig {
  const portOf = (source: 'relay-hub' | 'coordinator', configured: number | null): number | null => {
    const address = snapshot?.sources.find((health) => health.source === source)?.address;
    return address == null ? configured : Number(address.slice(address.lastIndexOf(':') + 1));
  };
  const { hub, coordinator } = config;
  return {
    ...config,
    hub: hub && { ...hub, listen: { ...hub.listen, port: portOf('relay-hub', hub.listen.port) } },
    coordinator: coordinator && {
      ...coordinator,
      listen: { ...coordinator.listen, port: portOf('coordinator', coordinator.listen.port) },
    },
  };
}
