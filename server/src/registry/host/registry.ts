/** The registry: store, relay hub, coordinator and announcers, composed. Runs in a process of its own (registryHost.ts). */
import { randomUUID } from 'node:crypto';
import type { AnnounceConfig, RegistryCommand, RegistryConfig, RegistryEvent, SourceHealth } from '#schemas/registry/host.ts';
import type { KnownNode, NodeKey } from '#schemas/registry/knownNode.ts';
import { Coordinator } from '../circuitforge/coordinator.ts';
import { keyText } from '../knownNodes/rows.ts';
import { openSqliteStore } from '../knownNodes/sqliteStore.ts';
import type { KnownNodesStore } from '../knownNodes/store.ts';
import { forgeFromRow, forgePeer, forgeRow } from '../peers/forgePeer.ts';
import { relayFromRow, relayPeer, relayRow } from '../peers/relayPeer.ts';
import { storedPeer } from '../peers/storedPeer.ts';
import { Hub } from '../relay/hub.ts';
import { keyOfPeer } from './applyDelta.ts';
import { RegistryRoster } from './roster.ts';
import { announce, type Source, type SourceContext, startCoordinator, startHub } from './sources.ts';

/** One name for the hub's and the coordinator's nodes of a workspace: a store belongs to one workspace. */
const fleet = 'default';
/** Changes of one moment go out as one delta. */
const gatherMs = 40;
const rereadMs = 5_000;
const longestPruneMs = 3_600_000;
const maxMisuseNotes = 1_000;

export class Registry {
  readonly #emit: (event: RegistryEvent) => void;
  readonly #version: string;
  readonly #roster = new RegistryRoster(randomUUID());
  readonly #sources: Source[] = [];
  readonly #timers: NodeJS.Timeout[] = [];
  readonly #misused = new Set<string>();
  /** Mesh peers of the store, as this process or another window last wrote them. */
  readonly #mesh = new Map<string, KnownNode>();
  #store: KnownNodesStore | null = null;
  #hub: Hub | null = null;
  #coordinator: Coordinator | null = null;
  #gather: NodeJS.Timeout | null = null;
  #stopped = false;

  constructor(emit: (event: RegistryEvent) => void, version: string) {
    this.#emit = emit;
    this.#version = version;
  }

  async start(config: RegistryConfig): Promise<void> {
    const context: SourceContext = {
      version: this.#version,
      health: (health) => this.#health(health),
      misuse: (what, remote, text) => this.#misuse(what, remote, text),
    };
    this.#openStore(config);
    const starts = [this.#startHub(config, context), this.#startCoordinator(config, context)];
    const rest = config.announce.map((one: AnnounceConfig) => announce(one, context));
    for (const source of await Promise.all([...starts, ...rest])) {
      if (source === null) continue;
      if (this.#stopped) source.stop();
      else this.#sources.push(source);
    }
    this.#restore();
    this.#emit({ event: 'ready', sources: this.#counted() });
    this.resync();
  }

  /** A snapshot event, for a supervisor that asks or lost deltas. */
  resync(): void {
    this.#flush();
    // Not told with each fact that is remembered: thousands of living peers are written again every few seconds.
    const mesh = [...this.#mesh.values()];
    this.#emit({ event: 'snapshot', snapshot: { ...this.#roster.snapshot(), mesh, sources: this.#counted() } });
  }

  command(command: Exclude<RegistryCommand, { command: 'start' | 'stop' }>): void {
    switch (command.command) {
      case 'snapshot':
        this.resync();
        break;
      case 'remember':
        for (const node of command.nodes) this.#mesh.set(keyText(node), node);
        this.#store?.remember(command.nodes);
        break;
      case 'forget': {
        const known = this.#forget(command.node);
        // Whoever waits for the answer looks at the roster next.
        this.#flush();
        const error = known ? null : `No node ${command.node.id} is known.`;
        this.#emit({ event: 'result', id: command.id, command: 'forget', ok: known, data: null, error });
        break;
      }
      case 'invoke':
        void this.#invoke(command);
        break;
      case 'agents':
        for (const source of this.#sources) source.setAgents?.(command.agents);
        if (command.id !== null) {
          this.#emit({ event: 'result', id: command.id, command: 'agents', ok: true, data: null, error: null });
        }
        break;
      default:
        command satisfies never;
    }
  }

  stop(): void {
    this.#stopped = true;
    for (const timer of this.#timers) clearInterval(timer);
    if (this.#gather !== null) clearTimeout(this.#gather);
    for (const source of this.#sources) source.stop();
    this.#coordinator?.stop();
    this.#store?.close();
  }

  #openStore(config: RegistryConfig): void {
    if (config.store === null) return;
    const { path, ageLimitMs } = config.store;
    const store = openSqliteStore({
      path,
      ageLimitMs,
      now: Date.now,
      log: (level, text) => this.#emit({ event: 'log', level, text }),
    });
    this.#store = store;
    this.#storeHealth(store);
    this.#timers.push(
      setInterval(() => this.#reread(), rereadMs),
      setInterval(() => this.#prune(), Math.min(longestPruneMs, Math.max(250, ageLimitMs / 4))),
    );
  }

  async #startHub({ hub: config }: RegistryConfig, context: SourceContext): Promise<Source | null> {
    if (config === null) return null;
    const hub = new Hub({
      tokens: config.tokens,
      now: () => ({ monotonicMs: performance.now(), wallMs: Date.now() }),
      onChange: (node) => {
        this.#roster.put(relayPeer(node, fleet));
        this.#store?.remember([relayRow(node, fleet, hub.boundToken(node.id))]);
        this.#changed();
      },
      log: (level, text) => this.#emit({ event: 'log', level, text }),
    });
    // Before the first socket is accepted: a node that comes back finds its token and its name.
    for (const row of this.#rows('relay')) {
      const { node, token } = relayFromRow(row, Date.now());
      hub.restore(node, token);
    }
    const source = await startHub(config, hub, context);
    if (source !== null) this.#hub = hub;
    return source;
  }

  async #startCoordinator({ coordinator: config }: RegistryConfig, context: SourceContext): Promise<Source | null> {
    if (config === null) return null;
    const coordinator = new Coordinator({
      ...config,
      now: Date.now,
      onChange: (node) => {
        this.#roster.put(forgePeer(node, fleet));
        this.#store?.remember([forgeRow(node, fleet)]);
        this.#changed();
      },
    });
    const source = await startCoordinator(config, coordinator, context);
    if (source === null) return null;
    this.#coordinator = coordinator;
    coordinator.restore(this.#rows('circuitforge').map(forgeFromRow));
    return source;
  }

  #rows(kind: KnownNode['kind']): KnownNode[] {
    return (this.#store?.restored ?? []).filter((row) => row.kind === kind);
  }

  /** What the store remembers and no source of ours shows. */
  #restore(): void {
    for (const row of this.#store?.restored ?? []) this.#show(row);
    this.#roster.setMesh([...this.#mesh.values()]);
  }

  #show(row: KnownNode): void {
    if (row.kind === 'jarviscore') this.#mesh.set(keyText(row), row);
    else if (this.#roster.get(row) === null || this.#sourceOf(row.kind) === null) {
      const peer = storedPeer(row, Date.now());
      if (peer !== null) this.#roster.put(peer);
    }
  }

  #sourceOf(kind: KnownNode['kind']): Hub | Coordinator | null {
    return kind === 'relay' ? this.#hub : kind === 'circuitforge' ? this.#coordinator : null;
  }

  /** Another window may have forgotten, met or aged out nodes. */
  #reread(): void {
    const store = this.#store;
    if (store === null) return;
    this.#storeHealth(store);
    const rows = store.reread();
    if (rows === null) return;
    const there = new Set(rows.map(keyText));
    for (const text of [...this.#mesh.keys()]) if (!there.has(text)) this.#mesh.delete(text);
    for (const peer of [...this.#roster.peers()]) {
      const key = keyOfPeer(peer);
      if (!there.has(keyText(key)) && peer.state === 'offline') this.#drop(key);
    }
    for (const row of rows) this.#show(row);
    this.#roster.setMesh([...this.#mesh.values()]);
    this.#changed();
  }

  #prune(): void {
    const gone = this.#store?.prune(Date.now()) ?? [];
    for (const key of gone) this.#drop(key);
    if (gone.length > 0) this.#changed();
  }

  #forget(key: NodeKey): boolean {
    const known = this.#roster.get(key) !== null || this.#mesh.has(keyText(key));
    this.#store?.forget(key);
    this.#drop(key);
    this.#changed();
    return known;
  }

  #drop(key: NodeKey): void {
    if (key.kind === 'relay') this.#hub?.forget(key.id);
    else if (key.kind === 'circuitforge') this.#coordinator?.forget(key.id);
    else if (this.#mesh.delete(keyText(key))) this.#roster.setMesh([...this.#mesh.values()]);
    this.#roster.remove(key);
  }

  async #invoke({ id, peer, action, input, timeoutMs }: Extract<RegistryCommand, { command: 'invoke' }>): Promise<void> {
    const result =
      this.#hub === null
        ? { ok: false as const, error: 'No relay hub runs here, so no relay node can be reached.' }
        : await this.#hub.invoke(peer, action, input, timeoutMs);
    const { ok } = result;
    this.#emit({ event: 'result', id, command: 'invoke', ok, data: ok ? result.data : null, error: ok ? null : result.error });
  }

  #storeHealth(store: KnownNodesStore): void {
    const { ok, message } = store.health();
    const before = this.#roster.sources().find(({ source }) => source === 'store');
    if (before?.message === message) return;
    this.#health({
      source: 'store',
      name: null,
      state: ok ? 'running' : 'failed',
      address: null,
      nodes: 0,
      message,
      error: null,
    });
  }

  #health(health: Omit<SourceHealth, 'since'>): void {
    const before = this.#roster.sources().find(({ source, name }) => source === health.source && name === health.name);
    const since = before?.state === health.state ? before.since : new Date().toISOString();
    this.#roster.setSource({ ...health, since });
    this.#emit({ event: 'log', level: health.state === 'failed' ? 'error' : 'info', text: health.message });
    this.#changed();
  }

  /** How many nodes each source has, told with the source. */
  #counted(): SourceHealth[] {
    const count = (kind: KnownNode['kind']) => [...this.#roster.peers()].filter((peer) => peer.kind === kind).length;
    return this.#roster.sources().map((health) => {
      if (health.source === 'relay-hub') return { ...health, nodes: count('relay') };
      if (health.source === 'coordinator') return { ...health, nodes: count('circuitforge') };
      return health.source === 'store' ? { ...health, nodes: count('relay') + count('circuitforge') + this.#mesh.size } : health;
    });
  }

  #misuse(what: string, remote: string, text: string): void {
    const note = `${what}: ${text} (from ${remote})`;
    if (this.#misused.has(note) || this.#misused.size >= maxMisuseNotes) return;
    this.#misused.add(note);
    this.#emit({ event: 'log', level: 'warn', text: `${note}. It was refused; the same again is not logged.` });
  }

  #changed(): void {
    if (this.#stopped) return;
    this.#gather ??= setTimeout(() => this.#flush(), gatherMs);
  }

  #flush(): void {
    if (this.#gather !== null) clearTimeout(this.#gather);
    this.#gather = null;
    const delta = this.#roster.delta();
    if (delta === null) return;
    const counted = delta.peers.length > 0 || delta.removed.length > 0 || delta.sources !== null;
    this.#emit({ event: 'delta', delta: counted ? { ...delta, sources: this.#counted() } : delta });
  }
}
