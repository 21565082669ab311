/**
 * The hub of a relay fleet as far as a roster needs one: who is connected, alive and with what load. Time comes in, frames
 * go out; sockets are in hubServer.ts.
 */
import { randomUUID } from 'node:crypto';
import type { Json } from '#schemas/fleet/mesh.ts';
import type { Enrolment, PublicNode } from '#schemas/wire/relay.ts';
import type { AgentNames } from './agentNames.ts';
import { receiveFrame } from './hubFrames.ts';
import { connected, type HubNode, heartbeatTtlMs, newNode, publicNode } from './hubNode.ts';
import { type HubOptions, HubState, maxNodes, type Peer } from './hubState.ts';
import type { InvokeResult } from './invocations.ts';
import { invoke } from './invoke.ts';
import type { TokenHash } from './tokens.ts';

export type EnrolResult =
  | { readonly ok: true; readonly node: PublicNode; readonly token: string }
  | { readonly ok: false; readonly error: 'node_name_conflict' | 'invalid_node_name' | 'too_many_nodes' };

export class Hub {
  readonly #state: HubState;

  constructor(options: HubOptions) {
    this.#state = new HubState(options);
  }

  nodes(): IterableIterator<HubNode> {
    return this.#state.nodes.values();
  }

  /** By name as the SDK asks for it, an online one first, else by id. */
  find(nameOrId: string): HubNode | null {
    const named = this.#state.named(nameOrId);
    return named.find(({ online }) => online) ?? named[0] ?? this.#state.nodes.get(nameOrId) ?? null;
  }

  /** Ids of agents by name, as the HTTP side of the enrolment hands them out. */
  get agentNames(): AgentNames {
    return this.#state.agentNames;
  }

  /** Digest of an accepted token; null: not one of ours. */
  authorize(token: string): TokenHash | null {
    return this.#state.tokens.authorize(token);
  }

  /** The token a node is bound to, for the store; null: none. */
  boundToken(nodeId: string): { readonly hash: TokenHash; readonly enrolled: boolean } | null {
    const hash = this.#state.tokens.tokenOf(nodeId);
    return hash === null ? null : { hash, enrolled: this.#state.tokens.enrolled(hash) };
  }

  /** A node of an earlier run, offline until it connects. */
  restore(node: HubNode, token: { readonly hash: TokenHash; readonly enrolled: boolean } | null): void {
    const { nodes, tokens } = this.#state;
    if (nodes.size >= maxNodes || nodes.has(node.id)) return;
    this.#state.add(node);
    if (token !== null) tokens.restore(node.id, token.hash, token.enrolled);
    this.#state.changed(node);
  }

  /** Removes a node; a connected one is back with its next registration, an enrolled token is void. */
  forget(id: string): boolean {
    const { tokens } = this.#state;
    if (!this.#state.remove(id)) return false;
    this.#closeAll(id, 'forgotten');
    tokens.release(id);
    return true;
  }

  /** Mints a token for a node: `POST /v1/nodes`. */
  enrol(body: Enrolment): EnrolResult {
    const name = body.name.replace(/^#+/, '');
    if (name === '') return { ok: false, error: 'invalid_node_name' };
    const { nodes, options, tokens } = this.#state;
    const [named] = this.#state.named(name);
    const sameMachine = body.role === 'broker' && body.machine_id !== undefined;
    const ofMachine = sameMachine ? [...this.nodes()].find(({ machineId }) => machineId === body.machine_id) : undefined;
    const id = body.node_id ?? named?.id ?? ofMachine?.id ?? `node_${randomUUID().replaceAll('-', '')}`;
    if (named !== undefined && named.id !== id) return { ok: false, error: 'node_name_conflict' };
    if (!nodes.has(id) && nodes.size >= maxNodes) return { ok: false, error: 'too_many_nodes' };
    const node = nodes.get(id) ?? newNode(id, options.now().wallMs);
    this.#state.add(node);
    this.#state.rename(node, name);
    node.role = body.role;
    node.machineId = body.machine_id ?? node.machineId;
    node.remembered = { capabilities: body.capabilities, version: body.version, tags: body.tags, maxAgents: body.max_agents };
    // Enrolling again rotates the token: whoever is connected with the old one has to come again.
    this.#closeAll(id, 'token rotated');
    const token = tokens.enrol(id);
    this.#state.offline(node, 'enrolled, not connected yet');
    this.#state.changed(node);
    return { ok: true, node: publicNode(node), token };
  }

  /** A socket whose token was accepted. Returns the id of its session. */
  connect(token: TokenHash, peer: Peer): number {
    return this.#state.open(token, peer).id;
  }

  /** A text frame of a session. Never throws. */
  receive(sessionId: number, text: string): void {
    const session = this.#state.sessions.get(sessionId);
    if (session !== undefined) receiveFrame(this.#state, session, text);
  }

  /** The socket is gone, for whatever reason. */
  disconnect(sessionId: number): void {
    const session = this.#state.sessions.get(sessionId);
    if (session === undefined) return;
    this.#state.sessions.delete(sessionId);
    this.#state.invocations.abandon(sessionId, 'the node closed its connection');
    this.#state.detach(session, 'connection closed');
  }

  /** Marks nodes offline whose last heartbeat is older than its time to live. To be called every few seconds. */
  sweep(): void {
    const { monotonicMs } = this.#state.options.now();
    for (const node of this.nodes()) {
      if (!node.online || connected(node).some(({ lastBeatMs }) => monotonicMs - lastBeatMs <= heartbeatTtlMs)) continue;
      this.#state.offline(node, `no heartbeat for ${heartbeatTtlMs / 1000} s`);
      this.#state.changed(node);
    }
  }

  /** Runs an action on a node and waits for its `action.result`. Never rejects. */
  invoke(nodeId: string, action: string, input: Json, timeoutMs: number): Promise<InvokeResult> {
    return invoke(this.#state, nodeId, action, input, timeoutMs);
  }

  #closeAll(nodeId: string, reason: string): void {
    for (const session of this.#state.sessions.values()) {
      if (session.nodeId === nodeId) session.peer.close(1008, reason);
    }
  }
}
