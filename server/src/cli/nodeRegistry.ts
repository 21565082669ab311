/** Other fleets and the store beside the mesh node of `node`. */
import type { Json, RosterSnapshot } from '#schemas/fleet/mesh.ts';
import type { LivePeer, Peer } from '#schemas/fleet/peer.ts';
import type { RegistryConfig, RegistrySnapshot } from '#schemas/registry/host.ts';
import type { KnownNode, NodeKey } from '#schemas/registry/knownNode.ts';
import { RegistrySupervisor } from '../registry/host/supervisor.ts';
import { meshRow, StoredMesh } from '../registry/peers/meshPeer.ts';

/** While a peer lives, its last sign of life in the store is at most that old. */
const rememberEveryMs = 20_000;

export interface NodeRegistryOptions {
  readonly hostPath: string;
  readonly config: RegistryConfig;
  readonly log: (level: 'debug' | 'info' | 'warn' | 'error', text: string) => void;
  /** The mesh node's roster as of now; null while it does not run. */
  roster(): RosterSnapshot | null;
  /** Puts addresses that are only to be looked at to the mesh host. */
  ask(addresses: string[]): void;
  /** Peers that changed, and ids of peers that are gone. */
  onPeers(changed: readonly LivePeer[], removed: readonly string[]): void;
}

export class NodeRegistry {
  readonly #options: NodeRegistryOptions;
  readonly #supervisor: RegistrySupervisor;
  readonly #stored: StoredMesh;
  #timer: NodeJS.Timeout | null = null;

  constructor(options: NodeRegistryOptions) {
    this.#options = options;
    this.#stored = new StoredMesh((addresses) => options.ask(addresses));
    this.#supervisor = new RegistrySupervisor({
      hostPath: options.hostPath,
      log: options.log,
      onRoster: (snapshot, delta) => {
        if (snapshot === null) return;
        const gone = delta?.removed.map(({ id }) => id) ?? [];
        const mesh = delta === null || delta.mesh !== null ? this.#storedMesh(snapshot) : [];
        options.onPeers([...(delta === null ? snapshot.peers : delta.peers), ...mesh], gone);
      },
    });
  }

  /** Resolves once every source runs; an option that asks for a port which cannot be had is a sentence. */
  async start(): Promise<string | null> {
    await this.#supervisor.start(this.#options.config);
    const failed = this.#supervisor.snapshot?.sources.find(({ state, source }) => state === 'failed' && source !== 'store');
    if (failed?.error != null) return `${failed.error.message} ${failed.error.remedy}`;
    if (this.#supervisor.snapshot === null)
      return 'The registry host could not be started; JARVISCORE_FLEET_LOG=debug says more.';
    this.#timer = setInterval(() => {
      this.rememberAll();
      this.tellStored();
    }, rememberEveryMs);
    return null;
  }

  /** Relay and CircuitForge nodes, and mesh peers that only the store knows. */
  peers(): readonly Peer[] {
    const snapshot = this.#supervisor.snapshot;
    return snapshot === null ? [] : [...snapshot.peers, ...this.#storedMesh(snapshot)];
  }

  /** Peers of the mesh node changed: the store keeps them. */
  remember(peers: readonly LivePeer[]): void {
    const rows = peers.flatMap((peer) => meshRow(peer, Date.now(), this.#known(peer.id)) ?? []);
    this.#supervisor.remember(rows);
  }

  /** The mesh host is a new one: it is asked again whether stored peers are there. */
  meshStarted(): void {
    this.#stored.hostStarted();
  }

  /** Says what of the store nobody has met, and asks the mesh whether it is there. */
  tellStored(): void {
    const snapshot = this.#supervisor.snapshot;
    if (snapshot !== null) this.#options.onPeers(this.#storedMesh(snapshot), []);
  }

  /** An address that is only looked at has answered. */
  contacted(address: string): void {
    this.#stored.answered(address, Date.now());
    this.tellStored();
    const snapshot = this.#supervisor.snapshot;
    if (snapshot !== null) this.remember(this.#storedMesh(snapshot).filter((peer) => peer.address === address));
  }

  rememberAll(): void {
    this.remember((this.#options.roster()?.peers ?? []).filter(({ state }) => state === 'alive'));
  }

  /** The key of a node outside the mesh, or of a mesh peer that the store knows; null: neither. */
  keyOf(id: string): NodeKey | null {
    const other = this.#supervisor.snapshot?.peers.find((peer) => peer.id === id);
    if (other !== undefined) return { kind: other.kind, fleet: other.other.fleet, id };
    const known = this.#known(id);
    return known === null ? null : { kind: known.kind, fleet: known.fleet, id };
  }

  forget(node: NodeKey) {
    return this.#supervisor.request({ command: 'forget', node });
  }

  invoke(peer: string, action: string, input: Json, timeoutMs: number) {
    return this.#supervisor.request({ command: 'invoke', peer, action, input, timeoutMs });
  }

  /** The set announced in the mesh is what our nodes in relay fleets host. */
  announce(agents: readonly { readonly role: string }[]): void {
    const seen = new Map<string, number>();
    const named = agents.map(({ role }) => {
      const count = (seen.get(role) ?? 0) + 1;
      seen.set(role, count);
      const name = count === 1 ? role : `${role}-${count}`;
      return { id: `${this.#nodeId()}:${name}`, name };
    });
    void this.#supervisor.request({ command: 'agents', agents: named });
  }

  async stop(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.rememberAll();
    await this.#supervisor.stop();
  }

  dispose(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#supervisor.dispose();
  }

  #nodeId(): string {
    return this.#options.config.announce[0]?.nodeId ?? 'jarviscore-fleet';
  }

  #known(id: string): KnownNode | null {
    return this.#supervisor.snapshot?.mesh.find((row) => row.id === id) ?? null;
  }

  #storedMesh(snapshot: RegistrySnapshot): readonly LivePeer[] {
    return this.#stored.peers(snapshot.mesh, this.#options.roster(), Date.now());
  }
}
