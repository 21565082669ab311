/** Which declared processes form one mesh: the ground for rules about ports, seeds and names across processes. */
import { folderOf } from '../model/environments.ts';
import { Latest } from '../model/latest.ts';
import { AskedView } from './askedView.ts';
import { unitOf } from './deployment/units.ts';
import { isLoopback, isWildcard, type ProcessView } from './processView.ts';

/** `host:port` of a seed list, split. */
export interface SeedAddress {
  readonly text: string;
  readonly host: string;
  readonly port: number;
}

/** A process that will be a peer, with the addresses it uses. */
export interface FleetNode {
  /** Remembers what is asked of it. */
  readonly view: AskedView;
  /** Null: known at run time only (the address of a pod). */
  readonly host: string | null;
  readonly swim: number | null;
  readonly zmq: number | null;
  readonly offset: number | null;
  readonly hostGroup: string;
  readonly seeds: readonly SeedAddress[];
}

export interface Fleet {
  readonly nodes: readonly FleetNode[];
}

/** `host:port` with one colon; null for anything swim would refuse. */
export function parseSeed(text: string): SeedAddress | null {
  const match = /^([^:\s]+):(\d{1,5})$/.exec(text.trim());
  if (match === null) return null;
  const port = Number(match[2]);
  return port < 1 || port > 65535 ? null : { text: text.trim(), host: match[1] ?? '', port };
}

/** `localhost` and 127.0.0.1 are one address; other names are compared as written. */
export function canonicalHost(host: string): string {
  return host.toLowerCase() === 'localhost' ? '127.0.0.1' : host.toLowerCase();
}

/** Whether sockets on two bind hosts can collide on one machine. */
export function addressesOverlap(a: string | null, b: string | null): boolean {
  if (a === null || b === null) return false;
  return isWildcard(a) || isWildcard(b) || canonicalHost(a) === canonicalHost(b);
}

/** Whether a seed reaches the node: same port, and its host is the node's, or loopback for a node on the same machine. */
export function seedReaches(seed: SeedAddress, node: FleetNode, from: FleetNode): boolean {
  if (node.swim !== seed.port) return false;
  if (node.host !== null && canonicalHost(seed.host) === canonicalHost(node.host)) return true;
  if (seed.host === node.view.name || seed.host === node.view.text('JARVISCORE_NODE_NAME')) return true;
  if (node.view.process.hosts.includes(seed.host)) return true;
  const sameMachine = node.hostGroup === from.hostGroup;
  return sameMachine && node.host !== null && (isWildcard(node.host) || isLoopback(node.host)) && isLoopback(seed.host);
}

function nodeOf(view: ProcessView): FleetNode {
  const { ports } = view.process;
  return {
    view: new AskedView(view),
    host: ports.host,
    swim: ports.swim,
    zmq: ports.zmq,
    offset: ports.offset,
    hostGroup: view.process.hostGroup,
    seeds: ports.seeds.flatMap((text) => parseSeed(text) ?? []),
  };
}

const peerNames = ['JARVISCORE_BIND_PORT', 'JARVISCORE_BIND_HOST', 'JARVISCORE_SEED_NODES'];

/**
 * Whether a process means to be a peer. P2P is on by default from 1.1.0, but a program that says nothing about it
 * (`Mesh()` in a script) is no member of a fleet that anybody planned.
 */
export function isPeer(view: ProcessView): boolean {
  const { ports, declaration, startedBy } = view.process;
  // The services and units that start it are the processes, and they carry its dict.
  if (ports.p2pEnabled === false || startedBy.length > 0) return false;
  if (view.document?.marks.some(({ name, value }) => name === 'overwritten' && value === declaration.id) === true) return false;
  if (declaration.kind === 'join-mesh') return true;
  if (peerNames.some((name) => view.written(name) !== undefined)) return true;
  if (view.bool('P2P_ENABLED') === true && view.written('P2P_ENABLED') !== undefined) return true;
  const mode = (declaration.facts.mode ?? declaration.facts['#0'])?.value;
  return mode?.kind === 'literal' && (mode.literal === 'p2p' || mode.literal === 'distributed');
}

/** The folder of examples a process lies in, or null. */
function exampleFolder(view: ProcessView): string | null {
  return /^.*?\/(?:examples?|samples?)(?=\/)/i.exec(view.process.uri)?.[0] ?? null;
}

/** A test builds its nodes one after the other, and for itself. */
function isTest(uri: string): boolean {
  const name = uri.slice(uri.lastIndexOf('/') + 1);
  return /^(?:test_.*|.*_test|conftest)\.py$/i.test(name) || (/\/tests?\//i.test(uri) && name.endsWith('.py'));
}

/**
 * Programs in a folder of examples are alternatives to each other unless one names the other as its seed, and two on one
 * address are versions of one program: nobody starts both.
 */
function exampleFleets(nodes: readonly FleetNode[]): readonly (readonly FleetNode[])[] {
  const folders = Map.groupBy(nodes, (node) => exampleFolder(node.view));
  return [...folders.values()].flatMap((folder) => components(folder).flatMap(versions));
}

function versions(group: readonly FleetNode[]): readonly (readonly FleetNode[])[] {
  const byAddress = new Map<string, FleetNode[]>();
  const byVersion = Map.groupBy(group, (node) => {
    if (node.swim === null || node.view.written('JARVISCORE_BIND_PORT') === undefined) return 0;
    const address = `${node.hostGroup} ${node.host}:${node.swim}`;
    const others = byAddress.get(address) ?? [];
    if (others.some((other) => names(node, other) || names(other, node))) return 0;
    byAddress.set(address, [...others, node]);
    return others.length;
  });
  return [...byVersion.values()];
}

const names = (node: FleetNode, other: FleetNode): boolean => node.seeds.some((seed) => seedReaches(seed, other, node));

/** Splits nodes into groups whose members name each other as seeds. */
export function components(nodes: readonly FleetNode[]): readonly (readonly FleetNode[])[] {
  let groups = keptComponents.get(nodes);
  if (groups === undefined) {
    groups = connect(nodes);
    keptComponents.set(nodes, groups);
  }
  return groups;
}

const keptComponents = new Latest<readonly FleetNode[], readonly (readonly FleetNode[])[]>();

/** Joins lists in constant time: of a large fleet every node joins the same growing group. */
class Groups {
  readonly #parent = new Map<FleetNode, FleetNode>();
  readonly #next = new Map<FleetNode, FleetNode>();
  readonly #last = new Map<FleetNode, FleetNode>();

  /** The first node of the group. */
  find(node: FleetNode): FleetNode {
    let root = node;
    for (let up = this.#parent.get(root); up !== undefined; up = this.#parent.get(root)) root = up;
    for (let at = node; at !== root; ) {
      const up = this.#parent.get(at) ?? root;
      this.#parent.set(at, root);
      at = up;
    }
    return root;
  }

  /** Puts the group of `other` behind that of `node`. */
  join(node: FleetNode, other: FleetNode): void {
    const mine = this.find(node);
    const theirs = this.find(other);
    if (mine === theirs) return;
    this.#parent.set(theirs, mine);
    this.#next.set(this.#last.get(mine) ?? mine, theirs);
    this.#last.set(mine, this.#last.get(theirs) ?? theirs);
  }

  of(root: FleetNode): FleetNode[] {
    const group: FleetNode[] = [];
    for (let at: FleetNode | undefined = root; at !== undefined; at = this.#next.get(at)) group.push(at);
    return group;
  }
}

function connect(nodes: readonly FleetNode[]): FleetNode[][] {
  const groups = new Groups();
  const joined = new Set<readonly FleetNode[]>();
  for (const node of nodes) {
    for (const seed of node.seeds) {
      const reached = reachedBy(seed, node, nodes);
      // Whoever named this seed first has brought all of them together.
      for (const other of joined.has(reached) ? reached.slice(0, 1) : reached) groups.join(node, other);
      joined.add(reached);
    }
  }
  return [...new Set(nodes.map((node) => groups.find(node)))].map((root) => groups.of(root));
}

interface Listeners {
  readonly swim: ReadonlyMap<number | null, readonly FleetNode[]>;
  readonly zmq: ReadonlyMap<number | null, readonly FleetNode[]>;
  /** Host group of the node that names the seed -> text of the seed -> the nodes it leads to. */
  readonly bySeed: Map<string, Map<string, readonly FleetNode[]>>;
}
const keptListeners = new Latest<readonly FleetNode[], Listeners>();

function listenersOf(nodes: readonly FleetNode[]): Listeners {
  let listeners = keptListeners.get(nodes);
  if (listeners === undefined) {
    listeners = {
      swim: Map.groupBy(nodes, (node) => node.swim),
      zmq: Map.groupBy(nodes, (node) => node.zmq),
      bySeed: new Map(),
    };
    keptListeners.set(nodes, listeners);
  }
  return listeners;
}

/** The nodes that listen on a SWIM port. */
export function swimListeners(port: number, nodes: readonly FleetNode[]): readonly FleetNode[] {
  return listenersOf(nodes).swim.get(port) ?? [];
}

/** The nodes that listen on a ZMQ port. */
export function zmqListeners(port: number, nodes: readonly FleetNode[]): readonly FleetNode[] {
  return listenersOf(nodes).zmq.get(port) ?? [];
}

/** The nodes a seed of `from` leads to, itself included. Most nodes name the same few seeds, so each is looked up once. */
function reachedBy(seed: SeedAddress, from: FleetNode, nodes: readonly FleetNode[]): readonly FleetNode[] {
  const { swim, bySeed } = listenersOf(nodes);
  let seeds = bySeed.get(from.hostGroup);
  if (seeds === undefined) {
    seeds = new Map();
    bySeed.set(from.hostGroup, seeds);
  }
  let reached = seeds.get(seed.text);
  if (reached === undefined) {
    reached = (swim.get(seed.port) ?? []).filter((node) => seedReaches(seed, node, from));
    seeds.set(seed.text, reached);
  }
  return reached;
}

/** The node a seed means, its own process excluded. */
export function targetOf(seed: SeedAddress, from: FleetNode, nodes: readonly FleetNode[]): FleetNode | undefined {
  const [first, second] = reachedBy(seed, from, nodes);
  return first === from ? second : first;
}

/**
 * What a person starts at once: the deployments of one kind, the launch lines of one script (of the arms of `if` and
 * `case` one), the debug configurations of one compound.
 */
function wayOf(view: ProcessView, stages: ReadonlySet<string>): string {
  const { deployment, uri, declaration } = view.process;
  if (stages.has(deployment)) return `${deployment} ${folderOf(uri)}`;
  if (deployment !== 'shell' && deployment !== 'editor') return deployment;
  const options = unitOf(view)?.options;
  if (deployment === 'shell') return `shell ${uri} ${(options?.arms ?? []).map(({ text }) => text).join(' ')}`;
  return `editor ${uri} ${options?.together?.[0]?.text ?? declaration.id}`;
}

/** Deployments whose files say one service, unit or workload in several folders: stages (`dev/`, `prod/`), one of which runs. */
function stagesOf(views: readonly ProcessView[]): ReadonlySet<string> {
  const folders = new Map<string, string>();
  const stages = new Set<string>();
  for (const { process } of views) {
    const { deployment, declaration, uri } = process;
    if (deployment !== 'compose' && deployment !== 'kubernetes' && deployment !== 'systemd') continue;
    const key = `${deployment} ${declaration.name}`;
    const folder = folderOf(uri);
    if ((folders.get(key) ?? folder) !== folder) stages.add(deployment);
    folders.set(key, folder);
  }
  return stages;
}

/** Processes that run side by side. Where two ways start the same program they are alternatives, and each is a group. */
export function besideEachOther(views: readonly ProcessView[]): readonly (readonly ProcessView[])[] {
  const ways = new Map<string, string>();
  const stages = stagesOf(views);
  const shared = views.some((view) => {
    const { program } = view.process;
    if (program === null) return false;
    const key = `${program.uri}#${program.declaration.id}`;
    const way = wayOf(view, stages);
    const known = ways.get(key);
    ways.set(key, known ?? way);
    return known !== undefined && known !== way;
  });
  if (views.length === 0) return [];
  return shared || stages.size > 0 ? [...Map.groupBy(views, (view) => wayOf(view, stages)).values()] : [views];
}

function alternatives(nodes: readonly FleetNode[]): readonly (readonly FleetNode[])[] {
  const byView = new Map<ProcessView, FleetNode>(nodes.map((node) => [node.view, node]));
  return besideEachOther([...byView.keys()]).map((views) => views.flatMap((view) => byView.get(view) ?? []));
}

interface Peer {
  readonly node: FleetNode;
  /** The folder of examples it lies in. */
  readonly examples: string | null;
}
const peers = new WeakMap<ProcessView, Peer | null>();

/** The node of a process; null where it is no member of a fleet. Of hundreds of processes a keystroke changes one. */
function peerOf(view: ProcessView): Peer | null {
  let peer = peers.get(view);
  if (peer === undefined) {
    peer = isPeer(view) && !isTest(view.process.uri) ? { node: nodeOf(view), examples: exampleFolder(view) } : null;
    peers.set(view, peer);
  }
  return peer;
}

/** Whether two processes are services of profiles that have none in common: who starts one does not start the other. */
export function neverTogether({ process: a }: ProcessView, { process: b }: ProcessView): boolean {
  if (a.profiles === undefined || b.profiles === undefined) return false;
  return !a.profiles.some((name) => b.profiles?.includes(name));
}

/** Services that all need a profile are fleets of their own, one for each way to start some of them. */
function byProfile(nodes: readonly FleetNode[]): readonly (readonly FleetNode[])[] {
  let groups: { readonly profiles: ReadonlySet<string>; readonly nodes: readonly FleetNode[] }[] = [];
  for (const node of nodes) {
    const { profiles } = node.view.process;
    if (profiles === undefined) return [nodes];
    const own = groups.filter((group) => profiles.some((name) => group.profiles.has(name)));
    const joined = {
      profiles: new Set([...own.flatMap((group) => [...group.profiles]), ...profiles]),
      nodes: [...own.flatMap((group) => group.nodes), node],
    };
    groups = [...groups.filter((group) => !own.includes(group)), joined];
  }
  return groups.map((group) => group.nodes);
}

/** All fleets of a workspace; every fleet has at least one node. */
export function fleetsOf(views: readonly ProcessView[]): Fleet[] {
  const examples: FleetNode[] = [];
  const others: FleetNode[] = [];
  for (const view of views) {
    const peer = peerOf(view);
    if (peer !== null) (peer.examples === null ? others : examples).push(peer.node);
  }
  return [...alternatives(others).flatMap(byProfile), ...exampleFleets(examples)].map((group) => ({ nodes: group }));
}
