/** The fleet as the editor shows it: declared nodes joined with the roster of the local node, and the commands on it. */
import type * as z from 'zod';
import type { FleetComponent, notifyRequest, startPlanRequest } from '#schemas/editor/fleetMessages.ts';
import type { Configuration } from '#schemas/editor/messages.ts';
import type { AnnouncedAgent, HostEvent, Json, NodeError, Strategy, Target } from '#schemas/fleet/mesh.ts';
import { type MessagePage, messagePageSchema } from '#schemas/fleet/messageLog.ts';
import type { DeclaredRole, FleetDelta, FleetView, NodeStatus } from '#schemas/fleet/view.ts';
import type { SourceHealth } from '#schemas/registry/host.ts';
import type { WorkspaceModel } from '../config/model/types.ts';
import { maskErrors, maskPayload } from '../log/maskPayload.ts';
import { createMeshSupervisor, type HostResult, type LogLevel, type MeshSupervisor } from '../mesh/host/supervisor.ts';
import { Coalescer } from './coalescer.ts';
import { choices } from './components.ts';
import { type Declaration, declarations, isLoopback } from './declared.ts';
import { declaredRoles } from './declaredRoles.ts';
import { type FleetFacts, fleetDelta } from './delta.ts';
import { joinRows, RowCache } from './join.ts';
import { OtherFleets, type OtherSettings, type WantedFleets } from './otherFleets.ts';
import { findRoute } from './route.ts';
import { destination, planStart, type StartRequest } from './startPlan.ts';

export interface FleetOptions {
  /** Unique per process: a revision means nothing across epochs. */
  readonly epoch: string;
  /** Absolute path of the bundled mesh host. */
  readonly hostPath: string;
  /** Absolute path of the bundled registry host. */
  readonly registryHostPath: string;
  /** Absolute path of the workspace's database of known nodes; null: nothing is remembered. */
  readonly storePath: string | null;
  /** Name of the local node where the settings give none. */
  readonly nodeName: string;
  log(level: LogLevel, text: string): void;
  /** A change of the view, at most one per `minimumGapMs`. */
  onDelta(delta: FleetDelta): void;
  /** Requests and notifications that peers send to agents of ours. */
  onMessage?(message: Extract<HostEvent, { event: 'message' }>): void;
  /** Default 250: VS Code's tree debounces at 200 ms, and commands suffer from constant refreshing. */
  readonly minimumGapMs?: number;
}

export type FleetSettings = Pick<Configuration, 'node'> & OtherSettings;

/** What the workspace knows. */
export interface ProjectFacts {
  readonly project: boolean;
  readonly target: FleetView['target'];
  readonly python: boolean;
  readonly models: readonly WorkspaceModel[];
}

const untrusted: NodeError = {
  code: 'untrusted',
  message: 'The workspace is not trusted, so no socket is opened and no process is started.',
  remedy: 'Trust the workspace (command "Workspaces: Manage Workspace Trust"), then start the node again.',
};

const unroutable = (problem: string): NodeError => ({
  code: 'bad-address',
  message: `The declared seeds are not on this machine. ${problem}`,
  remedy: 'Check names and networks, or name seeds that this machine reaches (setting jarviscoreFleet.node.seeds).',
});

/** Announced with the first question: nobody answers a node that has announced no agent. Distinctive, so that no work meant for a real agent is routed here. */
const asker: AnnouncedAgent = { role: 'fleet-viewer', capabilities: ['human'], description: 'A person looking at the fleet.' };

export class Fleet {
  readonly #options: FleetOptions;
  readonly #supervisor: MeshSupervisor;
  readonly #coalescer: Coalescer;
  readonly #others: OtherFleets;
  readonly #rows = new RowCache();
  #facts: ProjectFacts;
  #declared: readonly Declaration[] = [];
  #declaredRoles: DeclaredRole[] = [];
  #settings: Configuration['node'];
  #trusted: boolean;
  /** A start that was refused before any host ran; shown until the next start or stop. */
  #refused: { readonly error: NodeError; readonly since: string } | null = null;
  #sent: FleetView;
  /** What a person asked for last; a start that had to look for its way gives way to whatever came after it. */
  #asked = 0;

  constructor(options: FleetOptions, facts: ProjectFacts, settings: FleetSettings, trusted: boolean) {
    this.#options = options;
    this.#facts = facts;
    this.#declared = declarations(facts.models);
    this.#declaredRoles = declaredRoles(facts.models);
    this.#settings = settings.node;
    this.#trusted = trusted;
    this.#coalescer = new Coalescer(options.minimumGapMs ?? 250, () => this.#publish());
    this.#supervisor = createMeshSupervisor({
      hostPath: options.hostPath,
      log: options.log,
      onStatus: () => this.#coalescer.request(),
      onRoster: (roster, delta) => {
        this.#others.remember(delta === null ? (roster?.peers ?? []) : delta.peers);
        this.#coalescer.request();
      },
      onEvent: (event) => {
        if (event.event === 'message') options.onMessage?.(event);
        else if (event.event === 'ready') this.#others.meshStarted();
        else if (event.event === 'contacted') this.#others.contacted(event.address);
      },
    });
    this.#others = new OtherFleets(
      {
        hostPath: options.registryHostPath,
        storePath: options.storePath,
        log: options.log,
        onChange: () => this.#coalescer.request(),
        roster: () => this.#supervisor.roster(),
        ask: (addresses) => void this.#supervisor.send({ command: 'contacts', addresses }),
      },
      settings,
    );
    if (trusted) void this.#others.restore();
    this.#sent = { epoch: options.epoch, revision: 0, ...this.#compute() };
  }

  /** New models of the workspace. Declarations that stayed the same keep their rows. */
  setProject(facts: ProjectFacts): void {
    this.#facts = facts;
    this.#declaredRoles = declaredRoles(facts.models);
    const before = new Map(this.#declared.map((declaration) => [declaration.rowId, declaration]));
    this.#declared = declarations(facts.models).map((declaration) => {
      const old = before.get(declaration.rowId);
      return old !== undefined && JSON.stringify(old) === JSON.stringify(declaration) ? old : declaration;
    });
    this.#coalescer.request();
  }

  /** For the local node with its next start, for the other fleets at once. */
  setSettings(settings: FleetSettings): void {
    this.#settings = settings.node;
    this.#others.setSettings(settings);
  }

  /** Runs the hub and the coordinator a person wants, and nothing else of their kind. */
  async setOtherFleets(wanted: WantedFleets): Promise<readonly SourceHealth[]> {
    if (!this.#trusted) {
      this.#options.log('warn', `No server for other fleets was started: ${untrusted.message}`);
      return [];
    }
    return this.#others.set(wanted);
  }

  setTrusted(trusted: boolean): void {
    if (trusted && !this.#trusted) void this.#others.restore();
    this.#trusted = trusted;
    if (trusted && this.#refused?.error.code === 'untrusted') this.#refused = null;
    this.#coalescer.request();
  }

  /** The view as of now; a delta that leads to it has been handed over before. */
  view(): FleetView {
    this.#publish();
    return this.#sent;
  }

  get status(): NodeStatus {
    const { status } = this.#supervisor;
    if (this.#refused === null) return status;
    return { ...status, phase: 'failed', since: this.#refused.since, error: this.#refused.error };
  }

  /** Starts the local node. Resolves once it runs or cannot; the status says which and what to do. */
  async start(request: StartRequest): Promise<NodeStatus> {
    if (!this.#trusted) return this.#refuse(untrusted);
    const mine = ++this.#asked;
    const goal = destination(request, this.#settings, this.#declared);
    const route = 'error' in goal || goal.reach === 'loopback' ? null : await findRoute(goal.addresses);
    if (mine !== this.#asked) return this.status;
    if (route !== null && 'problem' in route) return this.#refuse(unroutable(route.problem));
    const plan = planStart(request, this.#settings, this.#declared, this.#options.nodeName, route);
    if (!plan.ok) return this.#refuse(plan.error);
    this.#refused = null;
    this.#options.log('info', `Starting the local node; ${plan.reason}.`);
    this.#others.meshStarts();
    await this.#supervisor.start(plan.config);
    return this.status;
  }

  async stop(): Promise<NodeStatus> {
    this.#asked += 1;
    this.#refused = null;
    await this.#supervisor.stop();
    this.#coalescer.request();
    return this.status;
  }

  /** Where a start with these seeds would bind. Sends nothing. */
  async planStart(seeds: readonly string[] | null): Promise<z.infer<typeof startPlanRequest.result>> {
    const goal = destination({ seeds }, this.#settings, this.#declared);
    if ('error' in goal) return { host: null, exposed: false, seeds: [], problem: `${goal.error.message} ${goal.error.remedy}` };
    if (goal.reach === 'loopback') return { host: '127.0.0.1', exposed: false, seeds: [...goal.addresses], problem: null };
    const route = await findRoute(goal.addresses);
    if ('problem' in route) return { host: null, exposed: true, seeds: [...goal.addresses], problem: route.problem };
    return { host: route.host, exposed: !isLoopback(route.host), seeds: [...route.seeds], problem: null };
  }

  /** The separate fleets that the files declare. */
  fleets(): FleetComponent[] {
    return choices(this.#declared);
  }

  /** One-way message to a role or an agent. The first one announces an agent of ours, too. */
  async notify(target: Target, data: Json): Promise<z.infer<typeof notifyRequest.result>> {
    const announced = await this.#introduce();
    const {
      ok,
      data: said,
      error,
    } = announced.ok ? await this.#supervisor.request({ command: 'notify', target, data }) : announced;
    return { ok, confirmed: ok && said === null, error };
  }

  /** What changed in the journal of the local node since a revision of that node, errors masked; null: no node runs. */
  async messages(epoch: string | null, after: number | null): Promise<MessagePage | null> {
    const known = this.#supervisor.roster()?.epoch === epoch ? after : null;
    const { ok, data } = await this.#supervisor.request({ command: 'messages', after: known });
    const page = ok ? messagePageSchema.safeParse(data) : null;
    return page?.success === true ? maskErrors(page.data) : null;
  }

  /** The payload of one message, masked; undefined: it is not kept any more. */
  async messagePayload(epoch: string, seq: number): Promise<Json | undefined> {
    if (this.#supervisor.roster()?.epoch !== epoch) return undefined;
    const { ok, data } = await this.#supervisor.request({ command: 'payload', seq });
    return ok ? maskPayload(data) : undefined;
  }

  /** Announces an agent of ours unless one is announced; without it no answer comes back. */
  async #introduce(): Promise<HostResult> {
    if (this.#supervisor.roster()?.self.observing !== true) return { ok: true, data: null, error: null };
    const announced = await this.#supervisor.request({ command: 'announce', agents: [asker] });
    if (announced.ok) {
      const why = 'an answer only reaches a node that has one';
      this.#options.log('info', `The local node announced the role "${asker.role}": ${why}.`);
    }
    return announced;
  }

  /** Asks a role or an agent. The first question announces an agent of ours and says so in the log. */
  ask(
    target: Target,
    data: Json,
    timeoutMs: number,
    strategy: Strategy = 'first',
  ): { readonly answer: Promise<HostResult>; cancel(): void } {
    let cancelled = false;
    let cancelRequest = () => {};
    const run = async (): Promise<HostResult> => {
      const announced = await this.#introduce();
      if (!announced.ok) return announced;
      if (cancelled) return { ok: false, data: null, error: 'The question was cancelled.' };
      const request = this.#supervisor.request({ command: 'ask', target, data, timeoutMs, strategy });
      cancelRequest = () => request.cancel();
      return request;
    };
    return {
      answer: run(),
      cancel() {
        cancelled = true;
        cancelRequest();
      },
    };
  }

  /** Forgets one peer that is dead, departed or offline: in the mesh, in its own fleet and in the store. */
  async forget(peer: string): Promise<HostResult> {
    const key = this.#others.keyOf(peer);
    const stored = key === null ? null : await this.#others.forget(key);
    const inMesh = this.#supervisor.roster()?.peers.some(({ id }) => id === peer) === true;
    if (stored !== null && !inMesh) return stored;
    return this.#supervisor.request({ command: 'forget', peer });
  }

  /** Brings back a node that its fleet holds dead. */
  readmit(peer: string): Promise<HostResult> {
    return this.#supervisor.request({ command: 'readmit', peer });
  }

  /** Leaves the mesh and ends the host. */
  async dispose(): Promise<void> {
    this.#asked += 1;
    this.#coalescer.dispose();
    await Promise.all([this.#supervisor.stop(), this.#others.dispose()]);
  }

  /** Ends the host at once, for an exit that cannot wait. */
  kill(): void {
    this.#asked += 1;
    this.#supervisor.dispose();
    this.#others.kill();
  }

  #refuse(error: NodeError): NodeStatus {
    this.#refused = { error, since: new Date().toISOString() };
    this.#options.log('warn', `The local node was not started: ${error.message}`);
    this.#coalescer.request();
    return this.status;
  }

  #publish(): void {
    const facts = this.#compute();
    const delta = fleetDelta(this.#sent, facts);
    if (delta === null) return;
    this.#sent = { epoch: this.#sent.epoch, revision: delta.revision, ...facts };
    this.#options.onDelta(delta);
  }

  #compute(): FleetFacts {
    const roster = this.#supervisor.roster();
    const mesh = roster === null ? [] : [...roster.peers, ...this.#others.storedMesh()];
    const peers = [...joinRows(mesh, this.#declared, this.#rows), ...this.#others.rows()];
    return {
      project: this.#facts.project,
      target: this.#facts.target,
      python: this.#facts.python,
      node: this.status,
      expected: this.#declared.length,
      alive: peers.filter((peer) => peer.state === 'alive').length,
      peers,
      roles: roster?.roles ?? [],
      ...(this.#declaredRoles.length === 0 ? {} : { declaredRoles: this.#declaredRoles }),
      sources: [...this.#others.sources],
    };
  }
}
