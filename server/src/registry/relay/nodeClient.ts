/** Our own node as a node of somebody else's relay fleet: what a broker says of itself, without its agents' work. */
import { randomUUID } from 'node:crypto';
import { WebSocket } from 'ws';
import {
  engineFrameSchema,
  type InventoryAgent,
  maxFrameBytes,
  type NodeHeartbeat,
  type NodeRegister,
} from '#schemas/wire/relay.ts';

export interface RelayNodeOptions {
  /** `ws://HOST:PORT` or `wss://…`; `/v1/node/ws` is added. */
  readonly url: string;
  readonly token: string | null;
  readonly nodeId: string;
  readonly name: string;
  /** 0: unlimited. */
  readonly maxAgents: number;
  readonly version: string;
  /** 0 up to 1, for the jitter. */
  random(): number;
  /** Called when it changes. */
  onState(state: RelayNodeState): void;
}

export interface RelayNodeState {
  readonly connected: boolean;
  /** One sentence. */
  readonly message: string;
}

/** Brokers of all generations beat every 12 s; the engine gives a node up after 45 s. */
export const heartbeatMs = 12_000;
/** A broker of the 12.4.1 generation waits that long for the reply to its registration. */
const registerReplyMs = 10_000;
const connectMs = 15_000;
/** Four beats without so much as a pong: the connection is dead, whatever the socket says. */
const readIdleMs = 48_000;
const firstDelayMs = 1_000;
const longestDelayMs = 30_000;
/** Changes of one moment go out as one: a crash and the restart after it are one heartbeat, with the count after both. */
const gatherMs = 20;

type Outgoing =
  | NodeRegister
  | NodeHeartbeat
  | { v: 1; type: 'inventory.sync'; id: string; agents: readonly InventoryAgent[] }
  | ActionResult;
interface ActionResult {
  readonly v: 1;
  readonly type: 'action.result';
  readonly invocation_id: string;
  readonly error: string;
}

export class RelayNode {
  readonly #options: RelayNodeOptions;
  readonly #provider = 'jarviscore-fleet';
  #agents: readonly InventoryAgent[] = [];
  #socket: WebSocket | null = null;
  #instanceId = '';
  #registered = false;
  #registerId = '';
  #inventoryId = '';
  #delayMs = firstDelayMs;
  #lastReadMs = 0;
  #stopped = false;
  readonly #timers = new Map<'connect' | 'beat' | 'gather' | 'reconnect', NodeJS.Timeout>();

  constructor(options: RelayNodeOptions) {
    this.#options = options;
  }

  start(): void {
    this.#connect();
  }

  /** The agents that live now, the whole set. */
  setAgents(agents: readonly { readonly id: string; readonly name: string }[]): void {
    this.#agents = agents.map(({ id, name }) => ({ agent_id: id, name }));
    if (!this.#registered) return;
    this.#timer('gather', gatherMs, () => {
      this.#inventory();
      this.#beat();
    });
  }

  stop(): void {
    this.#stopped = true;
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
    const socket = this.#socket;
    this.#socket = null;
    if (socket?.readyState === WebSocket.OPEN && this.#registered) {
      const provider = { name: this.#provider, instance_id: this.#instanceId };
      socket.send(JSON.stringify({ v: 1, type: 'node.deregister', provider }));
    }
    socket?.close(1000);
    // A peer that does not answer the close must not keep the process alive.
    setTimeout(() => socket?.terminate(), 500).unref();
  }

  #connect(): void {
    if (this.#stopped) return;
    const { url, token } = this.#options;
    this.#registered = false;
    // The engine tells a reconnection from a second node by it.
    this.#instanceId = randomUUID();
    const socket = new WebSocket(`${url.replace(/\/+$/, '')}/v1/node/ws`, {
      headers: token === null ? {} : { authorization: `Bearer ${token}` },
      maxPayload: maxFrameBytes,
      perMessageDeflate: false,
      handshakeTimeout: connectMs,
      followRedirects: false,
    });
    this.#socket = socket;
    this.#state(false, `connecting to ${url}`);
    socket.on('open', () => {
      this.#lastReadMs = performance.now();
      this.#register();
      this.#timer('connect', registerReplyMs, () =>
        this.#drop(`${url} did not answer the registration within ${registerReplyMs / 1000} s`),
      );
    });
    socket.on('message', (data, isBinary) => {
      this.#lastReadMs = performance.now();
      if (!isBinary) this.#receive(String(data));
    });
    socket.on('pong', () => {
      this.#lastReadMs = performance.now();
    });
    let reason = '';
    socket.on('error', (error) => {
      reason = error.message;
    });
    socket.on('close', (code, text) => {
      if (this.#socket === socket) this.#closed(reason || String(text) || `connection closed (${code})`);
    });
  }

  #register(): void {
    const { nodeId, name, maxAgents, version } = this.#options;
    this.#registerId = `node_register_${randomUUID()}`;
    this.#send({
      v: 1,
      type: 'node.register',
      id: this.#registerId,
      name,
      node_id: nodeId,
      provider: { name: this.#provider, instance_id: this.#instanceId },
      capabilities: [],
      max_agents: maxAgents,
      tags: [],
      version,
      resume_cursor: null,
    });
  }

  #inventory(): void {
    this.#inventoryId = `inventory_sync_${randomUUID()}`;
    this.#send({ v: 1, type: 'inventory.sync', id: this.#inventoryId, agents: this.#agents });
  }

  /** Count, capacity and load are of one moment; the time is the receiver's business. */
  #beat(): void {
    const { nodeId, name, maxAgents, version } = this.#options;
    const active = this.#agents.length;
    this.#send({
      v: 1,
      type: 'node.heartbeat',
      provider: { name: this.#provider, instance_id: this.#instanceId },
      name,
      node_id: nodeId,
      capabilities: [],
      max_agents: maxAgents,
      version,
      load: maxAgents === 0 ? 0 : Math.min(1, active / maxAgents),
      active_agents: active,
      handlers_live: false,
    });
  }

  #receive(text: string): void {
    const frame = parse(text);
    // Unknown frames are the engine's newer features: ignored, as the broker does.
    if (frame === null) return;
    if (frame.type === 'action.invoke') {
      const error = `handler_unavailable: ${this.#options.name} only shows its agents here, it runs no actions`;
      this.#send({ v: 1, type: 'action.result', invocation_id: frame.invocation_id, error });
    } else if (frame.type === 'error') {
      if (frame.id === this.#registerId) this.#drop(`the registration was refused: ${frame.message} (${frame.code})`);
    } else if (frame.type === 'reply' && frame.id === this.#registerId && !this.#registered) {
      this.#clear('connect');
      this.#registered = true;
      this.#state(true, `registered with ${this.#options.url} as ${this.#options.nodeId}`);
      this.#inventory();
      this.#beat();
      this.#tick();
    } else if (frame.type === 'reply' && frame.id === this.#inventoryId) {
      // Only a connection over which something was agreed counts as healthy.
      this.#delayMs = firstDelayMs;
    }
  }

  #tick(): void {
    this.#timer('beat', heartbeatMs, () => {
      if (performance.now() - this.#lastReadMs > readIdleMs) {
        this.#drop(`nothing came from ${this.#options.url} for ${readIdleMs / 1000} s`);
        return;
      }
      this.#beat();
      this.#socket?.ping();
      this.#tick();
    });
  }

  #drop(reason: string): void {
    const socket = this.#socket;
    this.#socket = null;
    socket?.terminate();
    this.#closed(reason);
  }

  #closed(reason: string): void {
    this.#socket = null;
    this.#registered = false;
    for (const name of ['connect', 'beat', 'gather'] as const) this.#clear(name);
    if (this.#stopped) return;
    // Half to one and a half: after a restart of the engine its nodes must not all come in the same second.
    const delayMs = Math.min(longestDelayMs, this.#delayMs * (0.5 + this.#options.random()));
    this.#delayMs = Math.min(longestDelayMs, this.#delayMs * 2);
    this.#state(false, `not connected to ${this.#options.url}: ${reason}; tried again in ${(delayMs / 1000).toFixed(1)} s`);
    this.#timer('reconnect', delayMs, () => this.#connect());
  }

  #send(frame: Outgoing): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(frame));
  }

  #state(connected: boolean, message: string): void {
    this.#options.onState({ connected, message });
  }

  #timer(name: 'connect' | 'beat' | 'gather' | 'reconnect', delayMs: number, run: () => void): void {
    this.#clear(name);
    this.#timers.set(name, setTimeout(run, delayMs));
  }

  #clear(name: 'connect' | 'beat' | 'gather' | 'reconnect'): void {
    clearTimeout(this.#timers.get(name));
    this.#timers.delete(name);
  }
}

function parse(text: string) {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return null;
  }
  const parsed = engineFrameSchema.safeParse(json);
  return parsed.success ? parsed.data : null;
}
