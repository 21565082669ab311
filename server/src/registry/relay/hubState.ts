/** What the parts of the hub share: its tables and the few ways a node goes on and off line. */
import { randomUUID } from 'node:crypto';
import type { HubFrame } from '#schemas/wire/relay.ts';
import { AgentNames } from './agentNames.ts';
import { connected, defaultProvider, type HubNode, newNode } from './hubNode.ts';
import { Invocations } from './invocations.ts';
import { type TokenHash, Tokens } from './tokens.ts';

export interface HubClock {
  readonly monotonicMs: number;
  readonly wallMs: number;
}

export interface HubOptions {
  /** Shared tokens. */
  readonly tokens: readonly string[];
  now(): HubClock;
  /** Something visible of the node changed. */
  onChange(node: HubNode): void;
  log(level: 'debug' | 'info' | 'warn', text: string): void;
}

/** The socket side of one connection. */
export interface Peer {
  readonly remote: string;
  send(frame: HubFrame): void;
  close(code: number, reason: string): void;
}

export interface Session {
  readonly id: number;
  readonly token: TokenHash;
  readonly peer: Peer;
  /** Null until it registered or beat, and again after it was superseded. */
  nodeId: string | null;
  provider: string;
  /** Its first refused frame was logged. */
  complained: boolean;
}

export const maxNodes = 10_000;

export class HubState {
  readonly options: HubOptions;
  readonly nodes = new Map<string, HubNode>();
  readonly sessions = new Map<number, Session>();
  /** Node ids by name: enrolment looks every name up, and ten thousand nodes may enrol. */
  readonly #named = new Map<string, Set<string>>();
  readonly tokens: Tokens;
  readonly invocations = new Invocations();
  readonly agentNames = new AgentNames();
  #nextSession = 1;

  constructor(options: HubOptions) {
    this.options = options;
    this.tokens = new Tokens(options.tokens);
  }

  open(token: TokenHash, peer: Peer): Session {
    const session: Session = { id: this.#nextSession++, token, peer, nodeId: null, provider: defaultProvider, complained: false };
    this.sessions.set(session.id, session);
    return session;
  }

  add(node: HubNode): void {
    this.nodes.set(node.id, node);
    this.#index(node);
  }

  remove(id: string): boolean {
    const node = this.nodes.get(id);
    if (node === undefined) return false;
    this.#unindex(node);
    return this.nodes.delete(id);
  }

  rename(node: HubNode, name: string): void {
    if (node.name === name) return;
    this.#unindex(node);
    node.name = name;
    this.#index(node);
  }

  named(name: string): HubNode[] {
    return [...(this.#named.get(name) ?? [])].flatMap((id) => this.nodes.get(id) ?? []);
  }

  #index(node: HubNode): void {
    const ids = this.#named.get(node.name);
    if (ids === undefined) this.#named.set(node.name, new Set([node.id]));
    else ids.add(node.id);
  }

  #unindex(node: HubNode): void {
    const ids = this.#named.get(node.name);
    ids?.delete(node.id);
    if (ids?.size === 0) this.#named.delete(node.name);
  }

  changed(node: HubNode): void {
    this.options.onChange(node);
  }

  /** Binds the connection's token to the node, which is made where it is new; a sentence where that cannot be. */
  claim(session: Session, nodeId: string): string | null {
    const node = this.nodes.get(nodeId);
    if (node === undefined && this.nodes.size >= maxNodes) return `this hub keeps ${maxNodes} nodes at most`;
    if (!this.tokens.bind(session.token, nodeId, node === undefined || !node.online)) {
      const own = this.tokens.nodeOf(session.token);
      if (own !== null && own !== nodeId) return `this token belongs to ${own}`;
      if (node !== undefined) {
        node.conflict = `${nodeId} is also claimed with another token, from ${session.peer.remote}`;
        this.changed(node);
      }
      return `${nodeId} belongs to another token`;
    }
    if (node === undefined) this.add(newNode(nodeId, this.options.now().wallMs));
    return null;
  }

  /** Takes the connection off its node, which goes offline with its last one. */
  detach(session: Session, reason: string): void {
    const node = session.nodeId === null ? undefined : this.nodes.get(session.nodeId);
    session.nodeId = null;
    const provider = node?.providers.get(session.provider);
    if (node === undefined || provider?.session !== session.id) return;
    provider.session = null;
    if (reason === 'deregistered') node.providers.delete(session.provider);
    if (connected(node).length === 0) {
      node.remembered = {
        capabilities: provider.capabilities.map(({ name }) => name),
        version: provider.version,
        tags: provider.tags,
        maxAgents: provider.maxAgents,
      };
      this.offline(node, reason);
    }
    this.changed(node);
  }

  online(node: HubNode, reason: string): void {
    const { wallMs } = this.options.now();
    if (!node.online) {
      node.online = true;
      node.since = wallMs;
      node.reason = reason;
    }
    node.restored = false;
    node.lastHeartbeat = wallMs;
    node.lastSeen = wallMs;
  }

  offline(node: HubNode, reason: string): void {
    if (node.online) node.since = this.options.now().wallMs;
    node.online = false;
    node.reason = reason;
  }

  /** Requests without an id get no answer: nobody could tell what it answers. */
  reply(session: Session, id: string | undefined, data: unknown): void {
    if (id !== undefined) session.peer.send({ v: 1, type: 'reply', id, ok: true, data });
  }

  error(session: Session, id: string | undefined, code: string, message: string): void {
    session.peer.send({ v: 1, type: 'error', id: id ?? randomUUID(), ok: false, code, message });
  }
}
