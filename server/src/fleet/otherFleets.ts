/** Fleets beside the mesh, and the store of known nodes, as the editor's rows show them. */
import { existsSync } from 'node:fs';
import type { Configuration } from '#schemas/editor/messages.ts';
import type { RosterSnapshot } from '#schemas/fleet/mesh.ts';
import type { LivePeer } from '#schemas/fleet/peer.ts';
import type { FleetPeer } from '#schemas/fleet/view.ts';
import type { RegistryConfig, SourceHealth } from '#schemas/registry/host.ts';
import type { NodeKey } from '#schemas/registry/knownNode.ts';
import type { OtherPeer } from '#schemas/registry/otherPeer.ts';
import type { HostResult, LogLevel } from '../mesh/host/supervisor.ts';
import { RegistrySupervisor } from '../registry/host/supervisor.ts';
import { meshRow, StoredMesh } from '../registry/peers/meshPeer.ts';

export interface OtherFleetsOptions {
  /** Absolute path of the bundled `dist/registryHost.js`. */
  readonly hostPath: string;
  /** The workspace's database; null: nothing is remembered. */
  readonly storePath: string | null;
  log(level: LogLevel, text: string): void;
  onChange(): void;
  roster(): RosterSnapshot | null;
  /** Puts addresses that are only to be looked at to the mesh host. */
  ask(addresses: string[]): void;
}

/** What a person wants to run; where is in the settings. */
export interface WantedFleets {
  readonly hub: { readonly workspaceKey: string } | null;
  readonly coordinator: boolean;
  /** They ran before a reload of the window: a port that its server still has is waited for. */
  readonly again: boolean;
}

export type OtherSettings = Pick<Configuration, 'relayHub' | 'coordinator' | 'knownNodes'>;

const nothing: WantedFleets = { hub: null, coordinator: false, again: false };
/** The editor gives an ending server 2 s, the server its registry host 3 s. */
const reloadWaitMs = 15_000;
/** The program polls its agents every 10 s and waits 5 s for each (circuitforge-core 0.7.0, agent_supervisor.py). */
const pollMs = 10_000;
const probeTimeoutMs = 5_000;
const dayMs = 86_400_000;
/** While a mesh peer lives, its last sign of life in the store is at most that old. */
const rememberEveryMs = 20_000;

export class OtherFleets {
  readonly #options: OtherFleetsOptions;
  readonly #supervisor: RegistrySupervisor;
  readonly #stored: StoredMesh;
  readonly #rows = new WeakMap<OtherPeer, FleetPeer>();
  readonly #timer: NodeJS.Timeout;
  #settings: OtherSettings;
  #wanted = nothing;
  #running = '';
  #applying: Promise<void> = Promise.resolve();
  #disposed = false;

  constructor(options: OtherFleetsOptions, settings: OtherSettings) {
    this.#options = options;
    this.#settings = settings;
    this.#stored = new StoredMesh((addresses) => options.ask(addresses));
    this.#supervisor = new RegistrySupervisor({
      hostPath: options.hostPath,
      log: options.log,
      onRoster: () => options.onChange(),
    });
    this.#timer = setInterval(() => {
      this.#rememberAlive();
      // Answers grow old without an event.
      if (this.#supervisor.snapshot?.mesh.length) options.onChange();
    }, rememberEveryMs);
    this.#timer.unref();
  }

  get sources(): readonly SourceHealth[] {
    return this.#supervisor.snapshot?.sources ?? noSources;
  }

  /** Takes effect at once where something runs. */
  setSettings(settings: OtherSettings): void {
    this.#settings = settings;
    if (this.#supervisor.pid !== null) void this.#apply(this.#wanted);
  }

  /** Shows what an earlier session knew, without making a database where there is none. */
  async restore(): Promise<void> {
    if (this.#options.storePath !== null && existsSync(this.#options.storePath)) await this.#apply(this.#wanted);
  }

  /** The mesh node is about to run: from now on its peers are remembered. */
  meshStarts(): void {
    if (this.#options.storePath !== null) void this.#apply(this.#wanted);
  }

  /** Runs exactly what is wanted. Resolves once each runs, waits for its port or has failed; `sources` says which. */
  async set(wanted: WantedFleets): Promise<readonly SourceHealth[]> {
    // A person who asks once more for what has failed means it: its port may be free by now.
    if (this.sources.some(({ state }) => state === 'failed')) this.#running = '';
    await this.#apply(wanted);
    return this.sources;
  }

  /** Relay and CircuitForge nodes. A row stays the same object while its peer does. */
  rows(): readonly FleetPeer[] {
    return (this.#supervisor.snapshot?.peers ?? []).map((peer) => {
      const known = this.#rows.get(peer);
      if (known !== undefined) return known;
      const row: FleetPeer = { ...peer, id: `${peer.kind}/${peer.id}`, declared: null, seen: true };
      this.#rows.set(peer, row);
      return row;
    });
  }

  /** Mesh peers of an earlier session that nobody has met yet: offline, with when they were last heard of. */
  storedMesh(): readonly LivePeer[] {
    return this.#stored.peers(this.#supervisor.snapshot?.mesh ?? [], this.#options.roster(), Date.now());
  }

  /** The mesh host is a new one, and those whom the one before it met are known from earlier now. */
  meshStarted(): void {
    this.#stored.hostStarted();
    this.#supervisor.refresh();
  }

  /** An address that is only looked at has answered. */
  contacted(address: string): void {
    this.#stored.answered(address, Date.now());
    this.remember(this.storedMesh().filter((peer) => peer.address === address && peer.state === 'alive'));
    this.#options.onChange();
  }

  /** Peers of the mesh changed. */
  remember(peers: readonly LivePeer[]): void {
    const known = new Map(this.#supervisor.snapshot?.mesh.map((row) => [row.id, row]));
    this.#supervisor.remember(peers.flatMap((peer) => meshRow(peer, Date.now(), known.get(peer.id) ?? null) ?? []));
  }

  /** Null: neither outside the mesh nor in the store. */
  keyOf(rowId: string): NodeKey | null {
    const snapshot = this.#supervisor.snapshot;
    const other = snapshot?.peers.find((peer) => `${peer.kind}/${peer.id}` === rowId);
    if (other !== undefined) return { kind: other.kind, fleet: other.other.fleet, id: other.id };
    const known = snapshot?.mesh.find((row) => row.id === rowId);
    return known === undefined ? null : { kind: known.kind, fleet: known.fleet, id: known.id };
  }

  forget(node: NodeKey): Promise<HostResult> {
    return this.#supervisor.request({ command: 'forget', node });
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    await this.#applying;
    clearInterval(this.#timer);
    this.#rememberAlive();
    await this.#supervisor.stop();
  }

  /** Ends the host at once, for an exit that cannot wait. */
  kill(): void {
    this.#disposed = true;
    clearInterval(this.#timer);
    this.#supervisor.dispose();
  }

  /** One after another: a start that is still under way is not started over by a setting that arrives meanwhile. */
  #apply(wanted: WantedFleets): Promise<void> {
    this.#wanted = wanted;
    this.#applying = this.#applying.then(() => this.#run(this.#wanted));
    return this.#applying;
  }

  async #run(wanted: WantedFleets): Promise<void> {
    if (this.#disposed) return;
    const { storePath } = this.#options;
    const { coordinator, knownNodes, relayHub } = this.#settings;
    const listen = ({ host, port }: Configuration['relayHub']) => ({ host, port: port === 0 ? null : port });
    const config: RegistryConfig = {
      store: storePath === null ? null : { path: storePath, ageLimitMs: knownNodes.ageLimitDays * dayMs },
      hub: wanted.hub && {
        listen: listen(relayHub),
        tokens: [],
        workspaceKey: wanted.hub.workspaceKey,
      },
      coordinator: wanted.coordinator ? { listen: listen(coordinator), pollMs, probeTimeoutMs } : null,
      announce: [],
    };
    const text = JSON.stringify(config);
    if (text === this.#running && this.#supervisor.pid !== null) return;
    this.#running = text;
    if (wanted.again) for (const source of [config.hub, config.coordinator]) if (source) source.listen.waitMs = reloadWaitMs;
    if (config.store === null && config.hub === null && config.coordinator === null) await this.#supervisor.stop();
    else await this.#supervisor.start(config);
    this.#rememberAlive();
    this.#options.onChange();
  }

  #rememberAlive(): void {
    this.remember((this.#options.roster()?.peers ?? []).filter(({ state }) => state === 'alive'));
  }
}

const noSources: readonly SourceHealth[] = [];
