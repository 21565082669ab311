/** Whole nodes (membership, messages, keepalive, roster) on a virtual network and clock. */
import { inflateSync } from 'node:zlib';
import type { HostEvent, NodeConfig } from '#schemas/fleet/mesh.ts';
import type { LivePeer } from '#schemas/fleet/peer.ts';
import { createMeshNode, withPortOffset } from '#server/mesh/node.ts';
import type { MeshNode, NodeCommand, NodeInput } from '#server/mesh/nodeTypes.ts';
import { at, seeded } from './support.ts';

const latencyMs = 1;

export interface NetNode {
  readonly address: string;
  readonly node: MeshNode;
  readonly events: HostEvent[];
  left: boolean;
  command(command: NodeCommand): void;
  peer(address: string): LivePeer | undefined;
  results(): Extract<HostEvent, { event: 'result' }>[];
  roles(): string[];
}

export const netConfig: NodeConfig & { readonly port: number } = {
  host: '127.0.0.1',
  port: 7_000,
  zmqOffset: 1_000,
  name: 'node',
  seeds: [],
  avoidPorts: [],
  keepalive: {
    enabled: true,
    intervalMs: 90_000,
    backoffMs: 45_000,
    suppressWindowMs: 60_000,
    ackTimeoutMs: 10_000,
    allowZeroPeers: true,
  },
  forgetAfterMs: 1_800_000,
};

interface Parcel {
  readonly atMs: number;
  readonly to: string;
  readonly input: NodeInput;
}

export class NodeNet {
  nowMs = 1_000;
  /** Nodes that neither hear nor speak. */
  readonly down = new Set<string>();
  /** Nodes that run, but whose network carries nothing. */
  readonly cut = new Set<string>();
  /** Nodes whose ROUTER accepts nothing. */
  readonly deafRouters = new Set<string>();
  /** Milliseconds by which a node's wall clock is ahead. */
  readonly clocks = new Map<string, number>();
  /** Every datagram that left a node. */
  readonly datagrams: { readonly from: string; readonly to: string; readonly text: string }[] = [];
  /** Every message that left a DEALER. */
  readonly messages: { readonly atMs: number; readonly from: string; readonly to: string; readonly type: string }[] = [];
  #nodes = new Map<string, NetNode>();
  #parcels: Parcel[] = [];
  #seed = 1;

  add(port: number, config: Partial<NodeConfig> = {}): NetNode {
    const address = `127.0.0.1:${port}`;
    const events: HostEvent[] = [];
    const node = createMeshNode(
      {
        config: { ...netConfig, ...config, port },
        random: seeded(this.#seed++),
        inflate: (bytes, maxBytes) => {
          try {
            return inflateSync(bytes, { maxOutputLength: maxBytes });
          } catch {
            return null;
          }
        },
        epoch: `epoch-${this.#seed}`,
      },
      at(this.nowMs),
    );
    const entry: NetNode = {
      address,
      node,
      events,
      left: false,
      command: (command) => this.#input(entry, { kind: 'command', command }),
      peer: (peer) => node.snapshot().peers.find((candidate) => candidate.id === peer),
      results: () => events.filter((event) => event.event === 'result'),
      roles: () => node.snapshot().roles.map((role) => `${role.role}${role.gone ? ' (gone)' : ''}`),
    };
    this.#nodes.set(address, entry);
    this.#input(entry, { kind: 'tick' });
    return entry;
  }

  /** Raw input to a node, as if its sockets had got it. */
  inject(to: string, input: NodeInput): void {
    this.#parcels.push({ atMs: this.nowMs, to, input });
  }

  #input(entry: NetNode, input: NodeInput): void {
    const { monotonicMs, wallMs } = at(this.nowMs);
    entry.node.handle(input, { monotonicMs, wallMs: wallMs + (this.clocks.get(entry.address) ?? 0) });
    for (let output = entry.node.poll(); output !== undefined; output = entry.node.poll()) {
      const later = (to: string, parcel: NodeInput) => {
        if (to !== entry.address && (this.cut.has(entry.address) || this.cut.has(to))) return;
        this.#parcels.push({ atMs: this.nowMs + latencyMs, to, input: parcel });
      };
      switch (output.kind) {
        case 'udp':
        case 'tcp':
          this.datagrams.push({ from: entry.address, to: output.to, text: new TextDecoder().decode(output.bytes) });
          if (!this.down.has(entry.address))
            later(output.to, { kind: output.kind === 'udp' ? 'datagram' : 'frame', from: entry.address, bytes: output.bytes });
          break;
        case 'dealer-connect': {
          const reachable =
            this.#nodes.has(output.peer) &&
            !this.down.has(output.peer) &&
            output.zmqAddress === withPortOffset(output.peer, 1_000);
          later(entry.address, { kind: reachable ? 'dealer-connected' : 'dealer-disconnected', peer: output.peer });
          break;
        }
        case 'dealer-send':
          this.messages.push({
            atMs: this.nowMs,
            from: entry.address,
            to: output.peer,
            type: (JSON.parse(new TextDecoder().decode(output.bytes)) as { type: string }).type,
          });
          if (!this.down.has(entry.address) && !this.deafRouters.has(output.peer)) {
            later(output.peer, { kind: 'router', identity: entry.address, bytes: output.bytes });
          }
          break;
        case 'router-send':
          if (!this.down.has(entry.address)) later(output.identity, { kind: 'dealer', peer: entry.address, bytes: output.bytes });
          break;
        case 'dealer-disconnect':
          break;
        case 'event':
          entry.events.push(output.event);
          break;
        case 'left':
          entry.left = true;
          break;
      }
    }
  }

  run(ms: number): void {
    const endMs = this.nowMs + ms;
    while (this.nowMs < endMs) {
      let nextMs = endMs;
      for (const parcel of this.#parcels) nextMs = Math.min(nextMs, parcel.atMs);
      for (const entry of this.#nodes.values()) {
        if (!this.down.has(entry.address)) nextMs = Math.min(nextMs, entry.node.nextTimeout() ?? endMs);
      }
      this.nowMs = Math.max(this.nowMs, nextMs);
      const due = this.#parcels.filter((parcel) => parcel.atMs <= this.nowMs);
      this.#parcels = this.#parcels.filter((parcel) => parcel.atMs > this.nowMs);
      for (const parcel of due) {
        const entry = this.#nodes.get(parcel.to);
        if (entry !== undefined && !this.down.has(parcel.to)) this.#input(entry, parcel.input);
      }
      for (const entry of this.#nodes.values()) {
        if (this.down.has(entry.address)) continue;
        const timeout = entry.node.nextTimeout();
        if (timeout !== undefined && timeout <= this.nowMs) this.#input(entry, { kind: 'tick' });
      }
      if (due.length === 0 && nextMs <= this.nowMs) this.nowMs += 0.01;
    }
  }

  /** The address is free for a new process. */
  remove(entry: NetNode): void {
    this.#nodes.delete(entry.address);
  }
}
