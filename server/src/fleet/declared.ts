/** Processes the files declare, as far as the mesh can know them: by address, else by node name. */
import type { DeclaredNode } from '#schemas/fleet/view.ts';
import type { DeclaredProcess, WorkspaceModel } from '../config/model/types.ts';

export interface Declaration {
  /** Row id while nobody has seen this node; unique and stable. */
  readonly rowId: string;
  readonly node: DeclaredNode;
  readonly host: string | null;
  readonly port: number | null;
  readonly zmqPort: number | null;
  /** `host:port` as written. */
  readonly seeds: readonly string[];
}

/** A node with the process it is declared by. */
export interface DeclaredMember {
  readonly declaration: Declaration;
  readonly process: DeclaredProcess;
}

/** All processes that take part in a mesh. A process whose P2P is off is no node; one whose P2P is unknown may be. */
export function declarations(models: readonly WorkspaceModel[]): readonly Declaration[] {
  return declaredMembers(models).map(({ declaration }) => declaration);
}

/** The same with the process behind each. */
export function declaredMembers(models: readonly WorkspaceModel[]): readonly DeclaredMember[] {
  const result: DeclaredMember[] = [];
  const used = new Set<string>();
  const processes = models.flatMap((model) => model.processes);
  const deployed = new Set(processes.flatMap((process) => (isLocal(process) ? [] : (process.program?.uri ?? []))));
  for (const process of processes) {
    if (process.ports.p2pEnabled === false || process.startedBy.length > 0 || !isDeclared(process)) continue;
    // A debug configuration or start script of a program that is deployed is another way to run the same node.
    if (isLocal(process) && process.program !== null && deployed.has(process.program.uri)) continue;
    const declaration = declare(process, used);
    used.add(declaration.rowId);
    result.push({ declaration, process });
  }
  return result;
}

function isLocal({ deployment }: DeclaredProcess): boolean {
  return deployment === 'editor' || deployment === 'shell';
}

const meshNames = ['JARVISCORE_NODE_NAME', 'JARVISCORE_BIND_HOST', 'JARVISCORE_BIND_PORT', 'JARVISCORE_SEED_NODES'];

/** An env file on its own declares a node only by giving it a name, an address or seeds; most env files are not about the mesh. */
function isDeclared({ declaration, settings, program }: DeclaredProcess): boolean {
  if (declaration.kind !== 'launch' || program !== null) return true;
  return meshNames.some((name) => (settings.get(name)?.winner.origin.kind ?? 'default') !== 'default');
}

function declare(process: DeclaredProcess, used: ReadonlySet<string>): Declaration {
  const { host, swim, zmq, seeds } = process.ports;
  const address = host === null || swim === null ? null : `${host}:${swim}`;
  // Two processes that claim one address are two rows: the collision is what the person has to see.
  const byAddress = address === null ? null : `declared:${address}`;
  return {
    rowId: byAddress === null || used.has(byAddress) ? `declared:${process.id}` : byAddress,
    node: {
      name: process.name,
      address,
      process: process.id,
      place: { uri: process.uri, range: process.declaration.range },
    },
    host,
    port: swim,
    zmqPort: zmq,
    seeds,
  };
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\./.test(host);
}

/** Whether a node that binds `host` can be reached over loopback. A wildcard binds every interface. */
export function isOnThisMachine(host: string): boolean {
  return isLoopback(host) || host === '0.0.0.0' || host === '::' || host === '*';
}

/** Splits `host:port`; null when it is not that. Names and IPv6 literals keep their text. */
export function splitAddress(address: string): { readonly host: string; readonly port: number } | null {
  const colon = address.lastIndexOf(':');
  const port = Number(address.slice(colon + 1));
  const host = address.slice(0, colon).trim();
  return colon > 0 && host !== '' && Number.isInteger(port) && port > 0 && port <= 65_535 ? { host, port } : null;
}

/**
 * Whether a live peer's address can be that of a declared node. A node configured with `0.0.0.0` or `localhost` is seen
 * under a loopback address or announces `0.0.0.0` itself (production.md of 3.0.0 recommends that host), so there the port decides.
 */
export function matchesAddress(declared: Declaration, peerAddress: string): boolean {
  if (declared.host === null || declared.port === null) return false;
  const peer = splitAddress(peerAddress);
  if (peer === null || peer.port !== declared.port) return false;
  return peer.host === declared.host || (isOnThisMachine(declared.host) && isOnThisMachine(peer.host));
}
