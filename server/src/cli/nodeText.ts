/** `node` for a person: a line whenever a peer changes. */
import pc from 'picocolors';
import type { HostEvent, RosterDelta, RosterSnapshot } from '#schemas/fleet/mesh.ts';
import type { LivePeer, PeerState } from '#schemas/fleet/peer.ts';
import type { CliContext } from './context.ts';

export class TextSurface {
  readonly #context: CliContext;
  readonly #colors: ReturnType<typeof pc.createColors>;
  readonly #said = new Map<string, string>();

  constructor(context: CliContext) {
    this.#context = context;
    this.#colors = pc.createColors(context.color);
  }

  event(event: HostEvent): void {
    if (event.event === 'ready') {
      this.#context.out(`Local node ${event.address} (ZeroMQ ${event.zmq}), observing. Ctrl+C leaves the mesh.`);
    } else if (event.event === 'message') {
      const kind = event.type === 'PEER_REQUEST' ? 'request' : 'notification';
      this.#context.out(`${clock()}  ${kind} from ${event.from.agent} at ${event.from.node}; answering needs --json`);
    }
  }

  roster(roster: RosterSnapshot | null, delta: RosterDelta | null): void {
    if (roster === null) return;
    for (const id of delta?.removed ?? []) this.#forgotten(id);
    for (const peer of delta === null ? roster.peers : delta.peers) this.#say(peer);
  }

  #forgotten(id: string): void {
    if (this.#said.delete(id)) this.#context.out(`${clock()}  ${id.padEnd(22)} forgotten`);
  }

  #say(peer: LivePeer): void {
    const text = this.#describe(peer);
    if (this.#said.get(peer.id) === text) return;
    this.#said.set(peer.id, text);
    this.#context.out(`${clock()}  ${text}`);
  }

  /** Nodes outside the mesh. */
  others(changed: readonly LivePeer[], removed: readonly string[]): void {
    for (const id of removed) this.#forgotten(id);
    for (const peer of changed) this.#say(peer);
  }

  stopped(): void {
    this.#context.out('Left the mesh.');
  }

  #describe(peer: LivePeer): string {
    const paint: Readonly<Record<PeerState, (text: string) => string>> = {
      alive: this.#colors.green,
      suspect: this.#colors.yellow,
      dead: this.#colors.red,
      left: this.#colors.gray,
      offline: this.#colors.gray,
      unknown: this.#colors.gray,
    };
    const roles = [...new Set(peer.agents.map((agent) => agent.role))].join(', ');
    const keepalive = peer.keepalive;
    const backoff =
      keepalive?.failureBackoffUntil == null
        ? ''
        : `backing off until ${keepalive.failureBackoffUntil}, ${keepalive.consecutiveSendFailures} failures`;
    const { capacity } = peer;
    const agents =
      capacity?.activeAgents == null ? '' : `${capacity.activeAgents} of ${capacity.maxAgents || 'unlimited'} agents active`;
    const marks = peer.mesh?.marks.map((mark) => mark.text) ?? [];
    const facts = [peer.name ?? '', roles, peer.reason ?? '', agents, backoff, ...peer.warnings, ...marks].filter(
      (fact) => fact !== '',
    );
    return `${peer.id.padEnd(22)} ${paint[peer.state](peer.state.padEnd(8))} ${facts.join(' · ')}`.trimEnd();
  }
}

function clock(): string {
  return new Date().toLocaleTimeString('en-GB');
}
