/** How a start chooses its address and its seeds. Pure: the mesh host finds the free ports. */

import type { Configuration } from '#schemas/editor/messages.ts';
import type { NodeConfig, NodeError } from '#schemas/fleet/mesh.ts';
import { ackTimeoutMs } from '../mesh/keepalive/ackTimeout.ts';
import { type Declaration, isLoopback, isOnThisMachine, splitAddress } from './declared.ts';

export interface StartRequest {
  readonly port: number | null;
  readonly seeds: readonly string[] | null;
}

export type StartPlan =
  | { readonly ok: true; readonly config: NodeConfig; readonly reason: string }
  | { readonly ok: false; readonly error: NodeError };

/**
 * Loopback always; the given port, else a pair that no declared node needs; seeds as asked for, else as configured,
 * else the declared nodes of this machine, but never of two fleets: the protocol has no cluster name, and one node that
 * joins two merges them.
 */
export function planStart(
  request: StartRequest,
  settings: Configuration['node'],
  declared: readonly Declaration[],
  defaultName: string,
): StartPlan {
  const port = request.port ?? (settings.port === 0 ? null : settings.port);
  const offset = settings.zmqPortOffset;
  const needed = neededPorts(declared);
  if (port !== null) {
    for (const candidate of [port, port + offset]) {
      const owner = needed.get(candidate);
      if (owner === undefined) continue;
      const message = `Port ${candidate} is needed by ${owner}, which the files declare.`;
      return refuse('port-taken', message, 'Choose another port, or 0 to let one be chosen (setting jarviscoreFleet.node.port).');
    }
    if (port + offset > 65_535) {
      const message = `Port ${port} plus the ZeroMQ offset ${offset} is above 65535.`;
      return refuse(
        'bad-address',
        message,
        'Choose a lower port or a smaller offset (setting jarviscoreFleet.node.zmqPortOffset).',
      );
    }
  }
  const named = request.seeds ?? (settings.seeds.length > 0 ? settings.seeds : null);
  const seeds = named === null ? declaredSeeds(declared) : namedSeeds(named);
  if ('error' in seeds) return { ok: false, error: seeds.error };
  return {
    ok: true,
    reason: seeds.reason,
    config: {
      host: '127.0.0.1',
      port,
      zmqOffset: offset,
      name: settings.name === '' ? defaultName : settings.name.slice(0, 200),
      seeds: seeds.addresses.slice(0, 1_000),
      avoidPorts: [...needed.keys()],
      keepalive: {
        enabled: true,
        intervalMs: settings.keepaliveIntervalSeconds * 1000,
        backoffMs: settings.keepaliveBackoffSeconds * 1000,
        suppressWindowMs: settings.activitySuppressWindowSeconds * 1000,
        ackTimeoutMs: ackTimeoutMs(settings.keepaliveIntervalSeconds * 1000),
        allowZeroPeers: settings.allowZeroPeers,
      },
      forgetAfterMs: settings.forgetAfterMinutes * 60_000,
      autoReadmit: settings.autoReadmit,
    },
  };
}

function refuse(code: NodeError['code'], message: string, remedy: string): StartPlan {
  return { ok: false, error: { code, message, remedy } };
}

/** Every port a declared node, or a seed it names, uses: port -> who. The host does not matter: fleets move between machines. */
function neededPorts(declared: readonly Declaration[]): ReadonlyMap<number, string> {
  const needed = new Map<number, string>();
  for (const declaration of declared) {
    for (const port of [declaration.port, declaration.zmqPort]) {
      if (port !== null && !needed.has(port)) needed.set(port, declaration.node.name);
    }
  }
  for (const seed of declared.flatMap((declaration) => declaration.seeds)) {
    const address = splitAddress(seed);
    if (address !== null && !needed.has(address.port)) needed.set(address.port, `the seed ${seed}`);
  }
  return needed;
}

type Seeds = { readonly addresses: string[]; readonly reason: string } | { readonly error: NodeError };

function namedSeeds(named: readonly string[]): Seeds {
  const addresses = new Set<string>();
  for (const text of named) {
    const address = splitAddress(text.trim());
    if (address === null) {
      return seedError(`The seed "${text}" is not HOST:PORT.`, 'Write it as 127.0.0.1:7946.');
    }
    if (!isOnThisMachine(address.host)) {
      const message = `The seed ${text} is not on this machine, and the local node binds 127.0.0.1, which cannot reach it.`;
      return seedError(message, 'Run "jarviscore-fleet node --bind ADDRESS:PORT --seed HOST:PORT" to join a fleet elsewhere.');
    }
    addresses.add(overLoopback(address.host, address.port));
  }
  return { addresses: [...addresses], reason: `seeds as named: ${[...addresses].join(', ') || 'none'}` };
}

function seedError(message: string, remedy: string): Seeds {
  return { error: { code: 'bad-address', message, remedy } };
}

/** The protocol compares addresses as text, so one spelling: names and wildcards become 127.0.0.1. */
function overLoopback(host: string, port: number): string {
  return /^127(?:\.\d{1,3}){3}$/.test(host) ? `${host}:${port}` : `127.0.0.1:${port}`;
}

/** The seed graph of this machine: nodes that name each other, or one seed in common, belong to one fleet. */
function declaredSeeds(declared: readonly Declaration[]): { readonly addresses: string[]; readonly reason: string } {
  const parents = new Map<string, string>();
  const find = (address: string): string => {
    let root = address;
    for (let next = parents.get(root); next !== undefined && next !== root; next = parents.get(root)) root = next;
    return root;
  };
  const local: { readonly address: string; readonly name: string }[] = [];
  const reachable = new Set<string>();
  for (const { host, port, seeds, node } of declared) {
    if (host === null || port === null || !isOnThisMachine(host)) continue;
    const own = overLoopback(host, port);
    if (!parents.has(own)) parents.set(own, own);
    local.push({ address: own, name: node.name });
    reachable.add(own);
    for (const text of seeds) {
      const seed = splitAddress(text);
      if (seed === null) continue;
      const address = isOnThisMachine(seed.host) ? overLoopback(seed.host, seed.port) : `${seed.host}:${seed.port}`;
      if (isLoopback(seed.host)) reachable.add(address);
      if (!parents.has(address)) parents.set(address, address);
      parents.set(find(address), find(own));
    }
  }
  if (local.length === 0) return { addresses: [], reason: 'no declared node on this machine' };
  const components = new Map<string, { names: string[]; addresses: Set<string> }>();
  for (const { address, name } of local) {
    const root = find(address);
    const component = components.get(root) ?? { names: [], addresses: new Set<string>() };
    component.names.push(name);
    component.addresses.add(address);
    components.set(root, component);
  }
  for (const address of reachable) components.get(find(address))?.addresses.add(address);
  const [chosen, ...others] = [...components.values()].sort((a, b) => b.names.length - a.names.length);
  if (chosen === undefined) return { addresses: [], reason: 'no declared node on this machine' };
  const left = others.flatMap((component) => component.names);
  const reason =
    left.length === 0
      ? `declared nodes of this machine: ${chosen.names.join(', ')}`
      : `the files declare ${others.length + 1} separate fleets on this machine; joining that of ${chosen.names.join(', ')}, not ${left.join(', ')} (choose with jarviscoreFleet.node.seeds)`;
  return { addresses: [...chosen.addresses], reason };
}
