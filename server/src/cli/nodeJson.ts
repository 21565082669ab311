/** `node --json`: commands on stdin, events on stdout, one JSON document per line. */
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { HostEvent, RosterDelta, RosterSnapshot, Target } from '#schemas/fleet/mesh.ts';
import { type NodeCommand, type NodeEvent, nodeCommandSchema } from '#schemas/fleet/nodeProtocol.ts';
import { type LivePeer, type Peer, peerSchema } from '#schemas/fleet/peer.ts';
import type { HostRequest, MeshSupervisor } from '../mesh/host/supervisor.ts';
import type { CliContext } from './context.ts';
import type { NodeRegistry } from './nodeRegistry.ts';

type Id = string | number | null;

/** Commands that are answered by a `result`. */
const answered: ReadonlySet<string> = new Set(['announce', 'ask', 'notify', 'readmit', 'invoke', 'forget', 'marks']);

export class JsonSurface {
  readonly #context: CliContext;
  readonly #supervisor: () => MeshSupervisor | null;
  readonly #registry: () => NodeRegistry | null;
  readonly #leave: () => void;
  /** What was last said about each peer, as text. */
  readonly #said = new Map<string, string>();
  #input: ReturnType<typeof createInterface> | null = null;

  constructor(
    context: CliContext,
    supervisor: () => MeshSupervisor | null,
    registry: () => NodeRegistry | null,
    leave: () => void,
  ) {
    this.#context = context;
    this.#supervisor = supervisor;
    this.#registry = registry;
    this.#leave = leave;
  }

  /** @param leaveAtEnd whether the end of the input ends the node. */
  listen(input: Readable, leaveAtEnd: boolean): void {
    this.#input = createInterface({ input });
    this.#input.on('line', (line) => this.#line(line));
    this.#input.on('close', () => {
      if (leaveAtEnd) this.#leave();
    });
  }

  event(event: HostEvent): void {
    if (event.event === 'ready') this.#emit({ event: 'ready', address: event.address, zmq: event.zmq });
    else if (event.event === 'message') this.#emit(event);
  }

  roster(roster: RosterSnapshot | null, delta: RosterDelta | null): void {
    if (roster === null) return;
    for (const id of delta?.removed ?? []) this.#said.delete(id);
    for (const live of delta === null ? roster.peers : delta.peers) this.#say(live);
  }

  /** Nodes outside the mesh, and mesh peers that only the store knows. */
  others(changed: readonly LivePeer[], removed: readonly string[]): void {
    for (const id of removed) this.#said.delete(id);
    for (const live of changed) this.#say(live);
  }

  #say(live: LivePeer): void {
    const peer = contractPeer(live);
    const text = JSON.stringify(peer);
    if (this.#said.get(peer.id) === text) return;
    this.#said.set(peer.id, text);
    this.#emit({ event: 'peer', peer });
  }

  stopped(): void {
    this.#emit({ event: 'stopped' });
  }

  #emit(event: NodeEvent): void {
    this.#context.out(JSON.stringify(event));
  }

  #result(
    id: Id,
    command: string,
    ok: boolean,
    data: Extract<NodeEvent, { event: 'result' }>['data'],
    error: string | null,
  ): void {
    this.#emit({ event: 'result', id, command, ok, data, error });
  }

  #line(line: string): void {
    if (line.trim() === '') return;
    let raw: unknown;
    try {
      raw = JSON.parse(line);
    } catch {
      this.#context.err('jarviscore-fleet: a line on standard input is not JSON and was ignored.');
      return;
    }
    const parsed = nodeCommandSchema.safeParse(raw);
    if (parsed.success) {
      this.#command(parsed.data);
      return;
    }
    const { id, command } = named(raw);
    const places = parsed.error.issues.map((issue) => [...issue.path.map(String), issue.message].join(': ')).join('; ');
    if (answered.has(command)) this.#result(id, command, false, null, places);
    else
      this.#context.err(
        `jarviscore-fleet: the command ${command === '' ? 'without a name' : JSON.stringify(command)} was ignored: ${places}`,
      );
  }

  #command(command: NodeCommand): void {
    switch (command.command) {
      case 'snapshot':
        this.#snapshot();
        break;
      case 'stop':
        this.#leave();
        break;
      case 'marks':
        this.#marks(command.id ?? null);
        break;
      case 'respond':
        void this.#supervisor()
          ?.request({ command: 'respond', correlationId: command.correlationId, data: command.data })
          .then(({ ok, error }) => {
            if (!ok) this.#context.err(`jarviscore-fleet: respond ${command.correlationId}: ${error ?? 'failed'}`);
          });
        break;
      case 'ask':
        this.#ask(command.id ?? null, {
          command: 'ask',
          target: targetOf(command),
          data: command.data,
          timeoutMs: command.timeout * 1000,
          ...(command.strategy === undefined ? {} : { strategy: command.strategy }),
        });
        break;
      case 'notify':
        this.#ask(command.id ?? null, { command: 'notify', target: targetOf(command), data: command.data });
        break;
      case 'announce':
        this.#ask(command.id ?? null, { command: 'announce', agents: command.agents });
        this.#registry()?.announce(command.agents);
        break;
      case 'readmit':
        this.#ask(command.id ?? null, { command: 'readmit', peer: command.peer });
        break;
      case 'forget':
        void this.#forget(command.id ?? null, command.peer);
        break;
      case 'invoke':
        void this.#invoke(command.id ?? null, command);
        break;
    }
  }

  #marks(id: Id): void {
    const peers = this.#supervisor()?.roster()?.peers ?? [];
    const data = peers.map(({ id: peer, localOpinion, warnings, mesh }) => ({ peer, localOpinion, warnings, ...mesh }));
    this.#result(id, 'marks', true, data, null);
  }

  #ask(id: Id, request: HostRequest): void {
    void this.#supervisor()
      ?.request(request)
      .then(({ ok, data, error }) => this.#result(id, request.command, ok, data, error));
  }

  /** A node may be known to the mesh, to another fleet, to the store, or to several of them. */
  async #forget(id: Id, peer: string): Promise<void> {
    const registry = this.#registry();
    const key = registry?.keyOf(peer) ?? null;
    const stored = key === null ? null : await registry?.forget(key);
    const inMesh =
      this.#supervisor()
        ?.roster()
        ?.peers.some((known) => known.id === peer) === true;
    this.#said.delete(peer);
    if (inMesh || stored == null) this.#ask(id, { command: 'forget', peer });
    else this.#result(id, 'forget', stored.ok, stored.data, stored.error);
  }

  async #invoke(id: Id, { peer, action, input, timeout }: Extract<NodeCommand, { command: 'invoke' }>): Promise<void> {
    const result = await this.#registry()?.invoke(peer, action, input, timeout * 1000);
    if (result === undefined)
      this.#result(id, 'invoke', false, null, 'This node is no relay hub; start it with --relay HOST:PORT.');
    else this.#result(id, 'invoke', result.ok, result.data, result.error);
  }

  #snapshot(): void {
    const roster = this.#supervisor()?.roster();
    const peers = [...(roster?.peers ?? []), ...(this.#registry()?.peers() ?? [])].map(contractPeer);
    const roles = (roster?.roles ?? []).filter((role) => !role.gone).map((role) => role.role);
    this.#emit({ event: 'snapshot', peers, roles: [...new Set(roles)].sort() });
  }
}

/** Exactly the contract's fields: scripts compare whole objects. */
function contractPeer(peer: Peer): Peer {
  return peerSchema.parse(peer);
}

function targetOf(command: { readonly role?: string | undefined; readonly agent?: string | undefined }): Target {
  return command.role === undefined ? { agent: command.agent ?? '' } : { role: command.role };
}

function named(raw: unknown): { readonly id: Id; readonly command: string } {
  if (typeof raw !== 'object' || raw === null) return { id: null, command: '' };
  const { id, command } = raw as { readonly id?: unknown; readonly command?: unknown };
  return {
    id: typeof id === 'string' || typeof id === 'number' ? id : null,
    command: typeof command === 'string' ? command : '',
  };
}
