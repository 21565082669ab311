import type { HostEvent } from '#schemas/fleet/mesh.ts';
import type { PeerState } from '#schemas/fleet/peer.ts';
import type { Instant, Random } from '#server/mesh/core.ts';
import type { Messages } from '#server/mesh/messages/contract.ts';
import { createMessages } from '#server/mesh/messages/messages.ts';
import type { MessagesOutput } from '#server/mesh/messages/types.ts';

/** A small generator with a seed: runs repeat exactly. */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}

export const wallStartMs = Date.UTC(2026, 0, 1);
export const at = (monotonicMs: number): Instant => ({ monotonicMs, wallMs: wallStartMs + monotonicMs });

export interface Site {
  readonly address: string;
  readonly messages: Messages;
  readonly events: HostEvent[];
  /** What others are to this site; absent: not a member. */
  readonly states: Map<string, PeerState>;
  readonly sent: { readonly to: string; readonly text: string }[];
  results(command: string): Extract<HostEvent, { event: 'result' }>[];
}

/** Nodes' message parts wired to each other without sockets; time moves only by `run`. */
export class Wire {
  nowMs = 1_000;
  readonly sites = new Map<string, Site>();
  /** Connections that are refused. */
  readonly unreachable = new Set<string>();
  /** Sites whose ROUTER swallows everything. */
  readonly deaf = new Set<string>();
  /** Applied to every message before it arrives; null loses it. */
  filter: (from: string, to: string, text: string) => boolean = () => true;
  readonly #decoder = new TextDecoder();

  add(address: string): Site {
    const states = new Map<string, PeerState>();
    const events: HostEvent[] = [];
    const sent: { to: string; text: string }[] = [];
    const messages = createMessages(
      { address, zmqAddress: `zmq-of-${address}`, name: `name-${address}` },
      seeded(this.sites.size + 1),
      { stateOf: (peer) => states.get(peer) ?? null, memberOf: (from) => (states.has(from) ? from : null), traffic: () => {} },
      at(this.nowMs),
    );
    const site: Site = {
      address,
      messages,
      events,
      states,
      sent,
      results: (command) =>
        events.filter(
          (event): event is Extract<HostEvent, { event: 'result' }> => event.event === 'result' && event.command === command,
        ),
    };
    this.sites.set(address, site);
    return site;
  }

  meet(a: Site, b: Site): void {
    a.states.set(b.address, 'alive');
    b.states.set(a.address, 'alive');
    a.messages.memberAlive(b.address, false, at(this.nowMs));
    b.messages.memberAlive(a.address, false, at(this.nowMs));
    this.settle();
  }

  #deliver(from: Site, output: MessagesOutput): void {
    const now = at(this.nowMs);
    switch (output.kind) {
      case 'dealer-connect':
        if (this.unreachable.has(output.peer)) from.messages.dealerDisconnected(output.peer, now);
        else from.messages.dealerConnected(output.peer, now);
        break;
      case 'dealer-send': {
        const text = this.#decoder.decode(output.bytes);
        from.sent.push({ to: output.peer, text });
        if (this.deaf.has(output.peer) || !this.filter(from.address, output.peer, text)) break;
        this.sites.get(output.peer)?.messages.routerMessage(from.address, output.bytes, now);
        break;
      }
      case 'router-send':
        this.sites.get(output.identity)?.messages.dealerMessage(from.address, output.bytes, now);
        break;
      case 'event':
        from.events.push(output.event);
        break;
      default:
        break;
    }
  }

  /** Delivers until nothing is left to deliver. */
  settle(): void {
    for (let busy = true; busy; ) {
      busy = false;
      for (const site of this.sites.values()) {
        for (let output = site.messages.poll(); output !== undefined; output = site.messages.poll()) {
          busy = true;
          this.#deliver(site, output);
        }
      }
    }
  }

  /** Moves time on, stopping at every deadline on the way. */
  run(ms: number): void {
    const endMs = this.nowMs + ms;
    for (;;) {
      this.settle();
      let next = endMs;
      for (const site of this.sites.values()) next = Math.min(next, Math.max(this.nowMs, site.messages.nextTimeout() ?? endMs));
      if (next <= this.nowMs) next = Math.min(endMs, this.nowMs + 1);
      this.nowMs = next;
      for (const site of this.sites.values()) site.messages.tick(at(this.nowMs));
      this.settle();
      if (this.nowMs >= endMs) return;
    }
  }
}
