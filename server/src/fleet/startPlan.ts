/** How a start chooses its address and its seeds. Pure: the mesh host finds the free ports. */

import type { Configuration } from '#schemas/editor/messages.ts';
import type { NodeConfig, NodeError } from '#schemas/fleet/mesh.ts';
import { ackTimeoutMs } from '../mesh/keepalive/ackTimeout.ts';
import { bridged, components, spelled } from './components.ts';
import { type Declaration, isLoopback, isOnThisMachine, splitAddress } from './declared.ts';
import type { Route } from './route.ts';

export interface StartRequest {
  readonly port: number | null;
  readonly seeds: readonly string[] | null;
  /** The address beyond loopback that a person agreed to; absent: none. */
  readonly host?: string | null | undefined;
}

export type StartPlan =
  | { readonly ok: true; readonly config: NodeConfig; readonly reason: string }
  | { readonly ok: false; readonly error: NodeError };

/** What a start would join, and over what. */
export type Destination =
  | { readonly reach: 'loopback' | 'network'; readonly addresses: readonly string[]; readonly reason: string }
  | { readonly error: NodeError };

/**
 * Seeds as asked for, else as configured, else the declared nodes: those of this machine over loopback, those elsewhere
 * only where none is here. Never of two fleets: the protocol has no cluster name, and one node that joins two merges them.
 */
export function destination(
  request: Pick<StartRequest, 'seeds'>,
  settings: Pick<Configuration['node'], 'seeds'>,
  declared: readonly Declaration[],
): Destination {
  const named = request.seeds ?? (settings.seeds.length > 0 ? settings.seeds : null);
  return named === null ? declaredSeeds(declared) : namedSeeds(named, declared);
}

/**
 * The given port, else a pair that no declared node needs. Loopback, unless the destination is elsewhere and a person
 * agreed to the address that leads there.
 *
 * @param route where the destination is elsewhere: how this machine gets there.
 */
export function planStart(
  request: StartRequest,
  settings: Configuration['node'],
  declared: readonly Declaration[],
  defaultName: string,
  route: Route | null = null,
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
  const goal = destination(request, settings, declared);
  if ('error' in goal) return { ok: false, error: goal.error };
  const loopback = { host: '127.0.0.1', seeds: goal.addresses };
  const chosen = goal.reach === 'loopback' ? loopback : route;
  if (chosen === null || (!isLoopback(chosen.host) && request.host !== chosen.host)) {
    const from = chosen === null ? 'an address of this machine' : chosen.host;
    const message = `${goal.addresses.join(', ')} is reached over a network, and nobody has agreed to join it from ${from}, which others reach, too.`;
    return refuse(
      'bad-address',
      message,
      'Run "JarvisCore: Start Local Node" and agree, or "jarviscore-fleet node --bind ADDRESS:PORT --seed HOST:PORT" on the command line.',
    );
  }
  return {
    ok: true,
    reason: goal.reason,
    config: {
      host: chosen.host,
      port,
      zmqOffset: offset,
      name: settings.name === '' ? defaultName : settings.name.slice(0, 200),
      seeds: chosen.seeds.slice(0, 1_000),
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

function namedSeeds(named: readonly string[], declared: readonly Declaration[]): Destination {
  const here = new Set<string>();
  const elsewhere = new Set<string>();
  for (const text of named) {
    const address = splitAddress(text.trim());
    if (address === null) {
      return seedError(`The seed "${text}" is not HOST:PORT.`, 'Write it as 127.0.0.1:7946.');
    }
    (isOnThisMachine(address.host) ? here : elsewhere).add(spelled(address.host, address.port));
  }
  if (here.size > 0 && elsewhere.size > 0) {
    const message = `${[...here].join(', ')} is on this machine and ${[...elsewhere].join(', ')} is not: no one address of the local node reaches both.`;
    return seedError(message, 'Name seeds of one of the two places; the others are learned from them.');
  }
  const bridge = bridged(named, declared);
  if (bridge !== null) {
    const message = `These seeds lead to two separate fleets, that of ${bridge[0]} and that of ${bridge[1]}. One node that joins both would merge them.`;
    return seedError(message, 'Name seeds of one fleet (command "JarvisCore: Join Fleet…", setting jarviscoreFleet.node.seeds).');
  }
  const addresses = [...here, ...elsewhere];
  const reason = `seeds as named: ${addresses.join(', ') || 'none'}`;
  return { reach: elsewhere.size > 0 ? 'network' : 'loopback', addresses, reason };
}

function seedError(message: string, remedy: string): Destination {
  return { error: { code: 'bad-address', message, remedy } };
}

function declaredSeeds(declared: readonly Declaration[]): Destination {
  const all = components(declared);
  const local = all.filter(({ localNames }) => localNames.length > 0);
  const [chosen, ...others] = local;
  if (chosen !== undefined) {
    const left = others.flatMap((component) => component.localNames);
    const reason =
      left.length === 0
        ? `declared nodes of this machine: ${chosen.localNames.join(', ')}`
        : `the files declare ${others.length + 1} separate fleets on this machine; joining that of ${chosen.localNames.join(', ')}, not ${left.join(', ')} (choose with "JarvisCore: Join Fleet…" or jarviscoreFleet.node.seeds)`;
    return { reach: 'loopback', addresses: chosen.loopback, reason };
  }
  const [far, ...more] = all;
  if (far === undefined) return { reach: 'loopback', addresses: [], reason: 'no declared node on this machine' };
  const also =
    more.length === 0 ? '' : `; the files declare ${more.length + 1} separate fleets (choose with "JarvisCore: Join Fleet…")`;
  return { reach: 'network', addresses: far.elsewhere, reason: `declared nodes elsewhere: ${far.names.join(', ')}${also}` };
}
