/** Read model of the registry: every relay and CircuitForge node, the mesh peers of the store, the health of each source. */
import type { RegistryDelta, RegistrySnapshot, SourceHealth } from '#schemas/registry/host.ts';
import type { KnownNode, NodeKey } from '#schemas/registry/knownNode.ts';
import type { OtherPeer } from '#schemas/registry/otherPeer.ts';
import { keyText } from '../knownNodes/rows.ts';
import { keyOfPeer } from './applyDelta.ts';

export class RegistryRoster {
  readonly #epoch: string;
  readonly #peers = new Map<string, OtherPeer>();
  readonly #sources = new Map<string, SourceHealth>();
  #mesh: readonly KnownNode[] = [];
  #revision = 0;
  readonly #changed = new Set<string>();
  readonly #removed = new Map<string, NodeKey>();
  #sourcesChanged = false;
  #meshChanged = false;

  /** @param epoch New for each start of a host. */
  constructor(epoch: string) {
    this.#epoch = epoch;
  }

  put(peer: OtherPeer): void {
    const text = keyText(keyOfPeer(peer));
    this.#peers.set(text, peer);
    this.#changed.add(text);
    this.#removed.delete(text);
  }

  remove(key: NodeKey): void {
    const text = keyText(key);
    if (!this.#peers.delete(text)) return;
    this.#changed.delete(text);
    this.#removed.set(text, { kind: key.kind, fleet: key.fleet, id: key.id });
  }

  get(key: NodeKey): OtherPeer | null {
    return this.#peers.get(keyText(key)) ?? null;
  }

  peers(): IterableIterator<OtherPeer> {
    return this.#peers.values();
  }

  setSource(health: SourceHealth): void {
    this.#sources.set(`${health.source} ${health.name ?? ''}`, health);
    this.#sourcesChanged = true;
  }

  sources(): SourceHealth[] {
    return [...this.#sources.values()];
  }

  setMesh(nodes: readonly KnownNode[]): void {
    this.#mesh = nodes;
    this.#meshChanged = true;
  }

  /** What changed since the last delta; null: nothing. */
  delta(): RegistryDelta | null {
    if (this.#changed.size === 0 && this.#removed.size === 0 && !this.#sourcesChanged && !this.#meshChanged) return null;
    const delta: RegistryDelta = {
      epoch: this.#epoch,
      base: this.#revision,
      revision: this.#revision + 1,
      sources: this.#sourcesChanged ? this.sources() : null,
      peers: [...this.#changed].flatMap((text) => this.#peers.get(text) ?? []),
      removed: [...this.#removed.values()],
      mesh: this.#meshChanged ? [...this.#mesh] : null,
    };
    this.#revision += 1;
    this.#changed.clear();
    this.#removed.clear();
    this.#sourcesChanged = false;
    this.#meshChanged = false;
    return delta;
  }

  /** Everything, at the revision of the last delta: to be asked for right after `delta()`. */
  snapshot(): RegistrySnapshot {
    return {
      epoch: this.#epoch,
      revision: this.#revision,
      sources: this.sources(),
      peers: [...this.#peers.values()],
      mesh: [...this.#mesh],
    };
  }
}
